#pragma once

#include "schemas/result.hpp"

#include <boost/json/object.hpp>

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace nguon::schemas {

/// A quantity as an integer count of 10⁻⁶ of its dimension's base unit (kg, l, m2, piece): exact,
/// and wide enough that sums over a whole log cannot overflow unseen.
class Micro {
 public:
  __extension__ using Wide = __int128;

  constexpr Micro() = default;
  constexpr explicit Micro(Wide value) : value_(value) {}

  constexpr Wide value() const { return value_; }
  auto operator<=>(const Micro&) const = default;

 private:
  Wide value_ = 0;
};

/// Exact results; absent on overflow of 128 bits.
std::optional<Micro> checked_add(Micro a, Micro b);
std::optional<Micro> checked_sub(Micro a, Micro b);
std::optional<Micro> checked_mul(Micro a, std::int64_t factor);
/// floor(a / b) for a ≥ 0, b > 0; absent otherwise.
std::optional<Micro::Wide> checked_floor_div(Micro a, Micro b);

/// Decimal text of base units: 1500000 → "1.5". Trailing zeros are dropped; a minus sign when
/// negative.
std::string print(Micro quantity);
/// Decimal text of any 128-bit integer.
std::string print_integer(Micro::Wide value);
/// Reads `-?[0-9]{1,39}` back; absent on anything else and on overflow.
std::optional<Micro::Wide> parse_integer(std::string_view text);

/// One row of schemas/units.json.
struct Unit {
  std::string dimension;   ///< mass, volume, count, area.
  std::int64_t micro = 0;  ///< 10⁻⁶ of the base unit in one of this unit.
  std::string label_vi, label_en;
};

/// The closed unit table. Immutable and thread-safe.
class UnitTable {
 public:
  /// Reads schemas/units.json. Errors: `bundle.units`.
  static Result<UnitTable> parse(const boost::json::value& document);

  const Unit* find(std::string_view id) const;
  /// `amount` by the grammar (0|[1-9]\d{0,11})(\.\d{1,6})? in `unit`, exactly.
  /// Errors: `quantity.amount`, `quantity.unit`, `quantity.precision` (finer than 10⁻⁶ of the base
  /// unit).
  Result<Micro> convert(std::string_view amount, std::string_view unit) const;
  /// The same from {"amount":…,"unit":…}. Errors as above with the member's pointer.
  Result<Micro> convert(const boost::json::value& quantity) const;
  /// Id of the unit whose `micro` is 1,000,000 in this dimension ("kg"); absent for an unknown
  /// dimension.
  std::optional<std::string_view> base_unit(std::string_view dimension) const;

 private:
  std::map<std::string, Unit, std::less<>> units_;
};

}  // namespace nguon::schemas
