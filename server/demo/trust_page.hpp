#pragma once

#include "server/http/router.hpp"

#include <string>
#include <vector>

namespace nguon::server {

/// The routes of the plain-HTTP port of `nguon demo --lan`: `/` teaches a phone to trust the demo's
/// certificate authority, `/ca.crt` hands its certificate (PEM text `ca`) over. `base` is the HTTPS
/// address that works afterwards.
std::vector<Route> trust_routes(const std::string& ca, const std::string& base);

}  // namespace nguon::server
