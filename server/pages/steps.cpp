#include "server/pages/icon.hpp"
#include "server/pages/parts.hpp"

namespace nguon::server {
namespace {

/// No step begins beyond this: the first response with its head must stay within 13 kB (DESIGN §7),
/// one congestion window of RFC 6928. Steps compress to a tenth of this; a map takes 3 kB more.
constexpr std::size_t steps_end_octets = 17'000;

Markup vouch_class(Vouch vouch) {
  switch (vouch) {
    case Vouch::confirmed:
      return "vouch confirmed";
    case Vouch::evidenced:
      return "vouch evidenced";
    case Vouch::declared:
      break;
  }
  return "vouch declared";
}

void write_mark(Html& html, Vouch vouch, std::string_view words) {
  html << R"(<span class=")" << vouch_class(vouch) << R"(">)" << vouch_icon(vouch) << esc(words)
       << "</span>";
}

std::string vouch_words(const Catalogue& texts, Vouch vouch, std::string_view who) {
  switch (vouch) {
    case Vouch::confirmed:
      return texts.fill("vouch.confirmed", {{"who", who}});
    case Vouch::evidenced:
      return texts["vouch.evidenced"];
    case Vouch::declared:
      break;
  }
  return texts["vouch.declared"];
}

void write_step(Html& html, const PageContext& context, std::string_view own_org,
                const Step& step) {
  const Catalogue& texts = context.texts();
  const std::string key = "step." + step.type;
  const std::string& named = context.lang == Lang::en ? step.name_en : step.name;
  html << "<li>";
  if (!step.date.empty()) {
    html << R"(<time datetime=")" << esc(step.date) << R"(">)"
         << esc(show_range(step.date, step.date_to, context.lang)) << "</time>";
  }
  html << "<b>";
  if (!named.empty()) {
    html << esc(named);
  } else {
    html << esc(texts[texts.has(key) ? std::string_view(key) : "step.other"]);
  }
  if (step.count > 1) {
    html << " · " << esc(texts.fill("steps.times", {{"count", std::to_string(step.count)}}));
  }
  if (!step.quantity.empty()) html << " · " << esc(step.quantity);
  html << "</b>";
  // A confirming authority is named in its mark; naming it twice would read as two authorities.
  const bool known = step.vouch == Vouch::confirmed || step.who == own_org;
  const std::string_view who = known ? std::string_view() : step.who;
  const std::string line = place_line(who, step.place);
  if (!line.empty()) html << "<p>" << esc(line) << "</p>";
  if (step.late) html << R"(<p class="soft">)" << esc(texts["steps.late"]) << "</p>";
  write_vouch(html, context, step.vouch, step.who);
  html << "</li>";
}

void write_meaning(Html& html, Vouch vouch, std::string_view name, std::string_view meaning) {
  html << "<p>";
  write_mark(html, vouch, name);
  html << " " << esc(meaning) << "</p>";
}

}  // namespace

void write_vouch(Html& html, const PageContext& context, Vouch vouch, std::string_view who) {
  write_mark(html, vouch, vouch_words(context.texts(), vouch, who));
}

void write_steps(Html& html, const PageContext& context, std::string_view title,
                 std::string_view own_org, const std::vector<Step>& steps) {
  const Catalogue& texts = context.texts();
  html << R"(<section class="deep" id="steps"><h2>)" << esc(title) << "</h2>";
  if (steps.empty()) {
    html << "<p>" << esc(texts["steps.none"]) << "</p></section>";
    return;
  }
  html << R"(<ol class="steps">)";
  std::size_t shown = 0;
  while (shown < steps.size() && html.size() < steps_end_octets) {
    write_step(html, context, own_org, steps[shown++]);
  }
  html << "</ol>";
  if (shown < steps.size()) {
    const std::string more = std::to_string(steps.size() - shown);
    html << "<p>" << esc(texts.fill("steps.more", {{"count", more}})) << "</p>";
  }
  html << "<h3>" << esc(texts["vouch.title"]) << "</h3>";
  write_meaning(html, Vouch::declared, texts["vouch.declared"], texts["vouch.declared.meaning"]);
  write_meaning(html, Vouch::evidenced, texts["vouch.evidenced"], texts["vouch.evidenced.meaning"]);
  write_meaning(html, Vouch::confirmed, texts["vouch.confirmed.title"],
                texts["vouch.confirmed.meaning"]);
  html << "</section>";
}

}  // namespace nguon::server
