#pragma once

#include "ledger/base/result.hpp"
#include "server/signals/coarse.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>
#include <unordered_map>

namespace nguon::server {

/// A province by its two digits as a number; 0: not known.
using Province = std::uint8_t;

/// Which province a network is in, as the operator's table has it (README "Where a scan was").
/// Immutable; any thread.
class ProvinceTable {
 public:
  static constexpr std::size_t max_octets = 4 << 20;
  static constexpr std::size_t max_lines = 100'000;

  /// Knows nothing.
  ProvinceTable() = default;
  /// Error: `signals.table`, its detail the number of the line and what is wrong with it.
  static ledger::Result<ProvinceTable> parse(std::string_view text);

  /// By the longest prefix; 0 when none fits or that one is marked as telling nothing.
  Province find(const CoarseNetwork& network) const;
  std::size_t size() const { return size_; }

 private:
  /// By family and length of the prefix, the longest first; in each, leading bits to province.
  std::map<std::pair<bool, int>, std::unordered_map<std::uint64_t, Province>, std::greater<>>
      prefixes_;
  std::size_t size_ = 0;
};

}  // namespace nguon::server
