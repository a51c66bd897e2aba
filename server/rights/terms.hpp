#pragma once

#include "server/rights/request.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace nguon::server {

/// How long the law gives for one kind of request (Decree 356/2025/NĐ-CP, art. 5, in force since
/// 2026-01-01): two working days to tell the person that it was received and how it will be dealt
/// with, and these calendar days to have done it, prolonged once by as many at most.
struct RightsTerm {
  int days = 0;
  std::string_view law;  ///< Where that stands.
};

RightsTerm rights_term(RightsKind kind);

inline constexpr int acknowledge_working_days = 2;

/// Legal dates, Asia/Ho_Chi_Minh, the last day included.
struct RightsDates {
  std::string acknowledge_by;
  std::string answer_by;
};

/// Of a request that was received at that moment.
RightsDates rights_dates(RightsKind kind, bool extended, std::int64_t received_ms);

}  // namespace nguon::server
