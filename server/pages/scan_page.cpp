#include "server/pages/scan_page.hpp"

#include "server/pages/icon.hpp"
#include "server/pages/marks.hpp"
#include "server/pages/parts.hpp"
#include "server/signals/note.hpp"

namespace nguon::server {
namespace {

/// How each verdict speaks: catalogue key, colour, and whether it needs advice.
struct Voice {
  std::string_view key;
  Tone tone;
  bool advises;
};

Voice voice_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::valid:
      return {"verdict.valid", Tone::good, false};
    case Verdict::not_applied:
      return {"verdict.not_applied", Tone::warn, true};
    case Verdict::voided:
      return {"verdict.voided", Tone::bad, true};
    case Verdict::lost:
      return {"verdict.lost", Tone::bad, true};
    case Verdict::returned:
      return {"verdict.returned", Tone::bad, true};
    case Verdict::recalled:
      return {"verdict.recalled", Tone::bad, false};
    case Verdict::altered:
      break;
  }
  return {"verdict.altered", Tone::warn, true};
}

std::string detail_of(const ScanView& view, const PageContext& context, std::string_view key) {
  const std::string date = view.recall ? show_date(view.recall->date, context.lang) : std::string();
  return context.texts().fill(std::string(key) + ".detail",
                              {{"org", view.org}, {"lot", view.lot}, {"date", date}});
}

void write_recall(Html& html, const PageContext& context, const RecallNotice& recall) {
  const Catalogue& texts = context.texts();
  const bool english = context.lang == Lang::en && !recall.notice_en.empty();
  // An action of a later schema is unknown here: then the careful advice.
  const std::string action = texts.has("recall.do." + recall.action) ? recall.action : "do_not_eat";
  html << R"(<div class="recall" role="alert"><h2>)" << esc(texts["recall.title"])
       << R"(</h2><p lang=")" << esc(tag(english ? Lang::en : Lang::vi)) << R"(">)"
       << esc(english ? recall.notice_en : recall.notice) << "</p><p><b>"
       << esc(texts["recall.what_to_do"]) << "</b>: " << esc(texts["recall.do." + action])
       << R"(</p><p class="soft">)"
       << esc(texts.fill("recall.by",
                         {{"who", recall.who}, {"date", show_date(recall.date, context.lang)}}))
       << "</p></div>";
}

/// The product's name in the page's language, else the one it has.
const std::string& product_name(const ScanView& view, const PageContext& context) {
  return context.lang == Lang::en && !view.product_en.empty() ? view.product_en : view.product;
}

void write_product(Html& html, const PageContext& context, const ScanView& view) {
  const Catalogue& texts = context.texts();
  html << R"(<section class="product">)" << crop_icon(view.crop) << R"(<div><h2>)"
       << esc(product_name(view, context)) << R"(</h2><p class="soft">)";
  if (!view.pack.empty()) html << esc(texts.fill("product.pack", {{"pack", view.pack}}));
  if (!view.pack.empty() && !view.lot.empty()) html << " · ";
  if (!view.lot.empty()) html << esc(texts.fill("product.lot", {{"lot", view.lot}}));
  html << "</p></div></section>";
}

void write_facts(Html& html, const PageContext& context, const ScanView& view) {
  const Catalogue& texts = context.texts();
  const auto stated = [&](std::string value) {
    return value.empty() ? texts["fact.none"] : std::move(value);
  };
  html << R"(<section><dl class="facts">)";
  write_maker(html, context, view.org, place_line(view.commune, view.province));
  std::string growers;
  for (const std::string& name : view.growers) growers += (growers.empty() ? "" : ", ") + name;
  write_fact(html, texts["fact.grower"], growers, true);
  write_fact(html, texts["fact.harvest"],
             stated(show_range(view.harvest_from, view.harvest_to, context.lang)), false);
  write_fact(html, texts["fact.packed"], stated(show_date(view.packed, context.lang)), false);
  std::string best_before = show_date(view.best_before, context.lang);
  if (!best_before.empty() && view.best_before < vietnam_date(context.now_ms)) {
    best_before = texts.fill("fact.past", {{"date", best_before}});
  }
  write_fact(html, texts["fact.best_before"], best_before, false);
  html << "</dl>";
  // A label that is not believed lends its goods no marks: the pack in hand may be anything.
  if (view.verdict == Verdict::valid) {
    if (view.ocop) write_ocop(html, context, *view.ocop);
    write_certificates(html, context, view.certificates);
  }
  html << "</section>";
}

void write_serial(Html& html, const PageContext& context, std::string_view serial) {
  const Catalogue& texts = context.texts();
  html << R"(<section><div class="serial"><span class="soft">)" << esc(texts["serial.label"])
       << R"(</span><span class="code" id="serial">)" << esc(serial_in_groups(serial))
       << "</span>" << count_place << "</div>";
  write_actions(html, context, serial);
  html << "</section>";
}

}  // namespace

Page scan_page(const ScanView& view, const PageContext& context) {
  const Catalogue& texts = context.texts();
  const Voice voice = voice_of(view.verdict);
  const bool on_a_batch = !view.product.empty();
  Layout layout(context, voice.tone, texts[voice.key], detail_of(view, context, voice.key),
                {on_a_batch ? product_name(view, context) : texts["home.title"], view.product_sub});
  Html& html = layout.html();
  if (view.recall) write_recall(html, context, *view.recall);
  if (voice.advises) {
    html << R"(<section><p class="advice">)" << esc(texts[std::string(voice.key) + ".advice"])
         << "</p></section>";
  }
  html << amber_place;
  // A label on no batch has no product, place or date to show: inventing none is the answer.
  if (on_a_batch) {
    write_product(html, context, view);
    write_facts(html, context, view);
  }
  write_serial(html, context, view.serial);
  if (on_a_batch) {
    write_steps(html, context, texts["steps.title"], view.org, view.steps);
    write_map(html, context, view.map, view.commune);
    write_changes(html, context, view.changes);
  }
  if (view.proof) write_proof(html, context, *view.proof);
  write_report(html, context, serial_in_groups(view.serial));
  write_share(html, context);
  return layout.finish(200);
}

}  // namespace nguon::server
