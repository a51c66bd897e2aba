#pragma once

#include "labels/serial.hpp"
#include "server/signals/judgement.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nguon::server {

/// What is kept of one label (README "What is kept"). Days since 1970-01-01 in Vietnam.
struct LabelCount {
  std::uint32_t first_day = 0;
  std::uint32_t last_day = 0;
  std::uint32_t scans = 0;
  std::uint32_t sessions = 0;
  std::int64_t alarm_s = 0;  ///< Newest amber evidence, Unix seconds; 0: none.
  Alarm why = Alarm::none;
  bool operator==(const LabelCount&) const = default;
};

/// All rows begin with it.
inline constexpr std::string_view count_prefix = "n";

std::string count_key(const labels::SerialPlace& place);
std::string encode_count(const LabelCount& count);
/// Absent for octets that encode_count() does not make.
std::optional<LabelCount> decode_count(std::string_view octets);

}  // namespace nguon::server
