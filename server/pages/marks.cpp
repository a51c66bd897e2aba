#include "server/pages/marks.hpp"

#include "schemas/calendar.hpp"
#include "server/pages/parts.hpp"

#include <utility>

namespace nguon::server {
namespace {

std::string day_after(const std::string& date) {
  const auto day = schemas::parse_date(date);
  const auto next = day ? schemas::add_days(*day, 1) : std::nullopt;
  return next ? schemas::print_date(*next) : date;
}

/// A rating outside 3..5 may never be displayed (Decision 1162/QĐ-VPĐP-OCOP), whatever was recorded.
bool may_be_shown(int stars) { return stars >= 3 && stars <= 5; }

void write_stars(Html& html, const Catalogue& texts, int stars) {
  html << R"(<span class="stars" aria-hidden="true">)";
  for (int i = 0; i < stars; ++i) html << "★";
  html << "</span> <b>" << esc(texts.fill("ocop.valid", {{"stars", std::to_string(stars)}}))
       << "</b>";
}

/// Number, authority and last day; who confirms it in the mark beside is not named twice. What is no
/// longer in force bears no mark: a green one beside it would read as a yes.
std::string decision_line(const PageContext& context, const OcopLine& ocop, bool in_force) {
  const Catalogue& texts = context.texts();
  std::string line = texts.fill("ocop.decision", {{"decision", ocop.decision}});
  if (!in_force || ocop.vouch != Vouch::confirmed || ocop.who != ocop.authority) line += " · " + ocop.authority;
  if (in_force) {
    line += " · " +
            texts.fill("ocop.until", {{"last_day", show_date(ocop.last_day, context.lang)}});
  }
  return line;
}

void write_certificate(Html& html, const PageContext& context, const CertificateLine& line) {
  const Catalogue& texts = context.texts();
  const std::string key = "certificate.kind." + line.scheme;
  const std::string_view name = texts.has(key) ? std::string_view(texts[key]) : line.scheme;
  const bool ended = !line.ended.empty() && line.ended <= vietnam_date(context.now_ms);
  html << R"(<div class="mark certificate"><p><b>)";
  if (ended) {
    html << esc(texts.fill("certificate.ended",
                           {{"name", name}, {"ended", show_date(line.ended, context.lang)}}));
  } else {
    html << esc(name);
  }
  html << R"(</b> <span class="soft">)"
       << esc(texts.fill("certificate.detail", {{"code", line.code}, {"issuer", line.issuer}}));
  if (ended) {
    html << ". " << esc(texts["certificate.when_packed"]);
  } else if (!line.last_day.empty()) {
    html << " · "
         << esc(texts.fill("ocop.until", {{"last_day", show_date(line.last_day, context.lang)}}));
  }
  html << "</span> ";
  if (!ended) write_vouch(html, context, line.vouch, line.who);
  html << "</p></div>";
}

}  // namespace

OcopLine standing_on(OcopLine ocop, const std::string& today) {
  if (ocop.standing != OcopStanding::valid || today <= ocop.last_day) return ocop;
  ocop.standing = OcopStanding::lapsed;
  ocop.ended = day_after(ocop.last_day);
  return ocop;
}

void write_ocop(Html& html, const PageContext& context, const OcopLine& recorded) {
  const Catalogue& texts = context.texts();
  const OcopLine ocop = standing_on(recorded, vietnam_date(context.now_ms));
  const bool in_force = ocop.standing == OcopStanding::valid;
  if (in_force && !may_be_shown(ocop.stars)) return;
  html << R"(<div class="mark" id="ocop"><p>)";
  if (in_force) {
    write_stars(html, texts, ocop.stars);
  } else {
    const bool withdrawn = ocop.standing == OcopStanding::withdrawn;
    html << "<b>"
         << esc(texts.fill(withdrawn ? "ocop.withdrawn" : "ocop.lapsed",
                           {{"ended", show_date(ocop.ended, context.lang)}}))
         << "</b>";
  }
  html << R"( <span class="soft">)" << esc(decision_line(context, ocop, in_force));
  if (!in_force) {
    html << ". " << esc(texts["ocop.no_stars"]);
    if (ocop.valid_when_packed) html << " " << esc(texts["ocop.when_packed"]);
  }
  html << "</span> ";
  if (in_force) write_vouch(html, context, ocop.vouch, ocop.who);
  html << "</p></div>";
}

void write_certificates(Html& html, const PageContext& context,
                        const std::vector<CertificateLine>& certificates) {
  for (const CertificateLine& line : certificates) write_certificate(html, context, line);
}

}  // namespace nguon::server
