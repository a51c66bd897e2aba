#pragma once

#include "ledger/base/clock.hpp"
#include "ledger/base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace nguon::server {

/// How many reports a day are taken, from where and about what. Each network has a share of its
/// own, so that a flood from one uses up nobody else's.
struct ReportShares {
  std::size_t network = 60;           ///< A /24 or /48: whole mobile networks share one.
  std::size_t network_and_label = 5;  ///< So that one network cannot use up a label's.
  std::size_t label = 30;
  std::size_t all = 3000;  ///< Ten times as many from networks that sent none yet.
};

/// What stands before a report instead of a riddle: a form is filled in by somebody who was given
/// it, for that label, a moment ago, and who has not sent too many. Nothing of it is written down;
/// networks are known by a salted hash, for a day. Thread-safe.
class ReportGate {
 public:
  static constexpr std::int64_t soonest_s = 2;  ///< Nobody fills in a form faster.
  static constexpr std::int64_t latest_s = 2 * 3600;

  /// `clock` outlives it.
  explicit ReportGate(const ledger::Clock& clock, ReportShares shares = {});

  /// For a form about `label`: time and chance under a MAC, base64url.
  std::string seal(std::string_view label) const;
  enum class Standing : std::uint8_t { good, too_soon, stale };
  /// A seal of another label, of nobody, or too old is `stale`: the form is to be sent again.
  Standing check(std::string_view seal, std::string_view label) const;

  /// Takes one from each share, all or none. Errors (Errc::too_busy): `report.network`,
  /// `report.label`, `report.full`.
  ledger::Result<void> enter(std::string_view address, std::string_view label);

 private:
  void begin_day();

  const ledger::Clock& clock_;
  const ReportShares shares_;
  const std::string secret_;
  std::mutex mutex_;  // Guards all below.
  std::int64_t day_ = -1;
  std::string salt_;
  std::map<std::string, std::size_t, std::less<>> taken_;  // By share.
};

}  // namespace nguon::server
