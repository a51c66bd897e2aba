#include "server/resolver/choice.hpp"

#include "server/pages/negotiation.hpp"

#include <algorithm>

namespace nguon::server {
namespace {

using Links = std::vector<const ItemLink*>;

/// One that does not say is taken after all that say what is wanted, before what is not wanted.
constexpr int unsaid = 1;

int language_rank(const ItemLink& link, const LinkWishes& wishes) {
  if (link.languages.empty()) return unsaid;
  int best = 0;
  for (const auto& language : link.languages) {
    best = std::max(best, language_weight(wishes.languages, language));
  }
  return 2 * best;
}

int media_rank(const ItemLink& link, const LinkWishes& wishes) {
  return link.media.empty() ? unsaid : 2 * media_weight(wishes.media, link.media);
}

int context_rank(const ItemLink& link, const LinkWishes& wishes) {
  if (link.contexts.empty()) return unsaid;
  return 2 * static_cast<int>(std::count(link.contexts.begin(), link.contexts.end(),
                                         wishes.context));
}

Links best_by(const Links& links, const LinkWishes& wishes,
              int (*rank)(const ItemLink&, const LinkWishes&)) {
  int most = 0;
  for (const ItemLink* link : links) most = std::max(most, rank(*link, wishes));
  if (most == 0) return links;
  Links best;
  for (const ItemLink* link : links) {
    if (rank(*link, wishes) == most) best.push_back(link);
  }
  return best;
}

Links of_type(const LinkItem& item, std::string_view type) {
  Links links;
  for (const ItemLink& link : item.links) {
    if (link.type == type) links.push_back(&link);
  }
  return links;
}

/// Something that was wished is what it says of itself, and not only as anything else would be.
bool is_wished(const ItemLink& link, const LinkWishes& wishes) {
  const int any_language = language_weight(wishes.languages, "*");
  const int any_media = media_weight(wishes.media, "*/*");
  return language_rank(link, wishes) > std::max(unsaid, 2 * any_language) ||
         media_rank(link, wishes) > std::max(unsaid, 2 * any_media) ||
         context_rank(link, wishes) > unsaid;
}

}  // namespace

Links choose(const LinkItem& item, std::string_view type, const LinkWishes& wishes) {
  Links links = of_type(item, type);
  if (!wishes.languages.empty()) links = best_by(links, wishes, language_rank);
  if (!wishes.media.empty()) links = best_by(links, wishes, media_rank);
  return best_by(links, wishes, context_rank);
}

const ItemLink* choose_default(const LinkItem& item, const LinkWishes& wishes) {
  const Links several = choose(item, default_link_multi, wishes);
  if (several.size() == 1 && is_wished(*several.front(), wishes)) return several.front();
  const Links one = of_type(item, default_link);
  return one.empty() ? nullptr : one.front();
}

}  // namespace nguon::server
