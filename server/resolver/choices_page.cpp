#include "server/resolver/choices_page.hpp"

namespace nguon::server {

Page choices_page(const PageContext& context, const LinkItem& item) {
  const Catalogue& texts = context.texts();
  const std::string detail = texts.fill("choices.detail", {{"item", item.description}});
  Layout layout(context, Tone::plain, texts["choices.title"], detail, {texts["choices.title"]});
  Html& html = layout.html();
  html << R"(<section class="deep">)";
  for (const ItemLink& link : item.links) {
    // The importer takes http and https alone, so no other scheme can stand here.
    html << R"(<p><a class="btn" rel="noreferrer" href=")" << esc(link.href) << R"(")";
    if (!link.languages.empty()) html << R"( hreflang=")" << esc(link.languages.front()) << R"(")";
    html << ">" << esc(link.title) << "</a></p>";
  }
  html << R"(<p class="soft">)" << esc(texts["choices.advice"]) << "</p></section>";
  return layout.finish(300);
}

}  // namespace nguon::server
