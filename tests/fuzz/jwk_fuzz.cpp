// Keys from strangers: JWK texts, raw Ed25519 keys, PEM files.

#include "ledger/keys/key.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace nguon::ledger;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  if (const auto key = PublicKey::from_jwk(octets)) {
    // The canonical text names the same key.
    const auto again = PublicKey::from_jwk(key->jwk());
    if (!again || again->kid() != key->kid()) std::abort();
    if (key->verify("message", std::string(64, '\0'))) std::abort();
  }
  if (const auto key = PublicKey::from_ed25519(octets)) {
    if (key->ed25519_raw() != octets) std::abort();
    if (key->verify("message", std::string(64, '\0'))) std::abort();
  }
  if (const auto key = PrivateKey::from_pem(octets)) {
    if (!key->public_key().verify("message", key->sign("message"))) std::abort();
  }
  return 0;
}
