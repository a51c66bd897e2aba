#pragma once

#include "labels/element_string.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace nguon::labels {

/// A GS1 Digital Link URI as read (labels/FORMAT.md §11).
struct DigitalLink {
  Elements elements;     ///< Key, its qualifiers, then what the query says; in that order.
  std::size_t path = 0;  ///< How many of them stand in the path: the key and its qualifiers.
  bool operator==(const DigitalLink&) const = default;
};

/// What a GTIN of 8, 12 or 13 digits is: refused since the standard's version 1.4, or an old link
/// whose zeros are put back.
enum class ShortGtin { refuse, pad };

/// Reads a whole URI.
Gs1Result<DigitalLink> read_digital_link(std::string_view uri,
                                         ShortGtin short_gtin = ShortGtin::refuse);

/// Reads a request target in origin form, `/01/…?…`. Nothing may stand before the key; one slash at
/// the end is tolerated, as GS1's resolvers have to.
Gs1Result<DigitalLink> read_digital_target(std::string_view target);

/// `/01/…/10/…`: the first `path` elements, each value percent-encoded.
std::string key_path(const Elements& elements, std::size_t path);

/// `https://id.gs1.org/…?…`: the same identity wherever it is resolved.
std::string canonical(const DigitalLink& link);

/// What an element string is as a Digital Link under `stem` (`https://HOST[/…]`, no slash at the
/// end): the first key with its qualifiers in the path, all else in the query, in the order given.
/// no_key; not_in_query when an element can stand in neither.
Gs1Result<std::string> write_digital_link(std::string_view stem, const Elements& elements);

}  // namespace nguon::labels
