#include "ledger/base/base64url.hpp"
#include "ledger/base/json.hpp"
#include "ledger/keys/curve.hpp"
#include "ledger/keys/key.hpp"
#include "ledger/keys/openssl.hpp"
#include "ledger/keys/sha256.hpp"

#include <boost/json/object.hpp>
#include <openssl/core_names.h>

#include <utility>

namespace nguon::ledger {

struct PublicKey::Impl {
  Alg alg;
  std::string jwk;
  std::string kid;
  std::string ed25519_raw;
  EvpKey evp;
};

namespace {

constexpr std::size_t coordinate_size = 32;
constexpr std::size_t signature_size = 64;

Error bad_jwk(std::string field) { return invalid("key.jwk", std::move(field)); }

/// The member as 32 octets, or an Error that points at it.
Result<std::string> coordinate(const boost::json::object& jwk, std::string_view name) {
  const boost::json::value* member = jwk.if_contains(name);
  const std::string field = "/" + std::string(name);
  if (member == nullptr || !member->is_string()) return bad_jwk(field);
  const auto octets = base64url_decode(member->get_string());
  if (!octets || octets->size() != coordinate_size) return bad_jwk(field);
  return *octets;
}

bool has(const boost::json::object& jwk, std::string_view name, std::string_view wanted) {
  const boost::json::value* member = jwk.if_contains(name);
  return member != nullptr && member->is_string() && member->get_string() == wanted;
}

/// Null when the octets 04‖x‖y are not a point of the curve.
EvpKey p256_key(std::string point) {
  char group[] = "P-256";
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
      OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()),
      OSSL_PARAM_construct_end()};
  const EvpKeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
  EVP_PKEY* key = nullptr;
  must(context && EVP_PKEY_fromdata_init(context.get()) == 1, "EC keys are not available");
  if (EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY,
                        const_cast<OSSL_PARAM*>(parameters)) != 1) {
    return nullptr;
  }
  return EvpKey(key);
}

/// Appends a DER INTEGER: no leading zero octets but the one that keeps it positive.
void append_integer(std::string& der, std::string_view number) {
  const std::size_t leading = std::min(number.find_first_not_of('\0'), number.size() - 1);
  number.remove_prefix(leading);
  const bool pad = (static_cast<unsigned char>(number[0]) & 0x80) != 0;
  der += '\x02';
  der += static_cast<char>(number.size() + (pad ? 1 : 0));
  if (pad) der += '\0';
  der += number;
}

/// OpenSSL wants ECDSA signatures as a DER SEQUENCE; JOSE carries r‖s (RFC 7518 §3.4).
std::string der_signature(std::string_view signature) {
  std::string numbers;
  numbers.reserve(signature_size + 8);
  append_integer(numbers, signature.substr(0, coordinate_size));
  append_integer(numbers, signature.substr(coordinate_size));
  std::string der = "\x30";
  der += static_cast<char>(numbers.size());
  return der + numbers;
}

// OpenSSL refuses r or s outside 1..n−1 itself.
bool verify_es256(EVP_PKEY* key, std::string_view message, std::string_view signature) {
  const Hash digest = sha256(message);
  const std::string der = der_signature(signature);
  const EvpKeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
  return context && EVP_PKEY_verify_init(context.get()) == 1 &&
         EVP_PKEY_verify(context.get(), octets_of(der), der.size(), digest.bytes.data(),
                         digest.bytes.size()) == 1;
}

// OpenSSL checks S < L and compares R's encoding, without the cofactor: RFC 8032's strict reading.
bool verify_ed25519(EVP_PKEY* key, std::string_view message, std::string_view signature) {
  const EvpDigestContext context(EVP_MD_CTX_new());
  return context && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key) == 1 &&
         EVP_DigestVerify(context.get(), octets_of(signature), signature.size(), octets_of(message),
                          message.size()) == 1;
}

}  // namespace

std::string_view alg_name(Alg alg) { return alg == Alg::es256 ? "ES256" : "EdDSA"; }

PublicKey::PublicKey(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}

Result<PublicKey> PublicKey::from_ed25519(std::string_view raw) {
  if (!is_sound_ed25519_point(raw)) return bad_jwk("/x");
  EvpKey evp(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, octets_of(raw), raw.size()));
  must(evp != nullptr, "Ed25519 is not available");
  std::string jwk = R"({"crv":"Ed25519","kty":"OKP","x":")" + base64url_encode(raw) + "\"}";
  std::string kid = base64url_encode(sha256(jwk));
  return PublicKey(std::make_shared<const Impl>(
      Impl{Alg::eddsa, std::move(jwk), std::move(kid), std::string(raw), std::move(evp)}));
}

Result<PublicKey> PublicKey::from_jwk(std::string_view text) {
  const auto parsed = parse_json(text);
  if (!parsed || !parsed->is_object()) return bad_jwk("");
  const boost::json::object& jwk = parsed->get_object();
  if (has(jwk, "kty", "OKP")) {
    if (!has(jwk, "crv", "Ed25519")) return bad_jwk("/crv");
    if (jwk.size() != 3) return bad_jwk("");
    NGUON_TRY(const std::string x, coordinate(jwk, "x"));
    return from_ed25519(x);
  }
  if (!has(jwk, "kty", "EC")) return bad_jwk("/kty");
  if (!has(jwk, "crv", "P-256")) return bad_jwk("/crv");
  if (jwk.size() != 4) return bad_jwk("");
  NGUON_TRY(const std::string x, coordinate(jwk, "x"));
  NGUON_TRY(const std::string y, coordinate(jwk, "y"));
  EvpKey evp = p256_key("\x04" + x + y);
  if (evp == nullptr) return bad_jwk("/x");
  std::string canonical = R"({"crv":"P-256","kty":"EC","x":")" + base64url_encode(x) +
                          R"(","y":")" + base64url_encode(y) + "\"}";
  std::string kid = base64url_encode(sha256(canonical));
  return PublicKey(std::make_shared<const Impl>(
      Impl{Alg::es256, std::move(canonical), std::move(kid), {}, std::move(evp)}));
}

Alg PublicKey::alg() const { return impl_->alg; }
const std::string& PublicKey::jwk() const { return impl_->jwk; }
const std::string& PublicKey::kid() const { return impl_->kid; }
const std::string& PublicKey::ed25519_raw() const { return impl_->ed25519_raw; }

bool PublicKey::verify(std::string_view message, std::string_view signature) const {
  if (signature.size() != signature_size) return false;
  return impl_->alg == Alg::es256 ? verify_es256(impl_->evp.get(), message, signature)
                                  : verify_ed25519(impl_->evp.get(), message, signature);
}

}  // namespace nguon::ledger
