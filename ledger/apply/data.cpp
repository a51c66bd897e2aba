#include "ledger/apply/data.hpp"

#include "schemas/calendar.hpp"

namespace nguon::ledger {

Error Data::wrong(std::string_view name, std::string_view wanted) const {
  return invalid("data.member", pointer(name), "expected " + std::string(wanted));
}

Result<std::string> Data::text(std::string_view name) const {
  const auto* value = object_->if_contains(name);
  if (value == nullptr || !value->is_string()) return wrong(name, "a string");
  return std::string(value->get_string().data(), value->get_string().size());
}

Result<std::int64_t> Data::integer(std::string_view name) const {
  const auto* value = object_->if_contains(name);
  if (value == nullptr || !value->is_int64()) return wrong(name, "an integer");
  return value->get_int64();
}

Result<bool> Data::boolean(std::string_view name) const {
  const auto* value = object_->if_contains(name);
  if (value == nullptr || !value->is_bool()) return wrong(name, "true or false");
  return value->get_bool();
}

Result<Data> Data::object(std::string_view name) const {
  const auto* value = object_->if_contains(name);
  if (value == nullptr || !value->is_object()) return wrong(name, "an object");
  return Data(value->get_object(), pointer(name));
}

Result<std::vector<std::string>> Data::texts(std::string_view name) const {
  std::vector<std::string> texts;
  const auto* value = object_->if_contains(name);
  if (value == nullptr) return texts;
  if (!value->is_array()) return wrong(name, "an array of strings");
  for (const auto& item : value->get_array()) {
    if (!item.is_string()) return wrong(name, "an array of strings");
    texts.emplace_back(item.get_string().data(), item.get_string().size());
  }
  return texts;
}

Result<std::optional<std::string>> Data::maybe_text(std::string_view name) const {
  if (!has(name)) return std::optional<std::string>();
  NGUON_TRY(auto value, text(name));
  return std::optional<std::string>(std::move(value));
}

Result<std::optional<std::int64_t>> Data::maybe_integer(std::string_view name) const {
  if (!has(name)) return std::optional<std::int64_t>();
  NGUON_TRY(const auto value, integer(name));
  return std::optional<std::int64_t>(value);
}

Result<Commune> Data::commune(std::string_view name) const {
  NGUON_TRY(const auto inside, object(name));
  Commune commune;
  NGUON_TRY(commune.code, inside.text("code"));
  NGUON_TRY(commune.vintage, inside.date("vintage"));
  return commune;
}

Result<std::optional<Commune>> Data::maybe_commune(std::string_view name) const {
  if (!has(name)) return std::optional<Commune>();
  NGUON_TRY(auto value, commune(name));
  return std::optional<Commune>(std::move(value));
}

Result<std::string> Data::date(std::string_view name) const {
  NGUON_TRY(auto value, text(name));
  if (!schemas::parse_date(value))
    return invalid("data.date", pointer(name), "not a date of the calendar");
  return value;
}

Result<std::optional<std::string>> Data::maybe_date(std::string_view name) const {
  if (!has(name)) return std::optional<std::string>();
  NGUON_TRY(auto value, date(name));
  return std::optional<std::string>(std::move(value));
}

Result<Quantity> Data::quantity(std::string_view name, const schemas::UnitTable& units) const {
  NGUON_TRY(const auto inside, object(name));
  NGUON_TRY(const auto amount, inside.text("amount"));
  NGUON_TRY(const auto unit, inside.text("unit"));
  return to_quantity(amount, unit, units, pointer(name));
}

Result<std::string> days_after(const std::string& date, std::int64_t days,
                               const std::string& field) {
  const auto from = schemas::parse_date(date);
  const auto to = from ? schemas::add_days(*from, days) : std::nullopt;
  if (!to) return invalid("data.date", field, "beyond the calendar");
  return schemas::print_date(*to);
}

Result<Quantity> to_quantity(std::string_view amount, std::string_view unit,
                             const schemas::UnitTable& units, const std::string& field) {
  const auto micro = units.convert(amount, unit);
  if (!micro) return invalid(micro.error().rule, field, micro.error().detail);
  return Quantity{*micro, units.find(unit)->dimension};
}

}  // namespace nguon::ledger
