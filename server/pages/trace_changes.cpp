#include "ledger/base/result.hpp"
#include "server/pages/catalogue.hpp"
#include "server/pages/trace_view.hpp"

#include <map>
#include <utility>

namespace nguon::server {
namespace {

namespace trace = ledger::trace;
using Place = std::pair<std::string, std::string>;  // entry id and pointer

std::string member(const boost::json::object& data, std::string_view key) {
  const auto* value = data.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

/// The public value at a pointer of plain names (the schema allows no other); null when there is none.
const boost::json::value* value_at(const boost::json::object& data, std::string_view pointer) {
  const boost::json::object* in = &data;
  while (!pointer.empty() && pointer.front() == '/') {
    pointer.remove_prefix(1);
    const std::size_t end = pointer.find('/');
    const auto* const value = in->if_contains(pointer.substr(0, end));
    if (value == nullptr || end == std::string_view::npos) return value;
    pointer.remove_prefix(end);
    if (!value->is_object()) return nullptr;
    in = &value->get_object();
  }
  return nullptr;
}

/// `1250 kg`, `2026-11-19`, `12`; empty for what would say nothing to a reader: subjects, codes.
std::string readable(const boost::json::value& value, std::string_view field,
                     const schemas::Bundle& bundle) {
  if (value.is_object()) {
    const boost::json::object& quantity = value.get_object();
    const schemas::Unit* const unit = bundle.units().find(member(quantity, "unit"));
    const std::string amount = member(quantity, "amount");
    return unit == nullptr || amount.empty() ? std::string() : amount + " " + unit->label_vi;
  }
  const bool plain = field == "qty" || field == "net" || field == "pack" || field == "on" ||
                     field == "count" || field == "expires" || field == "lot";
  if (!plain) return {};
  if (value.is_string()) return std::string(value.get_string());
  if (value.is_int64()) return std::to_string(value.get_int64());
  return {};
}

}  // namespace

std::vector<Change> changes_of(const trace::Timeline& story, const schemas::Bundle& bundle) {
  std::map<std::string, const trace::Event*> by_id;
  std::map<Place, std::string> newest;  // what the last correction of a place made of it
  std::vector<Change> changes;
  for (const trace::Event& event : story.events) {
    by_id.emplace(event.entry, &event);
    if (!event.type.starts_with("batch.correct/")) continue;
    const std::string pointer = member(event.data, "pointer");
    const Place place{member(event.data, "target"), pointer};
    Change change;
    change.date = vietnam_date(event.recorded);
    change.reason = member(event.data, "reason");
    change.who = event.org_name;
    change.field = pointer.substr(0, pointer.find('/', 1));
    if (!change.field.empty()) change.field.erase(0, 1);
    const auto target = by_id.find(place.first);
    if (target != by_id.end()) {
      change.step = target->second->type.substr(0, target->second->type.find('/'));
      const auto known = newest.find(place);
      const auto* const original = value_at(target->second->data, pointer);
      if (known != newest.end()) {
        change.before = known->second;
      } else if (original != nullptr) {
        change.before = readable(*original, change.field, bundle);
      }
    }
    if (const auto* const value = event.data.if_contains("value")) {
      change.after = readable(*value, change.field, bundle);
    }
    newest[place] = change.after;
    // One half of a correction alone would mislead.
    if (change.before.empty() || change.after.empty()) change.before = change.after = {};
    changes.push_back(std::move(change));
  }
  return changes;
}

}  // namespace nguon::server
