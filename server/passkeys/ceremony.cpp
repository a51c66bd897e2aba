#include "server/passkeys/ceremony.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/base/json.hpp"
#include "ledger/keys/key.hpp"
#include "ledger/keys/openssl.hpp"
#include "ledger/keys/sha256.hpp"

#include <boost/json/object.hpp>

#include <memory>
#include <optional>
#include <utility>

namespace nguon::server {
namespace {

using ledger::Errc;
using ledger::Error;
using ledger::Result;

constexpr std::size_t ecdsa_number_octets = 32;
constexpr std::size_t max_der_signature = 72;

Error ceremony_refused(const char* rule, std::string field = {}, std::string detail = {}) {
  return {Errc::invalid, rule, std::move(field), std::move(detail)};
}

/// The challenge of a client data that says what it must (§5.8.1).
Result<std::string> read_client_data(CeremonyKind kind, const RelyingParty& party,
                                     const std::string& text) {
  constexpr const char* rule = "passkey.client-data";
  if (text.size() > max_client_data) return ceremony_refused(rule, "/client_data", "too long");
  const auto value = ledger::parse_json(text);
  if (!value || !value->is_object()) return ceremony_refused(rule, "/client_data");
  const auto& said = value->get_object();
  const auto text_of = [&](const char* name) -> std::optional<std::string> {
    const auto* member = said.if_contains(name);
    if (member == nullptr || !member->is_string()) return std::nullopt;
    return std::string(member->get_string());
  };
  if (text_of("type") != (kind == CeremonyKind::create ? "webauthn.create" : "webauthn.get")) {
    return ceremony_refused(rule, "/client_data/type");
  }
  const auto challenge = ledger::base64url_decode(text_of("challenge").value_or("="));
  if (!challenge) return ceremony_refused(rule, "/client_data/challenge");
  if (text_of("origin") != party.origin)
    return ceremony_refused("passkey.origin", "/client_data/origin");
  // Absent of older browsers; a page inside another site's is shown by nobody of ours.
  const auto* crossed = said.if_contains("crossOrigin");
  if (crossed != nullptr && (!crossed->is_bool() || crossed->get_bool())) {
    return ceremony_refused("passkey.origin", "/client_data/crossOrigin");
  }
  if (said.contains("topOrigin"))
    return ceremony_refused("passkey.origin", "/client_data/topOrigin");
  return *challenge;
}

using EcdsaNumbers = std::unique_ptr<ECDSA_SIG, ledger::OpensslDeleter<ECDSA_SIG_free>>;

/// r‖s of the DER that OpenSSL would write; absent for any other octets.
std::optional<std::string> numbers_of(std::string_view der) {
  if (der.size() > max_der_signature) return std::nullopt;
  const auto* at = ledger::octets_of(der);
  const EcdsaNumbers read(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())));
  if (!read) return std::nullopt;
  const int size = i2d_ECDSA_SIG(read.get(), nullptr);
  if (size <= 0) return std::nullopt;
  std::string canonical(static_cast<std::size_t>(size), '\0');
  auto* to = reinterpret_cast<unsigned char*>(canonical.data());
  i2d_ECDSA_SIG(read.get(), &to);
  if (canonical != der) return std::nullopt;
  std::string numbers(2 * ecdsa_number_octets, '\0');
  auto* octets = reinterpret_cast<unsigned char*>(numbers.data());
  if (BN_is_negative(ECDSA_SIG_get0_r(read.get())) != 0 ||
      BN_is_negative(ECDSA_SIG_get0_s(read.get())) != 0 ||
      BN_bn2binpad(ECDSA_SIG_get0_r(read.get()), octets, ecdsa_number_octets) < 0 ||
      BN_bn2binpad(ECDSA_SIG_get0_s(read.get()), octets + ecdsa_number_octets,
                   ecdsa_number_octets) < 0) {
    return std::nullopt;
  }
  return numbers;
}

}  // namespace

Result<Ceremony> check_ceremony(CeremonyKind kind, const RelyingParty& party,
                                const CeremonyAnswer& answer) {
  Ceremony checked;
  NGUON_TRY(checked.challenge, read_client_data(kind, party, answer.client_data));
  NGUON_TRY(checked.authenticator, read_authenticator_data(answer.authenticator_data));
  const AuthenticatorData& data = checked.authenticator;
  if (data.rp_id_hash != ledger::sha256(party.id).view()) {
    return ceremony_refused("passkey.rp", "/authenticator_data");
  }
  if (!data.present || !data.verified)
    return ceremony_refused("passkey.user", "/authenticator_data");
  if (data.attested.has_value() != (kind == CeremonyKind::create)) {
    return ceremony_refused("passkey.authenticator", "/authenticator_data",
                            "a key is said where one is made");
  }
  return checked;
}

Result<void> check_assertion_signature(std::string_view jwk, const CeremonyAnswer& answer,
                                       std::string_view signature) {
  NGUON_TRY(const auto key, ledger::PublicKey::from_jwk(jwk));
  const std::string message =
      answer.authenticator_data + std::string(ledger::sha256(answer.client_data).view());
  const auto plain = key.alg() == ledger::Alg::es256 ? numbers_of(signature)
                                                     : std::optional(std::string(signature));
  if (!plain || !key.verify(message, *plain))
    return ceremony_refused("passkey.signature", "/signature");
  return {};
}

}  // namespace nguon::server
