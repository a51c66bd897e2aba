#include "schemas/quantity.hpp"

#include "schemas/try.hpp"

#include <algorithm>
#include <limits>

namespace nguon::schemas {
namespace {

namespace json = boost::json;

using Wide = Micro::Wide;
constexpr std::int64_t million = 1'000'000;

// The amount in 10⁻⁶, < 10^18; absent when the grammar refuses it.
std::optional<Wide> parse_amount(std::string_view text) {
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  if (whole.empty() || whole.size() > 12 || (whole.size() > 1 && whole[0] == '0'))
    return std::nullopt;
  std::string_view fraction;
  if (point != std::string_view::npos) {
    fraction = text.substr(point + 1);
    if (fraction.empty() || fraction.size() > 6) return std::nullopt;
  }
  Wide value = 0;
  const auto digits = [&](std::string_view part) {
    for (const char c : part) {
      if (c < '0' || c > '9') return false;
      value = value * 10 + (c - '0');
    }
    return true;
  };
  if (!digits(whole) || !digits(fraction)) return std::nullopt;
  for (std::size_t i = fraction.size(); i < 6; ++i) value *= 10;
  return value;
}

}  // namespace

std::optional<Micro> checked_add(Micro a, Micro b) {
  Wide out = 0;
  if (__builtin_add_overflow(a.value(), b.value(), &out)) return std::nullopt;
  return Micro(out);
}

std::optional<Micro> checked_sub(Micro a, Micro b) {
  Wide out = 0;
  if (__builtin_sub_overflow(a.value(), b.value(), &out)) return std::nullopt;
  return Micro(out);
}

std::optional<Micro> checked_mul(Micro a, std::int64_t factor) {
  Wide out = 0;
  if (__builtin_mul_overflow(a.value(), static_cast<Wide>(factor), &out)) return std::nullopt;
  return Micro(out);
}

std::optional<Wide> checked_floor_div(Micro a, Micro b) {
  if (a.value() < 0 || b.value() <= 0) return std::nullopt;
  return a.value() / b.value();
}

std::string print_integer(Wide value) {
  if (value == 0) return "0";
  std::string out;
  // Digits are taken from the negative side: the lowest value has no positive twin.
  for (Wide rest = value < 0 ? value : -value; rest != 0; rest /= 10) {
    out += static_cast<char>('0' - static_cast<int>(rest % 10));
  }
  if (value < 0) out += '-';
  std::ranges::reverse(out);
  return out;
}

std::optional<Wide> parse_integer(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (text.empty() || text.size() > 39) return std::nullopt;
  Wide value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    if (__builtin_mul_overflow(value, static_cast<Wide>(10), &value)) return std::nullopt;
    const auto digit = static_cast<Wide>(c - '0');
    if (__builtin_sub_overflow(value, digit, &value)) return std::nullopt;  // negative, as above
  }
  if (negative) return value;
  if (__builtin_sub_overflow(static_cast<Wide>(0), value, &value)) return std::nullopt;
  return value;
}

std::string print(Micro quantity) {
  const Wide value = quantity.value();
  std::string out = print_integer(value / million);
  auto fraction = static_cast<std::int64_t>(value % million);
  if (value < 0) {
    if (out == "0") out = "-0";
    fraction = -fraction;
  }
  if (fraction == 0) return out == "-0" ? "0" : out;
  std::string digits = std::to_string(million + fraction).substr(1);
  while (digits.back() == '0') digits.pop_back();
  return out + "." + digits;
}

Result<UnitTable> UnitTable::parse(const json::value& document) {
  UnitTable table;
  const auto refused = [](std::string_view unit) {
    return Violation{"bundle.units", "/" + std::string(unit), "wants {dimension, micro, vi, en}"};
  };
  if (!document.is_object()) return refused("");
  for (const auto& [id, row] : document.get_object()) {
    const json::object* object = row.if_object();
    if (object == nullptr) return refused(id);
    const auto text = [&](std::string_view name, std::string& into) {
      const json::value* value = object->if_contains(name);
      if (value == nullptr || !value->is_string()) return false;
      into = value->get_string();
      return true;
    };
    Unit unit;
    const json::value* micro = object->if_contains("micro");
    if (micro == nullptr || !micro->is_int64() || micro->get_int64() <= 0) return refused(id);
    unit.micro = micro->get_int64();
    if (!text("dimension", unit.dimension) || !text("vi", unit.label_vi) ||
        !text("en", unit.label_en)) {
      return refused(id);
    }
    table.units_.emplace(id, std::move(unit));
  }
  return table;
}

const Unit* UnitTable::find(std::string_view id) const {
  const auto found = units_.find(id);
  return found == units_.end() ? nullptr : &found->second;
}

Result<Micro> UnitTable::convert(std::string_view amount, std::string_view unit) const {
  const Unit* row = find(unit);
  if (row == nullptr) return Violation{"quantity.unit", "/unit", "not in the unit table"};
  const auto millionths = parse_amount(amount);
  if (!millionths)
    return Violation{"quantity.amount", "/amount", "(0|[1-9]\\d{0,11})(\\.\\d{1,6})?"};
  const auto scaled = checked_mul(Micro(*millionths), row->micro);
  if (!scaled) return Violation{"quantity.overflow", "/amount", "beyond 128 bits"};
  if (scaled->value() % million != 0) {
    return Violation{"quantity.precision", "/amount", "finer than 10^-6 of the base unit"};
  }
  return Micro(scaled->value() / million);
}

Result<Micro> UnitTable::convert(const json::value& quantity) const {
  const auto text = [&](std::string_view name) -> const json::string* {
    const json::object* object = quantity.if_object();
    const json::value* value = object == nullptr ? nullptr : object->if_contains(name);
    return value == nullptr ? nullptr : value->if_string();
  };
  const json::string* amount = text("amount");
  if (amount == nullptr) return Violation{"quantity.amount", "/amount", "wants a string"};
  const json::string* unit = text("unit");
  if (unit == nullptr) return Violation{"quantity.unit", "/unit", "wants a string"};
  return convert(*amount, *unit);
}

std::optional<std::string_view> UnitTable::base_unit(std::string_view dimension) const {
  for (const auto& [id, unit] : units_) {
    if (unit.dimension == dimension && unit.micro == million) return id;
  }
  return std::nullopt;
}

}  // namespace nguon::schemas
