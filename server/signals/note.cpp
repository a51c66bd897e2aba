#include "server/signals/note.hpp"

#include "schemas/calendar.hpp"
#include "server/pages/icon.hpp"
#include "server/pages/markup.hpp"

namespace nguon::server {
namespace {

std::string day_shown(std::uint32_t day, Lang lang) {
  constexpr std::int64_t day_ms = 86'400'000;
  return show_date(vietnam_date(static_cast<std::int64_t>(day) * day_ms), lang);
}

std::string amber(const Catalogue& texts) {
  Html html;
  // Drawn as the verdict's strip is, a second one below it.
  html << R"(<div class="verdict warn" role="note"><div class="bar">)" << warn_icon() << "<div><h2>"
       << esc(texts["signal.amber.title"]) << "</h2><p>" << esc(texts["signal.amber.advice"])
       << "</p></div></div></div>";
  return html.take();
}

std::string count(const SignalView& view, const Catalogue& texts, std::string_view serial,
                  Lang lang) {
  Html html;
  html << R"(<span class="soft">)"
       << esc(texts.fill("signal.count", {{"scans", std::to_string(view.scans)},
                                          {"sessions", std::to_string(view.sessions)},
                                          {"date", day_shown(view.first_day, lang)}}))
       << " " << esc(texts[view.placed ? "signal.normal" : "signal.unplaced"]) << R"( <a href=")"
       << Link::path({"R", serial, "place"}) << R"(">)" << esc(texts["signal.ask"])
       << "</a></span>";
  return html.take();
}

}  // namespace

std::string with_signals(std::string_view page, const SignalView& view, std::string_view serial,
                         Lang lang) {
  const Catalogue& texts = catalogue(lang);
  std::string filled(page);
  // From behind, so that the place in front stays where it was found.
  if (const auto at = page.rfind(count_place); at != std::string_view::npos && view.scans > 0) {
    filled.replace(at, count_place.size(), count(view, texts, serial, lang));
  }
  if (const auto at = page.find(amber_place);
      at != std::string_view::npos && view.alarm != Alarm::none) {
    filled.replace(at, amber_place.size(), amber(texts));
  }
  return filled;
}

}  // namespace nguon::server
