#include "server/passkeys/authenticator_data.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/keys/key.hpp"

#include <utility>

namespace nguon::server {
namespace {

using ledger::Errc;
using ledger::Error;
using ledger::Result;
using namespace std::string_view_literals;

constexpr std::size_t rp_hash_size = 32;
constexpr std::size_t sign_count_size = 4;
constexpr std::size_t aaguid_size = 16;  // AAGUID: which make it is; not asked for, so all zeros.
constexpr std::size_t coordinate_octets = 32;

constexpr unsigned user_present = 0x01;
constexpr unsigned user_verified = 0x04;
constexpr unsigned backup_eligible = 0x08;
constexpr unsigned backup_state = 0x10;
constexpr unsigned has_attested = 0x40;
constexpr unsigned has_extensions = 0x80;

// {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}, RFC 9053 §7.1.1.
constexpr auto es256_before_x = "\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20"sv;
constexpr auto es256_before_y = "\x22\x58\x20"sv;
// {1: 1 (OKP), 3: -8 (EdDSA), -1: 6 (Ed25519), -2: x}, RFC 9053 §7.2.
constexpr auto eddsa_before_x = "\xa4\x01\x01\x03\x27\x20\x06\x21\x58\x20"sv;

Error bad_authenticator_data(const char* what) {
  return {Errc::invalid, "passkey.authenticator", "/authenticator_data", what};
}

/// Takes octets off the front; once something was missing, ever after.
class AuthenticatorOctets {
 public:
  explicit AuthenticatorOctets(std::string_view rest) : rest_(rest) {}

  std::string_view take(std::size_t count) {
    if (count > rest_.size()) short_ = true;
    if (short_) return {};
    const auto taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }
  std::uint32_t number(std::size_t count) {
    std::uint32_t value = 0;
    for (const char octet : take(count)) value = value << 8 | static_cast<unsigned char>(octet);
    return value;
  }
  /// Whether these come next; they are taken if so.
  bool passes(std::string_view wanted) {
    if (short_ || !rest_.starts_with(wanted)) return false;
    rest_.remove_prefix(wanted.size());
    return true;
  }
  bool fell_short() const { return short_; }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
  bool short_ = false;
};

Result<std::string> read_cose_key(AuthenticatorOctets& octets) {
  const Error refused{Errc::invalid, "passkey.key", "/authenticator_data", {}};
  std::string jwk;
  if (octets.passes(es256_before_x)) {
    const auto x = octets.take(coordinate_octets);
    const bool goes_on = octets.passes(es256_before_y);
    const auto y = octets.take(coordinate_octets);
    if (!goes_on || octets.fell_short()) return refused;
    jwk = R"({"crv":"P-256","kty":"EC","x":")" + ledger::base64url_encode(x) + R"(","y":")" +
          ledger::base64url_encode(y) + R"("})";
  } else if (octets.passes(eddsa_before_x)) {
    const auto x = octets.take(coordinate_octets);
    if (octets.fell_short()) return refused;
    jwk = R"({"crv":"Ed25519","kty":"OKP","x":")" + ledger::base64url_encode(x) + R"("})";
  } else {
    return refused;
  }
  const auto key = ledger::PublicKey::from_jwk(jwk);
  if (!key) return refused;
  return key->jwk();
}

}  // namespace

Result<AuthenticatorData> read_authenticator_data(std::string_view text) {
  if (text.size() > max_authenticator_data) return bad_authenticator_data("too long");
  AuthenticatorOctets octets(text);
  AuthenticatorData data;
  data.rp_id_hash = octets.take(rp_hash_size);
  const unsigned flags = octets.number(1);
  data.present = (flags & user_present) != 0;
  data.verified = (flags & user_verified) != 0;
  data.portable = (flags & backup_eligible) != 0;
  data.copied = (flags & backup_state) != 0;
  data.count = octets.number(sign_count_size);
  if (octets.fell_short()) return bad_authenticator_data("too short");
  if (data.copied && !data.portable)
    return bad_authenticator_data("copied, though it never may be");
  if ((flags & has_attested) != 0) {
    AttestedKey made;
    octets.take(aaguid_size);
    const std::size_t id_size = octets.number(2);
    if (octets.fell_short() || id_size < min_credential_id || id_size > max_credential_id) {
      return bad_authenticator_data("size of the credential's id");
    }
    made.id = octets.take(id_size);
    if (octets.fell_short()) return bad_authenticator_data("too short");
    NGUON_TRY(made.jwk, read_cose_key(octets));
    data.attested = std::move(made);
  }
  const bool map_follows =
      !octets.rest().empty() && (static_cast<unsigned char>(octets.rest().front()) >> 5) == 5;
  if ((flags & has_extensions) != 0 ? !map_follows : !octets.rest().empty()) {
    return bad_authenticator_data("what follows is not what the flags say");
  }
  return data;
}

}  // namespace nguon::server
