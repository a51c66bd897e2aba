#pragma once

#include "ledger/apply/codec.hpp"
#include "ledger/apply/keys.hpp"

#include <string>
#include <string_view>

namespace nguon::ledger {

/// `gtin-size/<14 digits>`: the pack size that a product's record gave this GTIN last. Sizes
/// without a GTIN leave nothing here: no rule and no page asks for them.
struct PackSizeRecord {
  std::string dimension;  ///< mass, volume or count.
  Amount size;

  bool operator==(const PackSizeRecord&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("dimension", self.dimension);
    visit("size", self.size);
  }
};

namespace state_key {
inline std::string gtin_size(std::string_view gtin14) { return join("gtin-size", gtin14); }
}  // namespace state_key

}  // namespace nguon::ledger
