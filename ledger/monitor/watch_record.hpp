#pragma once

#include "ledger/base/result.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace nguon::ledger {

/// What a watch remembers besides its copy of the log (FORMAT.md "Watching").
struct WatchRecord {
  /// The newest head statement of a subject that was seen, and since when.
  struct Head {
    std::uint64_t since = 0;  ///< Unix seconds by the watcher's clock.
    std::string statement;    ///< JWS.

    bool operator==(const Head&) const = default;
  };

  std::string of;                     ///< The organisation or batch that is watched.
  std::uint64_t looked = 0;           ///< Unix seconds of the last look; 0 before the first.
  std::uint64_t size = 0;             ///< Of the log then.
  std::map<std::string, Head> heads;  ///< By subject.

  bool operator==(const WatchRecord&) const = default;
};

inline constexpr std::size_t max_watch_record_size = 64 << 20;

std::string format_watch_record(const WatchRecord& record);
/// Only what format_watch_record() writes. Errors: `monitor.state` (Errc::corrupt).
Result<WatchRecord> parse_watch_record(std::string_view octets);

}  // namespace nguon::ledger
