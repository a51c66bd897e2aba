#include "server/pages/witness_page.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/keys/sha256.hpp"
#include "server/pages/parts.hpp"

#include <algorithm>

namespace nguon::server {
namespace {

std::string seconds_shown(std::uint64_t unix_seconds, Lang lang) {
  return show_time(static_cast<std::int64_t>(unix_seconds) * 1000, lang);
}

void write_log(Html& html, const ledger::Witness::Watched& log, const PageContext& context) {
  const Catalogue& texts = context.texts();
  const std::string hash = ledger::hex_encode(ledger::sha256(log.origin).view());
  html << R"(<section class="deep"><h2>)" << esc(log.origin) << "</h2>";
  if (log.forked) {
    html << R"(<div class="recall"><h2>)" << esc(texts["witness.forked"]) << "</h2><p>"
         << esc(texts["witness.forked.detail"]) << R"(</p><p><a href=")"
         << Link::path({hash, "fork"}) << R"(">)" << esc(texts["witness.fork"]) << "</a></p></div>";
  }
  html << R"(<dl class="facts">)";
  if (log.last) {
    write_fact(html, texts["witness.since"], seconds_shown(log.since, context.lang), true);
    write_fact(html, texts["witness.at"], seconds_shown(log.at, context.lang), true);
    write_fact(html, texts["witness.size"], std::to_string(log.last->size), true);
    write_fact(html, texts["witness.root"], ledger::base64_encode(log.last->root.view()), true);
  } else {
    write_fact(html, texts["witness.since"], texts["witness.never"], true);
  }
  for (const std::string& vkey : log.vkeys) write_fact(html, texts["witness.log_key"], vkey, true);
  html << "</dl>";
  if (log.last) {
    html << R"(<a class="btn" href=")" << Link::path({hash, "checkpoint"}) << R"(">)"
         << esc(texts["witness.checkpoint"]) << "</a>";
  }
  html << "</section>";
}

}  // namespace

Page witness_page(const WitnessView& view, Lang lang, std::int64_t now_ms) {
  static const Site nobody{};
  const PageContext context{nobody, lang, "/", {}, now_ms};
  const Catalogue& texts = context.texts();
  const bool forked =
      std::any_of(view.logs.begin(), view.logs.end(), [](const auto& log) { return log.forked; });
  const Tone tone = forked ? Tone::bad : view.healthy ? Tone::good : Tone::warn;
  const std::string verdict = forked         ? texts["witness.forked"]
                              : view.healthy ? texts["witness.title"]
                                             : texts["witness.failed"];
  const std::string name = view.vkey.substr(0, view.vkey.find('+'));
  Layout layout(context, tone, verdict, name, {name});
  Html& html = layout.html();
  html << R"(<section><p class="advice">)" << esc(texts["witness.lead"])
       << R"(</p><dl class="facts">)";
  write_fact(html, texts["witness.key"], view.vkey, true);
  html << R"(</dl></section>)";
  for (const auto& log : view.logs) write_log(html, log, context);
  html << R"(<section class="deep"><a class="btn" href=")"
       << Link::same_page(context.path, tag(other(lang))) << R"(" hreflang=")"
       << esc(tag(other(lang))) << R"(" lang=")" << esc(tag(other(lang))) << R"(">)"
       << esc(texts["lang.other"]) << "</a></section>";
  return layout.finish(200, false);
}

}  // namespace nguon::server
