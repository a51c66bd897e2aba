#pragma once

#include "server/pages/layout.hpp"
#include "server/resolver/link_item.hpp"

namespace nguon::server {

/// 300 for people: the links of `item`, of which nothing tells what was meant.
Page choices_page(const PageContext& context, const LinkItem& item);

}  // namespace nguon::server
