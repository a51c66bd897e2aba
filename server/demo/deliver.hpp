#pragma once

#include "ledger/base/result.hpp"
#include "ledger/log/ledger.hpp"
#include "server/demo/season_clock.hpp"
#include "server/demo/story.hpp"

#include <cstdint>
#include <functional>
#include <vector>

namespace nguon::server {

/// Hands a story to a ledger, through the same door as anybody's entries, in the order in which its
/// devices say they were made, and moves `clock` along: each is recorded within
/// Thresholds::device_clock_skew_s of its device's time. `progress(entries so far)` runs now and
/// then. Returns when everything is logged; the first entry that was not is the error, its type in
/// `detail`. Delivered again it changes nothing.
ledger::Result<void> deliver(std::vector<ToldEntry> told, ledger::Ledger& ledger,
                             SeasonClock& clock,
                             const std::function<void(std::uint64_t)>& progress);

}  // namespace nguon::server
