#pragma once

#include "schemas/type_schema.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::server {

/// What the office lists. A row of `members` is one person's place in one organisation.
enum class RowKind : std::uint8_t { organisations, members, sites, products, certificates };
inline constexpr std::array<std::string_view, 5> row_kind_names{"organisations", "members", "sites",
                                                                "products", "certificates"};

/// As in a path ("members"); absent for any other word.
std::optional<RowKind> row_kind_of(std::string_view name);
/// The list in which subjects of this id stand; absent for batches, animals and the like.
std::optional<RowKind> row_kind_of_subject(std::string_view sub);

/// What of a row can be searched.
struct Findable {
  std::string words;  ///< Folded (schemas/folding.hpp), a blank before each word, names first.
  std::string codes;  ///< Folded without blanks, each between line feeds; empty without any.

  void add_words(std::string_view text);
  /// As a whole, and its parts as words.
  void add_code(std::string_view text);
};

/// One private value of a row, in memory as long as the log's vault holds it.
struct Secret {
  const schemas::PrivateSlot* slot = nullptr;  ///< Of the bundle: who may read it.
  std::string value;                           ///< JSON text.
  Findable text;
};

/// One line of a list. Organisations are numbered by the directory that holds the row.
struct Row {
  std::string sub;
  std::uint32_t org = 0;    ///< Whose row it is.
  std::string fields;       ///< Public members: JSON text without the braces.
  Findable text;            ///< Of the public members.
  std::uint32_t owner = 0;  ///< Organisations whose offices the secrets are for,
  std::uint32_t maker = 0;  ///< as ValueOwner says;
  std::string person;       ///< and the person they belong to.
  std::vector<Secret> secrets;
};

/// A phone number as people compare it: digits alone, `+84` and `84` as `0`.
std::string plain_phone(std::string_view text);

}  // namespace nguon::server
