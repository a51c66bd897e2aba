#pragma once

#include "schemas/calendar.hpp"

namespace nguon::server {

/// Neither a weekend nor a public holiday of the Labour Code (45/2019/QH14, art. 112). Days that a
/// ministry adds each year (the fifth of Tết, the second of National Day, a Monday in lieu) count
/// as working days: a term told here never ends later than the law's.
bool is_working_day(const schemas::Date& day);

/// The last day of a term of `count` working days that begins the day after `from` (Civil Code
/// 91/2015/QH13, art. 147).
schemas::Date after_working_days(schemas::Date from, int count);

}  // namespace nguon::server
