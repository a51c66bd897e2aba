#pragma once

#include "ledger/apply/keys.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace nguon::ledger {

/// What was said of labels, each kept as runs of its own (FORMAT.md "State").
enum class LabelLayer : std::uint8_t { printed, applied, lost, voided, returned, given };

namespace state_key {

/// The directory of a layer's pages.
inline std::string layer(std::string_view range, LabelLayer layer) {
  switch (layer) {
    case LabelLayer::applied:
      return runs(range, Run::applied);
    case LabelLayer::voided:
      return runs(range, Run::voided);
    case LabelLayer::printed:
      return join("runs-printed", range);
    case LabelLayer::lost:
      return join("runs-lost", range);
    case LabelLayer::returned:
      return join("runs-returned", range);
    case LabelLayer::given:
      return join("runs-given", range);
  }
  return {};
}

inline std::string layer_page(std::string_view range, LabelLayer which, std::int64_t page) {
  return join(layer(range, which), std::to_string(page));
}

}  // namespace state_key
}  // namespace nguon::ledger
