#pragma once

#include "server/resolver/link_item.hpp"

#include <string_view>
#include <vector>

namespace nguon::server {

/// What a client said it would rather have. Empty: it did not say.
struct LinkWishes {
  std::string_view languages;  ///< Accept-Language.
  std::string_view media;      ///< Accept.
  std::string_view context;    ///< `?context=`
};

/// Links of one type, those that suit the wishes best: first by language, of these by media type, of
/// these by context. A wish that no link meets decides nothing, for a link is better than a refusal.
/// Several are left when nothing tells them apart; none when the item has no link of that type.
std::vector<const ItemLink*> choose(const LinkItem& item, std::string_view type,
                                    const LinkWishes& wishes);

/// Where a plain request goes: the one `defaultLinkMulti` that meets a wish for language, media type
/// or context, else the default link; nullptr for an item without one.
const ItemLink* choose_default(const LinkItem& item, const LinkWishes& wishes);

}  // namespace nguon::server
