#include "server/pages/icon.hpp"
#include "server/pages/parts.hpp"
#include "server/pages/scan_page.hpp"

namespace nguon::server {
namespace {

/// `704 0000 1234 5678` (labels/FORMAT.md §4).
std::string tag_in_groups(std::string_view tag) {
  std::string grouped;
  for (std::size_t i = 0; i < tag.size(); ++i) {
    if (i >= 3 && (i - 3) % 4 == 0) grouped += ' ';
    grouped += tag[i];
  }
  return grouped;
}

}  // namespace

Page animal_page(const AnimalView& view, const PageContext& context) {
  const Catalogue& texts = context.texts();
  const std::string_view key = view.alive ? "animal.alive" : "animal.gone";
  const std::string species_key = "species." + view.species;
  std::string species = texts.has(species_key) ? texts[species_key] : view.species;
  const std::string& breed = context.lang == Lang::en ? view.breed_en : view.breed;
  if (!breed.empty()) species = breed;
  const std::string tag_shown = tag_in_groups(view.tag);
  Layout layout(context, view.alive ? Tone::good : Tone::plain, texts[key],
                texts.fill(std::string(key) + ".detail", {{"org", view.org}}), {species});
  Html& html = layout.html();
  html << R"(<section class="product">)" << crop_icon("cattle") << R"(<div><h2>)" << esc(species)
       << R"(</h2><p class="soft">)" << esc(texts.fill("animal.title", {{"tag", tag_shown}}))
       << R"(</p></div></section><section><dl class="facts">)";
  write_maker(html, context, view.org, place_line(view.commune, view.province));
  write_fact(html, texts["animal.born"], show_date(view.born, context.lang), false);
  write_fact(html, texts["animal.arrived"], show_date(view.arrived, context.lang), false);
  html << R"(</dl><div class="serial"><span class="soft">)" << esc(texts["animal.tag"])
       << R"(</span><span class="code" id="serial">)" << esc(tag_shown)
       << R"(</span><span class="soft">)" << esc(texts["animal.compare"]) << "</span></div>";
  write_actions(html, context);
  html << "</section>";
  write_steps(html, context, texts["steps.animal"], view.org, view.steps);
  write_map(html, context, view.map, view.commune);
  if (view.proof) write_proof(html, context, *view.proof);
  write_report(html, context, tag_shown);
  write_share(html, context);
  return layout.finish(200);
}

}  // namespace nguon::server
