#include "server/rights/rights_desk.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/apply/records_core.hpp"
#include "ledger/entry/jws.hpp"
#include "schemas/calendar.hpp"
#include "server/rights/terms.hpp"
#include "server/session/signer.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace nguon::server {
namespace {

namespace json = boost::json;
using ledger::Errc;
using ledger::Error;
using ledger::Result;

// Nobody has so many questions at once; it bounds what one key can make us keep.
constexpr std::size_t max_open_of_person = 20;

const Error not_yours{Errc::not_found, "rights.unknown", {}, {}};

std::string kept_text(const json::object& record, std::string_view name) {
  const auto* value = record.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

std::int64_t kept_number(const json::object& record, std::string_view name) {
  const auto* value = record.if_contains(name);
  return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}

bool has_role(const Viewer& viewer, std::string_view role) {
  return std::ranges::find(viewer.roles, role) != viewer.roles.end();
}

/// Whether he is of those who answer it. A complaint is about the office: its clerks do not open
/// it.
bool answers(const Viewer& viewer, const RightsRequest& request) {
  if (viewer.person == request.person) return false;
  if (has_role(viewer, "registrar")) return true;
  return viewer.org == request.org &&
         (has_role(viewer, "director") ||
          (has_role(viewer, "clerk") && request.kind != RightsKind::complain));
}

bool sees(const Viewer& viewer, const RightsRequest& request) {
  return viewer.person == request.person || answers(viewer, request);
}

}  // namespace

RightsState RightsDesk::Case::state() const {
  return steps.empty() ? RightsState::received : steps.back().answer.state;
}

bool RightsDesk::Case::extended() const {
  return std::ranges::any_of(
      steps, [](const Step& step) { return step.answer.state == RightsState::extended; });
}

Result<std::unique_ptr<RightsDesk>> RightsDesk::open(std::string path, const ledger::Ledger& ledger,
                                                     const ledger::Clock& clock) {
  auto desk = std::unique_ptr<RightsDesk>(new RightsDesk(ledger, clock));
  NGUON_TRY(desk->notebook_, Notebook::open(std::move(path), [&](const json::object& record) {
              return desk->recall(record);
            }));
  return desk;
}

/// A record holds what was signed, or, once its person is erased, what is left of it.
Result<void> RightsDesk::recall(const json::object& record) {
  const Error unreadable{Errc::corrupt, "rights.file", {}, {}};
  const auto jws = kept_text(record, "jws");
  const auto received = kept_number(record, "received");
  if (record.contains("request")) {
    RightsAnswer answer{kept_text(record, "id"),      kept_text(record, "kid"),
                        kept_text(record, "request"), RightsState::acknowledged,
                        kept_number(record, "at"),    {}};
    if (const auto state = rights_state_of(kept_text(record, "state"))) answer.state = *state;
    if (!jws.empty()) {
      auto read = read_rights_answer(jws, ledger_.deployment_id());
      if (!read) return unreadable;
      answer = std::move(*read);
    }
    const auto known = cases_.find(answer.request);
    if (known == cases_.end()) return unreadable;
    known->second.steps.push_back({std::move(answer), received});
    known->second.records.push_back(record);
    return {};
  }
  RightsRequest request{kept_text(record, "id"),
                        kept_text(record, "kid"),
                        kept_text(record, "person"),
                        kept_text(record, "org"),
                        RightsKind::see,
                        kept_number(record, "at"),
                        {}};
  if (const auto kind = rights_kind_of(kept_text(record, "what"))) request.kind = *kind;
  if (!jws.empty()) {
    auto read = read_rights_request(jws, ledger_.deployment_id());
    if (!read) return unreadable;
    request = std::move(*read);
  }
  if (request.id.empty() || request.person.empty()) return unreadable;
  std::string id = request.id;
  cases_[std::move(id)] = Case{std::move(request), received, {}, {record}};
  return {};
}

Result<Viewer> RightsDesk::signer(std::string_view text, std::string_view typ) const {
  NGUON_TRY(const auto jws, ledger::parse_jws(text, typ));
  return signer_of(ledger_, jws, "rights.signer");
}

Result<void> RightsDesk::belongs(const std::string& person, const std::string& org) const {
  const Error nobody{Errc::invalid, "rights.person", "/person", {}};
  NGUON_TRY(const auto stored, ledger_.state(ledger::state_key::subject(person)));
  if (!stored) return nobody;
  NGUON_TRY(const auto record, ledger::decode<ledger::PersonRecord>(*stored));
  // Former members ask of what is still held.
  for (const auto& membership : record.memberships) {
    if (membership.org == org) return {};
  }
  for (const auto& kid : record.kids) {
    NGUON_TRY(const auto key, ledger_.state(ledger::state_key::key(kid)));
    if (!key) continue;
    NGUON_TRY(const auto bound, ledger::decode<ledger::KeyRecord>(*key));
    if (bound.org == org) return {};
  }
  return nobody;
}

Result<json::object> RightsDesk::request(std::string_view jws) {
  NGUON_TRY(const auto request, read_rights_request(jws, ledger_.deployment_id()));
  NGUON_TRY(const Viewer by, signer(jws, rights_request_typ));
  const bool office = by.org == request.org && (has_role(by, "director") || has_role(by, "clerk"));
  if (by.person != request.person && !office) {
    return Error{Errc::forbidden, "rights.signer", "/person", {}};
  }
  NGUON_CHECK(belongs(request.person, request.org));
  const std::scoped_lock lock(mutex_);
  NGUON_CHECK(forget_erased());
  if (const auto known = cases_.find(request.id); known != cases_.end()) {
    return shown(known->second);
  }
  const auto open = std::ranges::count_if(cases_, [&](const auto& one) {
    return one.second.request.person == request.person && !is_closed(one.second.state());
  });
  if (static_cast<std::size_t>(open) >= max_open_of_person) {
    return Error{Errc::conflict, "rights.full", {}, {}};
  }
  const std::int64_t now = clock_.now_ms();
  json::object record{{"jws", jws}, {"received", now}};
  NGUON_CHECK(notebook_->append(record));
  auto& kept = cases_[request.id];
  kept = Case{request, now, {}, {std::move(record)}};
  return shown(kept);
}

Result<json::object> RightsDesk::answer(std::string_view jws, const Removable& removable) {
  NGUON_TRY(const auto answer, read_rights_answer(jws, ledger_.deployment_id()));
  NGUON_TRY(const Viewer by, signer(jws, rights_answer_typ));
  std::string erased;
  {
    const std::scoped_lock lock(mutex_);
    const auto known = cases_.find(answer.request);
    if (known == cases_.end()) return not_yours;
    const RightsRequest& request = known->second.request;
    if (request.kind == RightsKind::erase && answer.state == RightsState::done) {
      erased = request.person;
    }
  }
  std::size_t left = 0;
  if (!erased.empty()) {
    NGUON_TRY(left, removable(erased));
  }
  const std::scoped_lock lock(mutex_);
  NGUON_CHECK(forget_erased());
  const auto known = cases_.find(answer.request);
  if (known == cases_.end()) return not_yours;
  Case& one = known->second;
  const bool own = by.person == one.request.person;
  const bool takes_back = answer.state == RightsState::taken_back;
  if (takes_back ? !own : !answers(by, one.request)) return not_yours;
  for (const Step& step : one.steps) {
    if (step.answer.id == answer.id) return shown(one);
  }
  const auto conflict = [](const char* rule) { return Error{Errc::conflict, rule, "/state", {}}; };
  if (is_closed(one.state())) return conflict("rights.closed");
  if (answer.state == RightsState::acknowledged && one.state() != RightsState::received) {
    return conflict("rights.order");
  }
  if (answer.state == RightsState::extended && one.extended()) return conflict("rights.extended");
  if (left > 0) return conflict("rights.remains");
  const std::int64_t now = clock_.now_ms();
  json::object record{{"request", answer.request}, {"jws", jws}, {"received", now}};
  NGUON_CHECK(notebook_->append(record));
  one.steps.push_back({answer, now});
  one.records.push_back(std::move(record));
  return shown(one);
}

/// Of erased persons the words go, and with them what was signed; that they asked, when, and what
/// became of it stays: the office has to show that it answered.
Result<void> RightsDesk::forget_erased() {
  const std::uint64_t size = ledger_.head().size;
  if (looked_at_ == size) return {};
  bool changed = false;
  for (auto& [id, one] : cases_) {
    const bool bare = std::ranges::none_of(
        one.records, [](const json::object& record) { return record.contains("jws"); });
    if (bare) continue;
    NGUON_TRY(const auto stored, ledger_.state(ledger::state_key::subject(one.request.person)));
    if (!stored) continue;
    NGUON_TRY(const auto person, ledger::decode<ledger::PersonRecord>(*stored));
    if (!person.erased) continue;
    one.request.text.clear();
    one.records = {{{"id", id},
                    {"kid", one.request.kid},
                    {"person", one.request.person},
                    {"org", one.request.org},
                    {"what", name_of(one.request.kind)},
                    {"at", one.request.at},
                    {"received", one.received}}};
    for (Step& step : one.steps) {
      step.answer.text.clear();
      one.records.push_back({{"id", step.answer.id},
                             {"kid", step.answer.kid},
                             {"request", id},
                             {"state", name_of(step.answer.state)},
                             {"at", step.answer.at},
                             {"received", step.received}});
    }
    changed = true;
  }
  if (changed) {
    std::vector<json::object> all;
    for (const auto& [id, one] : cases_) {
      all.insert(all.end(), one.records.begin(), one.records.end());
    }
    NGUON_CHECK(notebook_->rewrite(all));
  }
  looked_at_ = size;
  return {};
}

std::string RightsDesk::today() const {
  return schemas::print_date(schemas::date_in_vietnam(clock_.now_ms()).value_or(schemas::Date{}));
}

Result<json::object> RightsDesk::shown(const Case& one) const {
  const auto who = [&](const std::string& kid) -> Result<json::object> {
    NGUON_TRY(const auto stored, ledger_.state(ledger::state_key::key(kid)));
    json::object signer{{"kid", kid}};
    if (!stored) return signer;
    NGUON_TRY(const auto key, ledger::decode<ledger::KeyRecord>(*stored));
    signer["person"] = key.person;
    signer["org"] = key.org;
    return signer;
  };
  const RightsState state = one.state();
  const auto dates = rights_dates(one.request.kind, one.extended(), one.received);
  json::array steps;
  for (const Step& step : one.steps) {
    NGUON_TRY(auto by, who(step.answer.kid));
    steps.push_back(json::object{{"state", name_of(step.answer.state)},
                                 {"received", step.received},
                                 {"by", std::move(by)},
                                 {"text", step.answer.text}});
  }
  NGUON_TRY(auto by, who(one.request.kid));
  std::string_view overdue;
  if (state == RightsState::received && today() > dates.acknowledge_by) overdue = "acknowledge";
  if (!is_closed(state) && today() > dates.answer_by) overdue = "answer";
  return json::object{{"id", one.request.id},         {"person", one.request.person},
                      {"org", one.request.org},       {"what", name_of(one.request.kind)},
                      {"text", one.request.text},     {"at", one.request.at},
                      {"received", one.received},     {"by", std::move(by)},
                      {"state", name_of(state)},      {"acknowledge_by", dates.acknowledge_by},
                      {"answer_by", dates.answer_by}, {"law", rights_term(one.request.kind).law},
                      {"overdue", overdue},           {"steps", std::move(steps)}};
}

Result<json::array> RightsDesk::list(const Viewer& viewer) { return of_person(viewer, {}); }

Result<json::array> RightsDesk::of_person(const Viewer& viewer, const std::string& person) {
  const std::scoped_lock lock(mutex_);
  NGUON_CHECK(forget_erased());
  using Order = std::tuple<bool, std::string, std::string>;
  std::vector<std::pair<Order, const Case*>> mine;
  for (const auto& [id, one] : cases_) {
    if (!sees(viewer, one.request)) continue;
    if (!person.empty() && one.request.person != person) continue;
    const auto dates = rights_dates(one.request.kind, one.extended(), one.received);
    const bool unheard = one.state() == RightsState::received;
    mine.push_back(
        {{is_closed(one.state()), unheard ? dates.acknowledge_by : dates.answer_by, id}, &one});
  }
  std::ranges::sort(mine);
  json::array told;
  for (const auto& [order, one] : mine) {
    NGUON_TRY(auto object, shown(*one));
    told.push_back(std::move(object));
  }
  return told;
}

}  // namespace nguon::server
