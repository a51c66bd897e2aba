#include "server/rights/terms.hpp"

#include "schemas/calendar.hpp"
#include "server/rights/working_days.hpp"

namespace nguon::server {

RightsTerm rights_term(RightsKind kind) {
  constexpr std::string_view decree = "Nghị định 356/2025/NĐ-CP, Điều 5";
  switch (kind) {
    case RightsKind::see:
    case RightsKind::correct:
      return {10, decree};
    case RightsKind::withdraw:
      return {15, decree};
    case RightsKind::erase:
      return {20, decree};
    case RightsKind::complain:
      break;
  }
  // The decree gives complaints to the office itself no term: the shortest of the others is ours.
  return {10, "Cam kết của hệ thống"};
}

RightsDates rights_dates(RightsKind kind, bool extended, std::int64_t received_ms) {
  const schemas::Date day = schemas::date_in_vietnam(received_ms).value_or(schemas::Date{});
  const int days = rights_term(kind).days * (extended ? 2 : 1);
  return {schemas::print_date(after_working_days(day, acknowledge_working_days)),
          schemas::print_date(schemas::add_days(day, days).value_or(day))};
}

}  // namespace nguon::server
