#include "server/reminders/reminder_desk.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/apply/records_core.hpp"
#include "ledger/apply/records_master.hpp"
#include "ledger/base/json.hpp"
#include "ledger/entry/jws.hpp"
#include "server/pages/catalogue.hpp"
#include "server/session/signer.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace nguon::server {
namespace {

namespace json = boost::json;
using ledger::Errc;
using ledger::Error;
using ledger::Result;

bool has_one_of(const Viewer& viewer, std::initializer_list<std::string_view> roles) {
  return std::ranges::any_of(roles, [&](std::string_view role) {
    return std::ranges::find(viewer.roles, role) != viewer.roles.end();
  });
}

bool is_told(const Viewer& viewer, const Due& due) {
  if (has_one_of(viewer, {"registrar"})) return true;
  return has_one_of(viewer, {"director", "clerk"}) &&
         std::ranges::find(due.orgs, viewer.org) != due.orgs.end();
}

}  // namespace

ReminderDesk::ReminderDesk(const ledger::Ledger& ledger, ledger::StateScan scan,
                           const schemas::Bundle& bundle, const ledger::Clock& clock)
    : ledger_(ledger), clock_(clock), finder_(ledger, std::move(scan), bundle) {}

Result<std::unique_ptr<ReminderDesk>> ReminderDesk::open(
    const std::string& path, const ledger::Ledger& ledger, ledger::StateScan scan,
    const schemas::Bundle& bundle, const ledger::Clock& clock, ReminderWays ways) {
  auto desk =
      std::unique_ptr<ReminderDesk>(new ReminderDesk(ledger, std::move(scan), bundle, clock));
  std::vector<json::object> records;
  NGUON_TRY(desk->notebook_, Notebook::open(path, [&](const json::object& record) -> Result<void> {
              records.push_back(record);
              return {};
            }));
  desk->outbox_ = std::make_unique<Outbox>(*desk->notebook_, std::move(ways));
  for (const auto& record : records) {
    desk->outbox_->recall(record);
    const auto* by = record.if_contains("by");
    const auto* read = record.if_contains("read");
    if (by == nullptr || read == nullptr || !by->is_string() || !read->is_array()) continue;
    for (const auto& id : read->get_array()) {
      if (id.is_string()) desk->read_.emplace(by->get_string(), id.get_string());
    }
  }
  return desk;
}

Result<void> ReminderDesk::look() {
  const std::uint64_t size = ledger_.head().size;
  const std::string today = vietnam_date(clock_.now_ms());
  if (size == size_ && today == day_) return {};
  NGUON_TRY(due_, finder_.find(today));
  names_.clear();
  for (const Due& due : due_) {
    for (const auto& org : due.orgs) {
      if (names_.contains(org)) continue;
      NGUON_TRY(const auto stored, ledger_.state(ledger::state_key::subject(org)));
      if (!stored) continue;
      NGUON_TRY(const auto record, ledger::decode<ledger::OrgRecord>(*stored));
      if (record.kind != "household") names_[org] = record.name;
    }
  }
  size_ = size;
  day_ = today;
  return {};
}

Result<json::object> ReminderDesk::inbox(const Viewer& viewer) {
  const std::scoped_lock lock(mutex_);
  NGUON_CHECK(look());
  std::vector<Due> mine;
  json::array told;
  std::size_t unread = 0;
  for (const Due& due : due_) {
    if (!is_told(viewer, due)) continue;
    const bool read = read_.contains({viewer.person, due.id});
    if (!read) ++unread;
    told.push_back(json::object{{"id", due.id},
                                {"what", name_of(due.kind)},
                                {"sub", due.sub},
                                {"org", due.orgs.front()},
                                {"vi", line_of(due, names_, false)},
                                {"en", line_of(due, names_, true)},
                                {"until", due.until},
                                {"days", due.days},
                                {"notice", due.notice},
                                {"read", read}});
    mine.push_back(due);
  }
  return json::object{
      {"reminders", std::move(told)}, {"unread", unread}, {"text", chat_text(mine, names_)}};
}

Result<Viewer> ReminderDesk::signer(std::string_view text, json::object& payload) const {
  const auto malformed = [](const char* field) { return ledger::invalid("reminders.body", field); };
  if (text.size() > max_reminders_octets) return malformed("");
  NGUON_TRY(const auto jws, ledger::parse_jws(text, reminders_read_typ));
  NGUON_TRY(auto said, ledger::parse_json(jws.payload));
  if (!said.is_object() || said.get_object().size() != 2) return malformed("");
  payload = std::move(said.get_object());
  const auto* aud = payload.if_contains("aud");
  if (aud == nullptr || *aud != json::value(ledger_.deployment_id())) return malformed("/aud");
  const auto* ids = payload.if_contains("read");
  const bool texts =
      ids != nullptr && ids->is_array() &&
      std::ranges::all_of(ids->get_array(), [](const auto& id) { return id.is_string(); });
  if (!texts) return malformed("/read");
  return signer_of(ledger_, jws, "reminders.signer");
}

Result<json::object> ReminderDesk::mark_read(std::string_view jws) {
  json::object payload;
  NGUON_TRY(const Viewer viewer, signer(jws, payload));
  {
    const std::scoped_lock lock(mutex_);
    NGUON_CHECK(look());
    json::array marked;
    for (const auto& id : payload.at("read").get_array()) {
      const std::string name(id.get_string());
      const auto due = std::ranges::find(due_, name, &Due::id);
      if (due == due_.end() || !is_told(viewer, *due)) continue;
      if (!read_.contains({viewer.person, name})) marked.emplace_back(name);
    }
    if (!marked.empty()) {
      NGUON_CHECK(notebook_->append({{"by", viewer.person}, {"read", marked}}));
      for (const auto& id : marked) read_.emplace(viewer.person, id.get_string());
    }
  }
  return inbox(viewer);
}

Result<std::size_t> ReminderDesk::send() {
  std::vector<Due> due;
  OrgNames names;
  {
    const std::scoped_lock lock(mutex_);
    NGUON_CHECK(look());
    due = due_;
    names = names_;
  }
  return outbox_->send(due, names, clock_.now_ms());
}

}  // namespace nguon::server
