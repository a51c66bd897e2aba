#include "server/pages/parts.hpp"

namespace nguon::server {
namespace {

/// A page tells the newest; the proof has them all.
constexpr std::size_t most_changes = 12;

std::string_view one_of(const Catalogue& texts, const std::string& key, std::string_view other) {
  return texts[texts.has(key) ? std::string_view(key) : other];
}

void write_change(Html& html, const PageContext& context, const Change& change) {
  const Catalogue& texts = context.texts();
  html << R"(<li><time datetime=")" << esc(change.date) << R"(">)"
       << esc(show_date(change.date, context.lang)) << "</time><b>"
       << esc(one_of(texts, "step." + change.step, "step.other")) << " · "
       << esc(one_of(texts, "change.field." + change.field, "change.field.other")) << "</b>";
  if (!change.before.empty()) {
    html << "<p>"
         << esc(texts.fill("change.values", {{"before", show_date(change.before, context.lang)},
                                             {"after", show_date(change.after, context.lang)}}))
         << "</p>";
  }
  html << R"(<p class="soft">)"
       << esc(texts.fill(
              "change.why",
              {{"reason", one_of(texts, "change.reason." + change.reason, "change.reason.other")},
               {"who", change.who}}))
       << "</p></li>";
}

}  // namespace

void write_changes(Html& html, const PageContext& context, const std::vector<Change>& changes) {
  const Catalogue& texts = context.texts();
  html << R"(<section class="deep" id="changes"><h2>)" << esc(texts["change.title"]) << "</h2>";
  if (changes.empty()) {
    html << "<p>" << esc(texts["change.none"]) << "</p></section>";
    return;
  }
  html << "<p>" << esc(texts["change.kept"]) << R"(</p><ol class="steps">)";
  const std::size_t hidden = changes.size() > most_changes ? changes.size() - most_changes : 0;
  for (std::size_t i = hidden; i < changes.size(); ++i) write_change(html, context, changes[i]);
  html << "</ol>";
  if (hidden > 0) {
    html << "<p>" << esc(texts.fill("steps.more", {{"count", std::to_string(hidden)}})) << "</p>";
  }
  html << "</section>";
}

}  // namespace nguon::server
