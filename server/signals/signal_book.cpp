#include "server/signals/signal_book.hpp"

#include "ledger/keys/key.hpp"
#include "ledger/keys/sha256.hpp"
#include "ledger/store/keys.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace nguon::server {
namespace {

constexpr std::int64_t day_s = 86'400;
constexpr std::int64_t vietnam_s = 7 * 3600;
/// When hardly anybody shops, so that hardly any session is cut in two.
constexpr std::int64_t salt_hour_s = 3 * 3600;
constexpr std::size_t salt_octets = 32;
constexpr std::size_t longest_agent = 256;

std::int64_t salt_day(std::int64_t now_s) { return (now_s + vietnam_s - salt_hour_s) / day_s; }
std::uint32_t calendar_day(std::int64_t now_s) {
  return static_cast<std::uint32_t>((now_s + vietnam_s) / day_s);
}

void add_one(std::uint32_t& count) {
  if (count < std::numeric_limits<std::uint32_t>::max()) ++count;
}

}  // namespace

SignalBook::SignalBook(ledger::Telemetry rows, const labels::SerialCodec& codec,
                       ProvinceTable table, const ledger::Clock& clock, std::size_t labels)
    : rows_(rows),
      codec_(codec),
      table_(std::move(table)),
      clock_(clock),
      most_labels_(labels) {}

LabelCount SignalBook::stored(const std::string& serial) const {
  const auto place = codec_.decode(serial);
  if (!place) return {};
  const auto row = rows_.get(count_key(*place));
  if (!row || !*row) return {};
  return decode_count(**row).value_or(LabelCount{});
}

SignalBook::Labels::value_type* SignalBook::find(std::unique_lock<std::mutex>& lock,
                                                 const std::string& serial, std::int64_t now_s) {
  if (const auto known = labels_.find(serial); known != labels_.end()) return &*known;
  if (labels_.size() >= most_labels_) return nullptr;
  lock.unlock();
  const LabelCount count = stored(serial);
  lock.lock();
  // Another thread may have read it meanwhile, and counted: then its word stands.
  return &*labels_.try_emplace(serial, Label{count, {}, now_s, false}).first;
}

void SignalBook::begin_day(std::int64_t now_s) {
  const std::int64_t today = salt_day(now_s);
  if (today == day_) return;
  day_ = today;
  std::fill(salt_.begin(), salt_.end(), '\0');
  salt_ = ledger::random_bytes(salt_octets);
  for (auto& [serial, label] : labels_) std::vector<Sighting>().swap(label.today);
}

void SignalBook::add_sighting(Label& label, const Visit& visit, std::int64_t now_s) {
  const auto network = coarse_network(visit.address);
  std::string coarse(1, network && network->six ? '6' : '4');
  coarse += ledger::keys::big_endian(network ? network->bits : 0, 8);
  const auto tag = [&](const std::string& of, std::size_t octets) {
    const ledger::Hash mac = ledger::hmac_sha256(salt_, of);
    return ledger::keys::read_big_endian(mac.view().substr(0, octets));
  };
  Sighting seen;
  seen.network = static_cast<std::uint32_t>(tag(coarse, 4));
  seen.session = tag(coarse + std::string(visit.agent.substr(0, longest_agent)), 8);
  seen.province = visit.stated != 0 ? visit.stated : network ? table_.find(*network) : Province{0};
  seen.bought = visit.bought;
  seen.at_s = now_s;

  auto& today = label.today;
  const auto same_session = [&](const Sighting& one) { return one.session == seen.session; };
  const auto known = std::find_if(today.begin(), today.end(), same_session);
  const bool full = today.size() >= max_sightings;
  if (known == today.end() && !full) {
    add_one(label.count.sessions);
    ++totals_.sessions;
    if (seen.province != 0) ++totals_.placed;
  }
  if (known != today.end()) {
    // A session is in one place: what the shopper says of it outweighs the table.
    const bool news = (visit.stated != 0 && known->province != visit.stated) ||
                      (visit.bought && !known->bought);
    if (!news) return;
    if (known->province == 0 && seen.province != 0) ++totals_.placed;
    if (visit.stated != 0) known->province = visit.stated;
    known->bought = known->bought || visit.bought;
    known->at_s = now_s;
  } else if (full) {
    *std::min_element(today.begin(), today.end(), [](const Sighting& a, const Sighting& b) {
      return a.at_s < b.at_s;
    }) = seen;
  } else {
    today.push_back(seen);
  }
  const Alarm found = judge(today);
  if (found == Alarm::none) return;
  const bool lasts = label.count.alarm_s != 0 && now_s - label.count.alarm_s < alarm_s;
  if (!lasts) ++totals_.ambers;
  label.count.alarm_s = now_s;
  label.count.why = found;
}

