#include "server/signals/note.hpp"

#include "schemas/calendar.hpp"
#include "server/pages/icon.hpp"
#include "server/pages/markup.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <stdexcept>
#include <utility>
#include <vector>

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

/// What is said of a count, escaped and cut at its values once: each scan fills it in.
class CountSentence {
 public:
  CountSentence(const Catalogue& texts, bool placed) {
    Html html;
    // The end of its element's start tag and what follows: blanks before the `>` fill the width,
    // and nobody sees them.
    html << ">" << esc(texts["signal.count"]) << " "
         << esc(texts[placed ? "signal.normal" : "signal.unplaced"]);
    const std::string whole = html.take();
    std::size_t at = 0;
    for (auto open = whole.find('{'); open != whole.npos; open = whole.find('{', at)) {
      const auto close = whole.find('}', open);
      const std::string_view name = std::string_view(whole).substr(open + 1, close - open - 1);
      const auto* const value = std::find(std::begin(names), std::end(names), name);
      if (value == std::end(names)) throw std::logic_error("signal.count: " + std::string(name));
      cuts_.push_back({whole.substr(at, open - at), static_cast<std::size_t>(value - names)});
      at = close + 1;
    }
    end_ = whole.substr(at);
  }

  std::string fill(const SignalView& view, std::string_view date) const {
    const std::string scans = std::to_string(view.scans);
    const std::string sessions = std::to_string(view.sessions);
    const std::string_view values[] = {scans, sessions, date};
    std::string words;
    for (const auto& [text, value] : cuts_) {
      words += text;
      words += values[value];
    }
    return words += end_;
  }

 private:
  static constexpr std::string_view names[] = {"scans", "sessions", "date"};
  std::vector<std::pair<std::string, std::size_t>> cuts_;  ///< Text, and which value follows it.
  std::string end_;
};

std::string count_words(const SignalView& view, Lang lang, std::string_view date) {
  static const CountSentence sentences[2][2] = {
      {{catalogue(Lang::vi), false}, {catalogue(Lang::vi), true}},
      {{catalogue(Lang::en), false}, {catalogue(Lang::en), true}}};
  return sentences[lang == Lang::vi ? 0 : 1][view.placed ? 1 : 0].fill(view, date);
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
    width = std::max(width, count_words(view, lang, date).size());
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
  std::string words = count_words(view, lang, day_shown(view.first_day, lang));
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
