#include "server/office/sight.hpp"

#include "server/session/private_view.hpp"

#include <algorithm>

namespace nguon::server {
namespace {

// Apply allows four levels above an organisation.
constexpr int max_levels = 5;

bool is_within(std::uint32_t org, std::uint32_t top, std::span<const std::uint32_t> parents) {
  for (int level = 0; level < max_levels && org != no_org; ++level) {
    if (org == top) return true;
    org = parents[org];
  }
  return false;
}

bool sees_all(const Viewer& viewer) {
  return std::ranges::any_of(viewer.roles, [](const auto& role) { return !is_local_role(role); });
}

}  // namespace

bool Sight::may_ask(const Viewer& viewer, std::uint32_t home,
                    std::span<const std::uint32_t> parents, std::uint32_t org) {
  return sees_all(viewer) || (home != no_org && is_within(org, home, parents));
}

Sight::Sight(const Viewer& viewer, std::uint32_t home, std::span<const std::uint32_t> parents,
             std::uint32_t below)
    : viewer_(viewer), home_(home), seen_(parents.size(), 1) {
  const bool all = sees_all(viewer);
  if (all && below == no_org) return;
  for (std::uint32_t org = 0; org < parents.size(); ++org) {
    const bool own = all || (home != no_org && is_within(org, home, parents));
    seen_[org] = own && (below == no_org || is_within(org, below, parents)) ? 1 : 0;
  }
}

const Sight::Reach& Sight::reach(const schemas::PrivateSlot& slot) {
  const auto found = std::ranges::find(reaches_, &slot, [](const auto& one) { return one.first; });
  if (found != reaches_.end()) return found->second;
  // Asked of may_read() itself, with owners that differ in one respect.
  const Reach reach{may_read(slot, {}, viewer_), may_read(slot, {{}, viewer_.org, {}}, viewer_),
                    may_read(slot, {viewer_.person, {}, {}}, viewer_)};
  return reaches_.emplace_back(&slot, reach).second;
}

bool Sight::opens(const Secret& secret, const Row& row) {
  const Reach& to = reach(*secret.slot);
  return to.everywhere || (to.at_home && (row.owner == home_ || row.maker == home_)) ||
         (to.self && row.person == viewer_.person);
}

}  // namespace nguon::server
