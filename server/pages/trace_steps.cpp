#include "schemas/calendar.hpp"
#include "server/pages/catalogue.hpp"
#include "server/pages/trace_view.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace nguon::server {
namespace {

namespace trace = ledger::trace;

/// Recorded this long after its day, an entry is told as late: a week covers a market round without
/// signal.
constexpr std::int64_t late_days = 7;

/// Roles that speak for somebody other than the maker of the goods.
constexpr std::array<std::string_view, 5> outside_roles = {"authority", "council_chair",
                                                           "evaluator", "inspector", "lab"};

std::string text_at(const boost::json::object& data, std::string_view key) {
  const auto* value = data.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

Vouch vouch_of(const trace::Event& event, const std::string& type) {
  if (speaks_for_others(event.roles)) return Vouch::confirmed;
  // A numbered weigh ticket has a second copy in the supplier's hands.
  return type == "batch.receive" ? Vouch::evidenced : Vouch::declared;
}

std::string quantity_of(const boost::json::object& data, const schemas::Bundle& bundle) {
  const auto* quantity = data.if_contains("qty");
  if (quantity == nullptr || !quantity->is_object()) return {};
  const schemas::Unit* unit = bundle.units().find(text_at(quantity->get_object(), "unit"));
  if (unit == nullptr) return {};
  return text_at(quantity->get_object(), "amount") + " " + unit->label_vi;
}

/// By the operator's clock: the device's is a claim, and back-dating it would hide the delay.
bool is_late(const std::string& on, std::int64_t recorded_ms) {
  const auto day = schemas::parse_date(on);
  const auto written = schemas::date_in_vietnam(recorded_ms);
  return day && written && schemas::day_number(*written) - schemas::day_number(*day) > late_days;
}

Step step_of(const trace::Event& event, const std::string& crop, const schemas::Bundle& bundle) {
  Step step;
  step.type = event.type.substr(0, event.type.find('/'));
  step.date = text_at(event.data, "on");
  step.late = is_late(step.date, event.recorded);
  if (step.date.empty()) step.date = vietnam_date(event.recorded);
  step.vouch = vouch_of(event, step.type);
  step.who = event.org_name;
  step.quantity = quantity_of(event.data, bundle);
  const schemas::Chain* chain = bundle.chains().find(crop);
  if (step.type == "batch.transform" && chain != nullptr) {
    const auto known = chain->steps.find(text_at(event.data, "step"));
    if (known != chain->steps.end()) {
      step.name = known->second.label.vi;
      step.name_en = known->second.label.en;
    }
  }
  return step;
}

bool alike(const Step& a, const Step& b) {
  return a.type == b.type && a.name == b.name && a.who == b.who && a.vouch == b.vouch;
}

}  // namespace

bool speaks_for_others(const std::vector<std::string>& roles) {
  return std::any_of(roles.begin(), roles.end(), [](const std::string& role) {
    return std::find(outside_roles.begin(), outside_roles.end(), role) != outside_roles.end();
  });
}

std::vector<Step> steps_of(const trace::Timeline& story, const std::string& crop,
                           const schemas::Bundle& bundle) {
  // The log's order is when things were recorded; a story is told by the days they happened on,
  // those of one day in the log's order (a multimap keeps it).
  std::multimap<std::string, Step> by_day;
  for (const trace::Event& event : story.events) {
    const bool goods = event.type.starts_with("batch.") || event.type.starts_with("animal.") ||
                       event.type.starts_with("label.apply");
    if (!goods) continue;
    Step step = step_of(event, crop, bundle);
    std::string day = step.date;
    by_day.emplace(std::move(day), std::move(step));
  }
  // An intake of weeks alternates with the processing of each day: told entry by entry, or run by
  // run, it would bury the packing at the end.
  std::vector<Step> told;
  for (auto& [day, step] : by_day) {
    const auto same = std::find_if(told.begin(), told.end(),
                                   [&](const Step& other) { return alike(other, step); });
    if (same == told.end()) {
      told.push_back(std::move(step));
      continue;
    }
    same->date_to = step.date;
    same->count += 1;
    same->late = same->late || step.late;
    // One of many amounts would mislead, and their sum is for the batch's own figures to say.
    same->quantity.clear();
  }
  return told;
}

}  // namespace nguon::server
