#pragma once

#include "server/office/row.hpp"
#include "server/session/viewer.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace nguon::server {

inline constexpr std::uint32_t no_org = UINT32_MAX;

/// What one viewer sees of the lists: rows of its own organisation and of those below it, or of all
/// where a role of its key is not one that people have at home alone; and in them the private
/// values that may_read() gives it, no more. For one question; not thread-safe.
class Sight {
 public:
  /// `home`: the viewer's organisation, or no_org for one that is not listed. `parents`: by
  /// organisation the one above it, or no_org. `below`: narrows to that organisation and those
  /// below it. `viewer` outlives it.
  Sight(const Viewer& viewer, std::uint32_t home, std::span<const std::uint32_t> parents,
        std::uint32_t below = no_org);

  bool sees(const Row& row) const { return seen_[row.org] != 0; }
  /// Whether `org` may be asked about at all.
  static bool may_ask(const Viewer& viewer, std::uint32_t home,
                      std::span<const std::uint32_t> parents, std::uint32_t org);
  bool opens(const Secret& secret, const Row& row);

 private:
  struct Reach {
    bool everywhere, at_home, self;
  };
  const Reach& reach(const schemas::PrivateSlot& slot);

  const Viewer& viewer_;
  const std::uint32_t home_;
  std::vector<char> seen_;                                              // By organisation.
  std::vector<std::pair<const schemas::PrivateSlot*, Reach>> reaches_;  // Few: one per slot.
};

}  // namespace nguon::server
