#include "server/signals/judgement.hpp"

#include "server/signals/provinces.hpp"

#include <algorithm>
#include <bitset>
#include <cstddef>
#include <map>
#include <set>
#include <vector>

namespace nguon::server {
namespace {

using ByProvince = std::map<Province, std::vector<Sighting>>;
using Networks = std::set<std::uint32_t>;

/// One misplaced phone is not a place.
constexpr std::size_t settled = 2;

/// Each of the two seen through enough networks at moments too near for the other.
bool apart(const std::vector<Sighting>& here, const std::vector<Sighting>& there) {
  Networks ours;
  Networks theirs;
  for (const Sighting& a : here) {
    for (const Sighting& b : there) {
      if (a.network == b.network || !too_far(a.province, b.province, a.at_s - b.at_s)) continue;
      ours.insert(a.network);
      theirs.insert(b.network);
    }
  }
  return ours.size() >= settled && theirs.size() >= settled;
}

bool three_apart(const ByProvince& places) {
  std::vector<const std::vector<Sighting>*> all;
  for (const auto& [province, seen] : places) {
    if (seen.size() >= settled) all.push_back(&seen);
  }
  if (all.size() < 3) return false;
  std::vector<std::vector<bool>> far(all.size(), std::vector<bool>(all.size()));
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = i + 1; j < all.size(); ++j) far[i][j] = apart(*all[i], *all[j]);
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = i + 1; j < all.size(); ++j) {
      for (std::size_t k = j + 1; far[i][j] && k < all.size(); ++k) {
        if (far[i][k] && far[j][k]) return true;
      }
    }
  }
  return false;
}

/// One province holds more than two thirds: the pack lies there, the others are misplaced phones.
bool has_home(const ByProvince& places) {
  std::size_t most = 0;
  std::size_t all = 0;
  for (const auto& [province, seen] : places) {
    most = std::max(most, seen.size());
    all += seen.size();
  }
  return 3 * most > 2 * all;
}

bool sold_elsewhere(const ByProvince& places) {
  for (const auto& [home, seen] : places) {
    for (const Sighting& sale : seen) {
      if (!sale.bought) continue;
      for (const auto& [other, later] : places) {
        Networks networks;
        for (const Sighting& one : later) {
          const bool after = one.at_s >= sale.at_s && one.network != sale.network;
          if (after && too_far(home, other, one.at_s - sale.at_s)) networks.insert(one.network);
        }
        if (networks.size() >= settled) return true;
      }
    }
  }
  return false;
}

}  // namespace

Alarm judge(std::span<const Sighting> sightings) {
  // Nearly every label is seen in one province alone: no need to look closer.
  std::bitset<256> seen;
  for (const Sighting& one : sightings) seen.set(one.province);
  seen.reset(0);
  if (seen.count() < 2) return Alarm::none;
  ByProvince places;
  for (const Sighting& one : sightings) {
    if (one.province != 0) places[one.province].push_back(one);
  }
  if (sold_elsewhere(places)) return Alarm::sold;
  if (!has_home(places) && three_apart(places)) return Alarm::apart;
  return Alarm::none;
}

}  // namespace nguon::server
