#pragma once

#include "server/signals/province_table.hpp"

#include <cstdint>
#include <span>

namespace nguon::server {

/// One session that opened the page of one label, as far as it may be known.
struct Sighting {
  std::uint64_t session = 0;  ///< Means nothing once the day's salt is gone.
  std::uint32_t network = 0;  ///< Likewise.
  Province province = 0;      ///< 0: not known.
  bool bought = false;        ///< The shopper said so.
  std::int64_t at_s = 0;      ///< Unix seconds.
};

/// What speaks for a copied code, always two signals together (README "Amber").
enum class Alarm : std::uint8_t {
  none = 0,
  apart = 1,  ///< Three provinces apart from each other, each settled, and no home among them.
  sold = 2,   ///< Bought in one place, then seen in one that cannot be reached from there.
};

/// Pure; the order of sightings does not matter.
Alarm judge(std::span<const Sighting> sightings);

}  // namespace nguon::server
