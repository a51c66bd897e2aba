// What a browser brings of a passkey: the authenticator's octets, the browser's JSON, a signature.
#include "ledger/keys/key.hpp"
#include "ledger/keys/sha256.hpp"
#include "server/passkeys/ceremony.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace nguon;

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const server::RelyingParty party{"nguon.example", "https://nguon.example"};
  const auto read = server::read_authenticator_data(text);
  if (read && read->attested) {
    must(read->attested->id.size() >= server::min_credential_id &&
         read->attested->id.size() <= server::max_credential_id);
    must(ledger::PublicKey::from_jwk(read->attested->jwk).has_value());
  }
  // Most octets are for another host; behind the right one they get further.
  const std::string here = std::string(ledger::sha256(party.id).view()) + text;
  for (const auto kind : {server::CeremonyKind::create, server::CeremonyKind::get}) {
    const std::string type = kind == server::CeremonyKind::create ? "create" : "get";
    const auto checked =
        server::check_ceremony(kind, party,
                               {R"({"type":"webauthn.)" + type +
                                    R"(","challenge":"AAAA","origin":"https://nguon.example"})",
                                here});
    if (checked) {
      must(checked->authenticator.present && checked->authenticator.verified);
      must(checked->authenticator.attested.has_value() == (kind == server::CeremonyKind::create));
    }
    (void)server::check_ceremony(kind, party, {text, here});
  }
  static const auto key = ledger::PrivateKey::from_seed(ledger::Alg::es256, std::string(32, 'k'));
  must(!server::check_assertion_signature(key.public_key().jwk(), {"client", "authenticator"},
                                          text));
  return 0;
}
