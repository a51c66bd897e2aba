#pragma once

#include "labels/serial.hpp"
#include "ledger/base/clock.hpp"
#include "ledger/log/telemetry.hpp"
#include "server/signals/rows.hpp"

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace nguon::server {

/// One request for a label's page, as far as it is looked at; nothing of it is kept as it came.
struct Visit {
  std::string_view address;  ///< Numeric.
  std::string_view agent;    ///< User-Agent.
  Province stated = 0;       ///< The shopper's own choice; 0: none, then the table is asked.
  bool bought = false;       ///< "I bought this pack".
  bool again = false;        ///< A form on the page, no page opened: not one more scan.
};

/// What may be said of one label.
struct SignalView {
  std::uint32_t scans = 0;
  std::uint32_t sessions = 0;
  std::uint32_t first_day = 0;  ///< Since 1970-01-01 in Vietnam.
  Alarm alarm = Alarm::none;    ///< Amber, of the last 7 days.
  bool placed = false;          ///< It is known of some scan of today where it was.
};

/// Since the start, for metrics.
struct SignalTotals {
  std::uint64_t scans = 0;
  std::uint64_t sessions = 0;
  std::uint64_t placed = 0;  ///< Sessions whose province is known.
  std::uint64_t ambers = 0;  ///< Labels that turned amber.
  std::uint64_t dropped = 0;
  std::uint64_t labels = 0;  ///< Held in memory now.
};

/// Counts scans and judges them (README). Only serials that were issued may be given to it.
/// Thread-safe; count() and look() wait for the disk only at the first sight of a label.
class SignalBook {
 public:
  static constexpr std::size_t max_labels = 100'000;
  static constexpr std::size_t max_sightings = 64;
  static constexpr std::int64_t alarm_s = 7 * 86'400;
  static constexpr std::uint32_t kept_days = 180;

  /// `codec` and `clock` outlive it.
  SignalBook(ledger::Telemetry rows, const labels::SerialCodec& codec, ProvinceTable table,
             const ledger::Clock& clock, std::size_t labels = max_labels);

  /// Counts the visit and says what is known with it.
  SignalView count(const std::string& serial, const Visit& visit);
  SignalView look(const std::string& serial);
  /// Writes what changed since the last time and makes room. What could not be written is tried
  /// again by the next call. Errors: Telemetry::write()'s.
  ledger::Result<void> flush();
  /// Takes away the rows of labels that were not scanned for long; how many. Errors: the same.
  ledger::Result<std::size_t> sweep();
  SignalTotals totals() const;
  const ProvinceTable& table() const { return table_; }

 private:
  struct Label {
    LabelCount count;
    std::vector<Sighting> today;
    std::int64_t seen_s = 0;
    bool changed = false;
  };
  using Labels = std::unordered_map<std::string, Label>;

  /// What the store has of it; nothing where it has none or cannot say.
  LabelCount stored(const std::string& serial) const;
  /// Its place in memory, read from the store at first sight; null when there is no room.
  Labels::value_type* find(std::unique_lock<std::mutex>& lock, const std::string& serial,
                           std::int64_t now_s);
  void note_change(Labels::value_type& label);
  /// Forgets all sessions and what they were made with once the day is over.
  void begin_day(std::int64_t now_s);
  void add_sighting(Label& label, const Visit& visit, std::int64_t now_s);
  SignalView view(const Label& label, std::int64_t now_s) const;
  void make_room();

  ledger::Telemetry rows_;
  const labels::SerialCodec& codec_;
  const ProvinceTable table_;
  const ledger::Clock& clock_;
  const std::size_t most_labels_;
  mutable std::mutex mutex_;  // Guards all below.
  Labels labels_;
  std::vector<Labels::value_type*> changed_;  // Not yet written; what is here stays in labels_.
  std::string salt_;
  std::int64_t day_ = -1;  // Of the salt.
  SignalTotals totals_;
};

}  // namespace nguon::server
