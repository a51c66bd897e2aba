#pragma once

#include "server/resolver/link_item.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace nguon::server {

inline constexpr std::string_view linkset_json = "application/linkset+json";

/// A linkset (RFC 9264) as GS1's resolvers write it: every item with its links by type. The root has
/// no other member; of the default link only address and title are told. `root`: `https://HOST`, before
/// paths that are no whole addresses.
std::string write_linkset(std::string_view root, const std::vector<const LinkItem*>& items);

/// `Link` field that leads from an answer to its linkset; `address` is what was asked for.
std::string linkset_field(std::string_view address);

}  // namespace nguon::server
