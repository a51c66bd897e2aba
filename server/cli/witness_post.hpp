#pragma once

#include "server/witness/feed.hpp"

namespace nguon::server {

/// Posts to a witness over HTTP, within ten seconds in all: nobody outside may hold up a start.
WitnessPost witness_post();

}  // namespace nguon::server
