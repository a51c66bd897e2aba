#include "server/enrol/invitation.hpp"

#include "ledger/base/json.hpp"
#include "ledger/entry/jws.hpp"
#include "ledger/entry/subject.hpp"

#include <algorithm>

namespace nguon::server {
namespace {

namespace json = boost::json;
using ledger::invalid;

constexpr std::size_t code_symbols = 16;
constexpr std::size_t max_name = 240;  // Octets: 80 letters with their marks.
constexpr std::size_t max_roles = 6;
constexpr std::string_view crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Reads exactly the members it is asked for.
class Members {
 public:
  explicit Members(const json::object& object) : object_(object) {}

  ledger::Result<std::string> text(std::string_view name, std::size_t most) const {
    const auto* value = object_.if_contains(name);
    if (value == nullptr || !value->is_string() || value->get_string().empty() ||
        value->get_string().size() > most) {
      return wrong(name);
    }
    return std::string(value->get_string());
  }
  ledger::Result<std::string> subject(std::string_view name, std::string_view kind) const {
    NGUON_TRY(auto sub, text(name, 64));
    if (!ledger::is_subject(sub) || ledger::subject_kind(sub) != kind) return wrong(name);
    return sub;
  }
  ledger::Result<std::int64_t> seconds(std::string_view name) const {
    const auto* value = object_.if_contains(name);
    if (value == nullptr || !value->is_int64() || value->get_int64() < 0) return wrong(name);
    return value->get_int64();
  }
  ledger::Result<std::vector<std::string>> texts(std::string_view name, std::size_t most) const {
    const auto* value = object_.if_contains(name);
    if (value == nullptr || !value->is_array() || value->get_array().empty() ||
        value->get_array().size() > most) {
      return wrong(name);
    }
    std::vector<std::string> found;
    for (const auto& one : value->get_array()) {
      if (!one.is_string() || one.get_string().size() > 32) return wrong(name);
      found.emplace_back(one.get_string());
    }
    return found;
  }

 private:
  static ledger::Error wrong(std::string_view name) {
    return invalid("enrol.invitation", "/" + std::string(name));
  }
  const json::object& object_;
};

}  // namespace

ledger::Result<Invitation> read_invitation(std::string_view text, std::string_view aud) {
  if (text.size() > max_invitation_octets) return invalid("enrol.invitation");
  NGUON_TRY(const auto jws, ledger::parse_jws(text, invitation_typ));
  NGUON_TRY(const auto payload, ledger::parse_json(jws.payload));
  if (!payload.is_object() || payload.get_object().size() != 7) return invalid("enrol.invitation");
  const Members members(payload.get_object());
  NGUON_TRY(const auto said_aud, members.text("aud", 64));
  if (said_aud != aud) return invalid("enrol.aud", "/aud", "for another deployment");
  Invitation invitation;
  invitation.id = ledger::entry_id(jws.signing_input);
  invitation.kid = jws.kid;
  NGUON_TRY(invitation.code, members.text("code", code_symbols));
  if (read_enrolment_code(invitation.code) != invitation.code) {
    return invalid("enrol.invitation", "/code");
  }
  NGUON_TRY(invitation.name, members.text("name", max_name));
  NGUON_TRY(invitation.org, members.subject("org", "org"));
  NGUON_TRY(invitation.person, members.subject("person", "person"));
  NGUON_TRY(invitation.roles, members.texts("roles", max_roles));
  NGUON_TRY(invitation.until, members.seconds("until"));
  return invitation;
}

std::string read_enrolment_code(std::string_view typed) {
  std::string code;
  for (char symbol : typed) {
    if (symbol == ' ' || symbol == '-') continue;
    if (symbol >= 'a' && symbol <= 'z') symbol = static_cast<char>(symbol - 'a' + 'A');
    if (symbol == 'O') symbol = '0';
    if (symbol == 'I' || symbol == 'L') symbol = '1';
    if (crockford.find(symbol) == std::string_view::npos || code.size() == code_symbols) return {};
    code += symbol;
  }
  return code.size() == code_symbols ? code : std::string();
}

}  // namespace nguon::server
