#include "server/reminders/outbox.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/keys/sha256.hpp"
#include "server/pages/catalogue.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

namespace nguon::server {
namespace {

namespace json = boost::json;

constexpr std::int64_t first_pause_ms = 60'000;
constexpr std::int64_t longest_pause_ms = 3'600'000;
constexpr std::int64_t vietnam_ms = 7 * 3'600'000;
constexpr std::int64_t day_ms = 86'400'000;

std::string short_hash(std::string_view text) {
  return ledger::base64url_encode(ledger::sha256(text).view().substr(0, 16));
}

/// Stands for a target in the notebook, which holds no addresses.
std::string key_of(const Target& target) {
  const char* channel = target.channel == Channel::mail ? "mail\n" : "webhook\n";
  return short_hash(channel + target.address + "\n" + target.org);
}

bool concerns(const Due& due, const Target& target) {
  return target.org.empty() || std::ranges::find(due.orgs, target.org) != due.orgs.end();
}

std::string webhook_json(const Letter& letter, std::span<const Due> due, const OrgNames& names) {
  json::array told;
  for (const Due& one : due) {
    told.push_back(json::object{{"id", one.id},
                                {"what", name_of(one.kind)},
                                {"sub", one.sub},
                                {"orgs", json::array(one.orgs.begin(), one.orgs.end())},
                                {"label", label_of(one, names, false)},
                                {"until", one.until},
                                {"days", one.days},
                                {"notice", one.notice}});
  }
  return json::serialize(
      json::object{{"id", letter.id}, {"text", letter.text}, {"reminders", std::move(told)}});
}

Letter digest_of(const std::string& target, std::span<const Due> due, const OrgNames& names) {
  std::string all = target;
  for (const Due& one : due) all += '\n' + one.id;
  Letter letter{short_hash(all),
                "Nhắc hạn: " + std::to_string(due.size()) + " mục sắp hết hạn",
                digest_text(due, names),
                {}};
  letter.json = webhook_json(letter, due, names);
  return letter;
}

}  // namespace

Outbox::Outbox(Notebook& notebook, ReminderWays ways)
    : notebook_(notebook), ways_(std::move(ways)) {}

void Outbox::recall(const json::object& record) {
  const auto* to = record.if_contains("to");
  const auto* sent = record.if_contains("sent");
  const auto* day = record.if_contains("day");
  if (to == nullptr || sent == nullptr || day == nullptr) return;
  if (!to->is_string() || !sent->is_array() || !day->is_string()) return;
  Had& had = had_[std::string(to->get_string())];
  had.day = day->get_string();
  for (const auto& id : sent->get_array()) {
    if (id.is_string()) had.notices.emplace(id.get_string());
  }
}

std::size_t Outbox::send(std::span<const Due> due, const OrgNames& names, std::int64_t now_ms) {
  const std::int64_t since_midnight = (now_ms + vietnam_ms) % day_ms;
  if (!ways_.carry || since_midnight < std::int64_t{ways_.digest_hour} * 3'600'000) return 0;
  const std::string today = vietnam_date(now_ms);
  std::size_t left = 0;
  for (const Target& target : ways_.targets) {
    const std::string key = key_of(target);
    Had& had = had_[key];
    if (had.day == today || now_ms < had.not_before) continue;
    std::vector<Due> unsent;
    for (const Due& one : due) {
      if (one.notice > 0 && concerns(one, target) && !had.notices.contains(one.id)) {
        unsent.push_back(one);
      }
    }
    if (unsent.empty()) continue;
    const auto carried = ways_.carry(target, digest_of(key, unsent, names));
    if (!carried) {
      const int doublings = std::min(had.failures++, 6);
      had.not_before = now_ms + std::min(first_pause_ms << doublings, longest_pause_ms);
      spdlog::warn("a digest of reminders was not taken: {}", carried.error().rule);
      continue;
    }
    ++left;
    had.failures = 0;
    had.day = today;
    json::array ids;
    for (const Due& one : unsent) {
      ids.emplace_back(one.id);
      had.notices.insert(one.id);
    }
    const auto kept =
        notebook_.append({{"to", key}, {"sent", std::move(ids)}, {"day", today}, {"at", now_ms}});
    if (!kept) spdlog::error("a digest that left is not noted: {}", kept.error().rule);
  }
  return left;
}

}  // namespace nguon::server
