#pragma once

#include "server/http/router.hpp"
#include "server/resolver/resolver_desk.hpp"

#include <vector>

namespace nguon::server {

/// Every primary key of GS1's, our own scheme beside them, labels, and what describes the resolver.
std::vector<Route> resolver_routes(ResolverDesk& desk);

}  // namespace nguon::server
