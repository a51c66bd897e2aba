#include "server/pages/product_page.hpp"

#include "server/pages/icon.hpp"
#include "server/pages/marks.hpp"
#include "server/pages/parts.hpp"

namespace nguon::server {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& word : words) all += (all.empty() ? "" : ", ") + word;
  return all;
}

/// The name in the page's language first, the other one below it in its own.
void write_names(Html& html, const ProductView& view, Lang lang) {
  const bool english_first = lang == Lang::en && !view.product_en.empty();
  html << R"(<div><h2>)" << esc(english_first ? view.product_en : view.product) << "</h2>";
  if (!view.product_en.empty()) {
    html << R"(<p class="soft" lang=")" << esc(tag(other(lang))) << R"(">)"
         << esc(english_first ? view.product : view.product_en) << "</p>";
  }
  html << "</div>";
}

void write_language(Html& html, const PageContext& context) {
  html << R"(<section class="deep"><a class="btn" href=")"
       << Link::same_page(context.path, tag(other(context.lang))) << R"(" hreflang=")"
       << esc(tag(other(context.lang))) << R"(" lang=")" << esc(tag(other(context.lang))) << R"(">)"
       << esc(context.texts()["lang.other"]) << "</a></section>";
}

}  // namespace

Page product_page(const ProductView& view, const PageContext& context) {
  const Catalogue& texts = context.texts();
  const bool english = context.lang == Lang::en && !view.product_en.empty();
  Layout layout(context, Tone::plain, texts["product_page.title"],
                texts.fill("product_page.detail", {{"gtin", view.gtin}, {"org", view.org}}),
                {english ? view.product_en : view.product, view.sub});
  Html& html = layout.html();
  html << R"(<section class="product">)" << crop_icon(view.crop);
  write_names(html, view, context.lang);
  html << R"(</section><section><dl class="facts">)";
  write_maker(html, context, view.org, place_line(view.commune, view.province));
  write_fact(html, texts["product_page.pack"], view.pack, false);
  write_fact(html, texts["product_page.sizes"], joined(view.sizes), true);
  write_fact(html, texts["product_page.retired"], show_date(view.retired, context.lang), false);
  html << "</dl>";
  if (view.ocop) write_ocop(html, context, *view.ocop);
  html << R"(</section><section class="deep"><h2>)" << esc(texts["product_page.which"])
       << R"(</h2><p class="advice">)" << esc(texts["product_page.limit"]) << "</p>";
  if (!view.lot.empty()) {
    html << R"(<p class="advice">)" << esc(texts.fill("product_page.lot", {{"lot", view.lot}}))
         << "</p>";
  }
  write_serial_form(html, context, {});
  html << "</section>";
  write_language(html, context);
  write_share(html, context);
  return layout.finish(200);
}

Page unknown_product_page(const PageContext& context, std::string_view gtin) {
  const Catalogue& texts = context.texts();
  Layout layout(context, Tone::plain, texts["product_unknown.title"],
                texts.fill("product_unknown.detail", {{"gtin", gtin}}), {texts["home.title"]});
  Html& html = layout.html();
  html << R"(<section><p class="advice">)" << esc(texts["product_unknown.advice"])
       << R"(</p></section><section class="deep">)";
  write_serial_form(html, context, {});
  html << "</section>";
  write_language(html, context);
  return layout.finish(404);
}

}  // namespace nguon::server
