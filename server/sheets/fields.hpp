#pragma once

#include "schemas/calendar.hpp"
#include "server/sheets/columns.hpp"
#include "server/sheets/grid.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::server {

// What single cells say. All pure; a cell that says nothing certain says so, and what it may mean.

/// A number, in millionths.
struct ReadNumber {
  std::int64_t micro = 0;
  /// Where a point or comma may part thousands as well as decimals ("1.200"): the other reading.
  std::optional<std::int64_t> other;
};

/// Digits with points, commas and blanks; `typed_number`: a program kept it, so its point is a
/// decimal one. The first reading takes a lone separator before three digits for one of thousands.
/// Absent for anything else and from 10^9 on.
std::optional<ReadNumber> read_number(std::string_view text, bool typed_number);

/// A decimal amount as entries have it: no trailing noughts.
std::string print_amount(std::int64_t micro);

/// A number and the unit behind it, where there is one.
struct ReadArea {
  ReadNumber number;
  std::optional<AreaUnit> unit;
};
std::optional<ReadArea> read_area(const Cell& cell);

/// Square metres of one; 0 for `sao`, which nobody can say.
std::int64_t square_metres(AreaUnit unit);

struct ReadPhone {
  enum class Kind { good, zero, old, bad };  ///< zero: Excel ate the leading one.
  std::string number;                        ///< 0… or +…; of a bad one its digits.
  Kind kind = Kind::bad;
};
/// Each number in the cell, in its order; none in an empty one.
std::vector<ReadPhone> read_phones(const Cell& cell);

/// Days that a cell may mean, the likeliest first: none where it names no day of the calendar.
/// `certain`: nobody could read it otherwise. Day before month, as in Vietnam; two digits of a year
/// are of this century unless that is yet to come.
struct ReadDay {
  std::vector<schemas::Date> days;
  bool certain = false;
};
ReadDay read_day(std::string_view text, const schemas::Date& today);

/// What is odd about a person's name, and how it may be written instead.
struct ReadName {
  enum class Kind { good, capitals, title, two, odd };
  Kind kind = Kind::good;
  std::vector<std::string> proposals;  ///< Likeliest first; as written is one more choice.
};
ReadName read_name(const Cell& cell);

}  // namespace nguon::server
