#pragma once

#include "schemas/pattern.hpp"

#include <boost/json/value.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace nguon::schemas {

/// One subschema, compiled; others are named by their place in the program.
struct SchemaNode {
  using Index = std::uint32_t;
  static constexpr std::uint8_t any_type = 0xff;

  std::uint8_t types = any_type;  ///< Bits of type_bit().
  bool is_private = false;        ///< The public form of a private slot.
  bool closed = false;            ///< additionalProperties: false.
  bool unique_items = false;
  bool is_date = false;
  std::size_t min_length = 0, max_length = std::numeric_limits<std::size_t>::max();
  std::size_t min_items = 0, max_items = std::numeric_limits<std::size_t>::max();
  std::size_t min_properties = 0, max_properties = std::numeric_limits<std::size_t>::max();
  std::int64_t minimum = std::numeric_limits<std::int64_t>::min();
  std::int64_t maximum = std::numeric_limits<std::int64_t>::max();
  std::vector<boost::json::value> choices;  ///< enum, or const as the only one; empty when free.
  std::shared_ptr<const Pattern> pattern;
  std::vector<std::pair<std::string, Index>> properties;
  std::vector<std::string> required;
  std::optional<Index> additional, items, negated, condition, then_branch, else_branch;
  std::vector<Index> all_of, any_of, one_of;
};

/// The bit of a JSON Schema type name or of a value's kind; 0 for an unknown name.
std::uint8_t type_bit(std::string_view name);
std::uint8_t type_bit(const boost::json::value& value);

}  // namespace nguon::schemas
