#include "server/rights/request.hpp"

#include "ledger/base/json.hpp"
#include "ledger/entry/jws.hpp"
#include "ledger/entry/subject.hpp"

#include <boost/json/object.hpp>

#include <algorithm>
#include <array>

namespace nguon::server {
namespace {

namespace json = boost::json;
using ledger::Result;

constexpr std::array<std::string_view, 5> kind_names{"see", "correct", "erase", "withdraw",
                                                     "complain"};
constexpr std::array<std::string_view, 6> state_names{"received", "acknowledged", "extended",
                                                      "done",     "refused",      "taken_back"};

template <class Enum, std::size_t size>
std::optional<Enum> value_of(const std::array<std::string_view, size>& names,
                             std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

/// What both have in common: signed for this deployment, and nothing said that nobody reads.
struct Said {
  std::string id, kid;
  json::object members;
  std::string_view rule;

  ledger::Error wrong(std::string_view name) const {
    return ledger::invalid(std::string(rule), "/" + std::string(name));
  }
  std::string text(std::string_view name) const {
    const auto* value = members.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
  }
  Result<std::int64_t> seconds() const {
    const auto* value = members.if_contains("at");
    if (value == nullptr || !value->is_int64() || value->get_int64() < 0) return wrong("at");
    return value->get_int64();
  }
  Result<std::string> words() const {
    const auto* value = members.if_contains("text");
    if (value == nullptr) return std::string();
    auto said = text("text");
    if (said.empty() || said.size() > max_rights_text) return wrong("text");
    return said;
  }
};

Result<Said> read_said(std::string_view text, std::string_view aud, std::string_view typ,
                       std::string_view rule, std::size_t members) {
  const auto malformed = ledger::invalid(std::string(rule));
  if (text.size() > max_rights_octets) return malformed;
  NGUON_TRY(const auto jws, ledger::parse_jws(text, typ));
  NGUON_TRY(auto payload, ledger::parse_json(jws.payload));
  if (!payload.is_object()) return malformed;
  Said said{ledger::entry_id(jws.signing_input), jws.kid, std::move(payload.get_object()), rule};
  const std::size_t all = members + (said.members.contains("text") ? 1 : 0);
  if (said.members.size() != all) return malformed;
  if (said.text("aud") != aud) return ledger::invalid("rights.aud", "/aud");
  return said;
}

Result<std::string> subject(const Said& said, std::string_view name, std::string_view kind) {
  auto sub = said.text(name);
  if (!ledger::is_subject(sub) || ledger::subject_kind(sub) != kind) return said.wrong(name);
  return sub;
}

}  // namespace

std::string_view name_of(RightsKind kind) { return kind_names[static_cast<std::size_t>(kind)]; }
std::string_view name_of(RightsState state) { return state_names[static_cast<std::size_t>(state)]; }

bool is_closed(RightsState state) {
  return state == RightsState::done || state == RightsState::refused ||
         state == RightsState::taken_back;
}

std::optional<RightsKind> rights_kind_of(std::string_view name) {
  return value_of<RightsKind>(kind_names, name);
}
std::optional<RightsState> rights_state_of(std::string_view name) {
  return value_of<RightsState>(state_names, name);
}

Result<RightsRequest> read_rights_request(std::string_view text, std::string_view aud) {
  NGUON_TRY(const Said said, read_said(text, aud, rights_request_typ, "rights.request", 5));
  RightsRequest request;
  request.id = said.id;
  request.kid = said.kid;
  NGUON_TRY(request.person, subject(said, "person", "person"));
  NGUON_TRY(request.org, subject(said, "org", "org"));
  const auto kind = rights_kind_of(said.text("what"));
  if (!kind) return said.wrong("what");
  request.kind = *kind;
  NGUON_TRY(request.at, said.seconds());
  NGUON_TRY(request.text, said.words());
  return request;
}

Result<RightsAnswer> read_rights_answer(std::string_view text, std::string_view aud) {
  NGUON_TRY(const Said said, read_said(text, aud, rights_answer_typ, "rights.answer", 4));
  RightsAnswer answer;
  answer.id = said.id;
  answer.kid = said.kid;
  answer.request = said.text("request");
  if (answer.request.size() != 43) return said.wrong("request");
  const auto state = rights_state_of(said.text("state"));
  if (!state || *state == RightsState::received) return said.wrong("state");
  answer.state = *state;
  NGUON_TRY(answer.at, said.seconds());
  NGUON_TRY(answer.text, said.words());
  // Who is told no, or to wait longer, is told why.
  const bool needs_reason = *state == RightsState::refused || *state == RightsState::extended;
  if (needs_reason && answer.text.empty()) return said.wrong("text");
  return answer;
}

}  // namespace nguon::server
