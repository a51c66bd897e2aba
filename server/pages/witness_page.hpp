#pragma once

#include "ledger/witness/witness.hpp"
#include "server/pages/layout.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace nguon::server {

/// What a witness tells people of itself.
struct WitnessView {
  std::string vkey;  ///< Its own, as logs and policies write it.
  bool healthy = true;
  std::vector<ledger::Witness::Watched> logs;
};

/// The page at `/` of a witness: what it watches, since when, how far, and whether a log was caught
/// with two histories.
Page witness_page(const WitnessView& view, Lang lang, std::int64_t now_ms);

}  // namespace nguon::server
