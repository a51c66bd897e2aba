#pragma once

#include "ledger/apply/records_master.hpp"
#include "ledger/base/result.hpp"
#include "schemas/quantity.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::ledger {

struct Quantity {
  Amount amount;
  std::string dimension;  ///< mass, volume, count, area.
};

/// Typed reading of an entry's `data` or an object inside it. Admission has held it against its
/// schema; replay does not repeat that, so every reader still says `data.member` when a member is
/// not what the rule needs, instead of trusting it. Views live as long as the object.
class Data {
 public:
  explicit Data(const boost::json::object& object, std::string pointer = "/data")
      : object_(&object), pointer_(std::move(pointer)) {}

  bool has(std::string_view name) const { return object_->contains(name); }
  std::string pointer(std::string_view name) const { return pointer_ + "/" + std::string(name); }

  Result<std::string> text(std::string_view name) const;
  Result<std::int64_t> integer(std::string_view name) const;
  Result<bool> boolean(std::string_view name) const;
  Result<Data> object(std::string_view name) const;
  /// Empty when absent.
  Result<std::vector<std::string>> texts(std::string_view name) const;
  Result<std::optional<std::string>> maybe_text(std::string_view name) const;
  Result<std::optional<std::int64_t>> maybe_integer(std::string_view name) const;
  Result<std::optional<Commune>> maybe_commune(std::string_view name) const;
  Result<Commune> commune(std::string_view name) const;
  /// {amount, unit}. Errors: `quantity.unit`, `quantity.amount`, `quantity.precision`.
  Result<Quantity> quantity(std::string_view name, const schemas::UnitTable& units) const;
  /// A calendar date YYYY-MM-DD that exists. Error `data.date`.
  Result<std::string> date(std::string_view name) const;
  Result<std::optional<std::string>> maybe_date(std::string_view name) const;

 private:
  Error wrong(std::string_view name, std::string_view wanted) const;

  const boost::json::object* object_;
  std::string pointer_;
};

/// The calendar date `days` after `date` (YYYY-MM-DD). Errors: `data.date` naming `field` beyond
/// the year 9999.
Result<std::string> days_after(const std::string& date, std::int64_t days,
                               const std::string& field);

/// Amount and unit as an entry writes them. Same errors.
Result<Quantity> to_quantity(std::string_view amount, std::string_view unit,
                             const schemas::UnitTable& units, const std::string& field);

}  // namespace nguon::ledger