SignalView SignalBook::view(const Label& label, std::int64_t now_s) const {
  SignalView view;
  view.scans = label.count.scans;
  view.sessions = label.count.sessions;
  view.first_day = label.count.first_day;
  const bool lasts = label.count.alarm_s != 0 && now_s - label.count.alarm_s < alarm_s;
  view.alarm = lasts ? label.count.why : Alarm::none;
  view.placed = std::any_of(label.today.begin(), label.today.end(),
                            [](const Sighting& one) { return one.province != 0; });
  return view;
}

SignalView SignalBook::count(const std::string& serial, const Visit& visit) {
  const std::int64_t now_s = clock_.now_ms() / 1000;
  std::unique_lock lock(mutex_);
  Labels::value_type* const labelled = find(lock, serial, now_s);
  begin_day(now_s);
  if (labelled == nullptr) {
    ++totals_.dropped;
    return {};
  }
  Label& label = labelled->second;
  const std::uint32_t today = calendar_day(now_s);
  if (label.count.scans == 0) label.count.first_day = today;
  if (!visit.again || label.count.scans == 0) {
    add_one(label.count.scans);
    ++totals_.scans;
  }
  label.count.last_day = std::max(label.count.last_day, today);
  label.seen_s = now_s;
  note_change(*labelled);
  add_sighting(label, visit, now_s);
  return view(label, now_s);
}

SignalView SignalBook::look(const std::string& serial) {
  const std::int64_t now_s = clock_.now_ms() / 1000;
  std::unique_lock lock(mutex_);
  const Labels::value_type* const label = find(lock, serial, now_s);
  begin_day(now_s);
  return label != nullptr ? view(label->second, now_s) : SignalView{};
}

void SignalBook::note_change(Labels::value_type& label) {
  if (label.second.changed) return;
  label.second.changed = true;
  changed_.push_back(&label);
}

void SignalBook::make_room() {
  const std::size_t most = most_labels_ / 4 * 3;
  if (labels_.size() <= most) return;
  std::vector<std::int64_t> ages;
  ages.reserve(labels_.size());
  for (const auto& [serial, label] : labels_) ages.push_back(label.seen_s);
  const auto last = ages.begin() + static_cast<std::ptrdiff_t>(labels_.size() - most);
  std::nth_element(ages.begin(), last, ages.end());
  const std::int64_t oldest = *last;
  std::size_t surplus = labels_.size() - most;
  std::erase_if(labels_, [&](const auto& one) {
    const bool goes = surplus > 0 && one.second.seen_s <= oldest && !one.second.changed;
    if (goes) --surplus;
    return goes;
  });
}

ledger::Result<void> SignalBook::flush() {
  std::vector<std::pair<std::string, LabelCount>> news;
  {
    const std::scoped_lock lock(mutex_);
    begin_day(clock_.now_ms() / 1000);
    news.reserve(changed_.size());
    for (Labels::value_type* const one : changed_) {
      one->second.changed = false;
      news.emplace_back(one->first, one->second.count);
    }
    changed_.clear();
  }
  // Serials become places here and not while pages wait for the mutex.
  std::vector<ledger::Telemetry::Change> changes;
  for (const auto& [serial, count] : news) {
    if (const auto place = codec_.decode(serial)) {
      changes.push_back({count_key(*place), encode_count(count)});
    }
  }
  const auto done = rows_.write(changes);
  const std::scoped_lock lock(mutex_);
  if (!done) {
    for (const auto& [serial, count] : news) {
      if (const auto known = labels_.find(serial); known != labels_.end()) note_change(*known);
    }
  }
  make_room();
  return done;
}

ledger::Result<std::size_t> SignalBook::sweep() {
  const std::uint32_t today = calendar_day(clock_.now_ms() / 1000);
  std::vector<ledger::Telemetry::Change> old;
  NGUON_CHECK(rows_.scan(count_prefix, [&](std::string_view key, std::string_view value) {
    const auto count = decode_count(value);
    if (!count || count->last_day + kept_days < today) {
      old.push_back({std::string(key), std::nullopt});
    }
    return true;
  }));
  NGUON_CHECK(rows_.write(old));
  return old.size();
}

SignalTotals SignalBook::totals() const {
  const std::scoped_lock lock(mutex_);
  SignalTotals totals = totals_;
  totals.labels = labels_.size();
  return totals;
}

}  // namespace nguon::server
