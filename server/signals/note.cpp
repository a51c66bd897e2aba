#include "server/signals/note.hpp"

#include "schemas/calendar.hpp"
#include "server/pages/icon.hpp"
#include "server/pages/markup.hpp"

#include <algorithm>
#include <limits>

namespace nguon::server {
namespace {

std::string day_shown(std::uint32_t day, Lang lang) {
  constexpr std::int64_t day_ms = 86'400'000;
  return show_date(vietnam_date(static_cast<std::int64_t>(day) * day_ms), lang);
}

/// What follows the count.
std::string ask_link(const Catalogue& texts, std::string_view serial) {
  Html html;
  html << R"( <a href=")" << Link::path({"R", serial, "place"}) << R"(">)"
       << esc(texts["signal.ask"]) << "</a></span>";
  return html.take();
}

std::string warning(const Catalogue& texts) {
  Html html;
  // Drawn as the verdict's strip is, a second one below it.
  html << R"(<div class="verdict warn" role="note"><div class="bar">)" << warn_icon() << "<div><h2>"
       << esc(texts["signal.amber.title"]) << "</h2><p>" << esc(texts["signal.amber.advice"])
       << "</p></div></div></div>";
  return html.take();
}

/// The end of its element's start tag and what follows: blanks before the `>` fill the width, and
/// nobody sees them.
std::string count_words(const SignalView& view, const Catalogue& texts, std::string_view date) {
  Html html;
  html << ">"
       << esc(texts.fill("signal.count", {{"scans", std::to_string(view.scans)},
                                          {"sessions", std::to_string(view.sessions)},
                                          {"date", std::string(date)}}))
       << " " << esc(texts[view.placed ? "signal.normal" : "signal.unplaced"]);
  return html.take();
}

std::size_t widest(Lang lang) {
  constexpr std::uint32_t most = std::numeric_limits<std::uint32_t>::max();
  // No date is longer than one with two digits for its day.
  const std::string date = show_date("2026-12-31", lang);
  std::size_t width = 0;
  for (const bool placed : {false, true}) {
    SignalView view;
    view.scans = view.sessions = most;
    view.placed = placed;
    width = std::max(width, count_words(view, catalogue(lang), date).size());
  }
  return width;
}

}  // namespace

std::size_t count_width(Lang lang) {
  static const std::size_t widths[] = {widest(Lang::vi), widest(Lang::en)};
  return widths[lang == Lang::vi ? 0 : 1];
}

std::string count_text(const SignalView& view, Lang lang) {
  const std::size_t width = count_width(lang);
  std::string words = count_words(view, catalogue(lang), day_shown(view.first_day, lang));
  if (words.size() > width) words = ">";  // A day of the year 10000.
  words.insert(0, width - words.size(), ' ');
  return words;
}

std::string with_signals(std::string_view page, bool amber, std::string_view count,
                         std::string_view serial, Lang lang) {
  const Catalogue& texts = catalogue(lang);
  std::string filled(page);
  // From behind, so that the place in front stays where it was found.
  if (const auto at = page.rfind(count_place); at != std::string_view::npos) {
    std::string note = R"(<span class="soft")";
    note += count;
    filled.replace(at, count_place.size(), note + ask_link(texts, serial));
  }
  if (const auto at = page.find(amber_place); amber && at != std::string_view::npos) {
    filled.replace(at, amber_place.size(), warning(texts));
  }
  return filled;
}

}  // namespace nguon::server
