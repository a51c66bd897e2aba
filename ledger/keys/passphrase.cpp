#include "ledger/keys/passphrase.hpp"

#include "ledger/keys/aead.hpp"
#include "ledger/keys/key.hpp"
#include "ledger/keys/openssl.hpp"

#include <cstdint>

namespace nguon::ledger {
namespace {

constexpr char box_version = 1;
constexpr std::size_t box_salt_size = 16;
constexpr std::size_t box_key_size = 32;
constexpr std::uint64_t scrypt_cost = 1 << 17;
constexpr std::uint64_t scrypt_block = 8;
constexpr std::uint64_t scrypt_memory = 128 * scrypt_cost * scrypt_block + (1 << 20);

std::string stretch_passphrase(std::string_view passphrase, std::string_view salt) {
  std::string key(box_key_size, '\0');
  must(EVP_PBE_scrypt(passphrase.data(), passphrase.size(), octets_of(salt), salt.size(),
                      scrypt_cost, scrypt_block, 1, scrypt_memory,
                      reinterpret_cast<unsigned char*>(key.data()), key.size()) == 1,
       "scrypt");
  return key;
}

}  // namespace

std::string seal_with_passphrase(std::string_view passphrase, std::string_view plain,
                                 std::string_view context) {
  const std::string salt = random_bytes(box_salt_size);
  std::string key = stretch_passphrase(passphrase, salt);
  std::string box = std::string(1, box_version) + salt + seal(key, plain, context);
  wipe(key);
  return box;
}

Result<std::string> open_with_passphrase(std::string_view passphrase, std::string_view box,
                                         std::string_view context) {
  const Error other{Errc::invalid, "passphrase.box", {}, {}};
  if (box.size() < 1 + box_salt_size + seal_overhead || box.front() != box_version) return other;
  std::string key = stretch_passphrase(passphrase, box.substr(1, box_salt_size));
  auto plain = open_sealed(key, box.substr(1 + box_salt_size), context);
  wipe(key);
  if (!plain) return other;
  return plain;
}

}  // namespace nguon::ledger
