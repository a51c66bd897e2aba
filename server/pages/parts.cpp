#include "server/pages/parts.hpp"

#include "labels/serial.hpp"
#include "server/pages/icon.hpp"

#include <algorithm>

namespace nguon::server {
namespace {

/// `/R/<serial>`, the first page of a report.
Link report_link(std::string_view serial, Lang lang) {
  if (lang == Lang::en) return Link::same_page("/R/" + std::string(serial), tag(lang));
  return Link::path({"R", serial});
}

}  // namespace

void write_fact(Html& html, std::string_view name, std::string_view value, bool wide) {
  if (value.empty()) return;
  if (wide) {
    html << R"(<div class="wide"><dt>)";
  } else {
    html << "<div><dt>";
  }
  html << esc(name) << "</dt><dd>" << esc(value) << "</dd></div>";
}

void write_maker(Html& html, const PageContext& context, std::string_view org,
                 std::string_view place) {
  html << R"(<div class="wide"><dt>)" << esc(context.texts()["fact.who"]) << "</dt><dd>" << esc(org)
       << "</dd>";
  if (!place.empty()) html << R"(<dd class="place">)" << esc(place) << "</dd>";
  html << "</div>";
}

void write_actions(Html& html, const PageContext& context, std::string_view serial) {
  const Catalogue& texts = context.texts();
  const Link report =
      serial.empty() ? Link::anchor("report") : report_link(serial, context.lang);
  html << R"(<nav class="acts"><a class="btn" href=")" << report << R"(">)"
       << esc(texts["action.report"])
       << R"(</a><a class="btn" href=")" << Link::same_page(context.path, tag(other(context.lang)))
       << R"(" hreflang=")" << esc(tag(other(context.lang))) << R"(" lang=")"
       << esc(tag(other(context.lang))) << R"(">)" << esc(texts["lang.other"])
       << R"(</a><a class="btn" href="#share">)" << esc(texts["action.share"]) << "</a></nav>";
}

void write_report(Html& html, const PageContext& context, std::string_view code) {
  const Catalogue& texts = context.texts();
  html << R"(<section class="deep" id="report"><h2>)" << esc(texts["report.title"]) << "</h2><p>"
       << esc(texts.fill("report.how", {{"serial", code}})) << "</p><p>"
       << esc(texts["report.office"]) << "</p>";
  if (const auto serial = labels::read_serial(code)) {
    html << R"(<a class="btn go" href=")" << report_link(*serial, context.lang) << R"(">)"
         << esc(texts["report.start"]) << "</a>";
  }
  if (!context.site.contact_mail.empty()) {
    const std::string subject = texts["report.title"] + " " + std::string(code);
    html << R"(<a class="btn" href=")" << Link::mail(context.site.contact_mail, subject) << R"(">)"
         << esc(texts["report.mail"]) << "</a>";
  }
  html << "</section>";
}

void write_share(Html& html, const PageContext& context) {
  const Catalogue& texts = context.texts();
  html << R"(<section class="deep" id="share"><h2>)" << esc(texts["share.title"]) << "</h2><p>"
       << esc(texts["share.how"]) << R"(</p><p><b>)" << esc(context.address)
       << R"(</b></p><a class="btn" href=")" << Link::sms(context.address) << R"(">)"
       << esc(texts["share.sms"]) << "</a></section>";
}

/// Who outside has signed that this entry was there, and since when.
std::string witnessed(const Catalogue& texts, Lang lang, const ProofRef& proof) {
  if (proof.cosigned == 0) {
    if (proof.witnesses == 0) return std::string(texts["proof.nobody"]);
    return texts.fill("proof.uncosigned", {{"all", std::to_string(proof.witnesses)}});
  }
  // Lines of witnesses that are no longer asked still count.
  const std::size_t all = std::max(proof.witnesses, proof.cosigned);
  return texts.fill("proof.cosigned", {{"count", std::to_string(proof.cosigned)},
                                       {"all", std::to_string(all)},
                                       {"name", proof.first_witness},
                                       {"time", show_time(proof.first_signed * 1000, lang)}});
}

void write_proof(Html& html, const PageContext& context, const ProofRef& proof) {
  const Catalogue& texts = context.texts();
  html << R"(<section class="deep" id="proof"><h2>)" << esc(texts["proof.title"]) << "</h2><p>"
       << esc(texts["proof.signed"]) << "</p><p>" << esc(texts["proof.log"]) << "</p><p>"
       << esc(texts["proof.limit"]) << R"(</p><p class="soft">)"
       << esc(texts.fill("proof.where", {{"index", std::to_string(proof.index)},
                                         {"time", show_time(proof.recorded_ms, context.lang)},
                                         {"size", std::to_string(proof.log_size)}}))
       << "</p>";
  html << R"(<p class="soft">)" << esc(witnessed(texts, context.lang, proof)) << "</p>";
  if (proof.after > 0) {
    html << R"(<p class="soft">)"
         << esc(texts.fill("proof.after", {{"size", std::to_string(proof.after)}})) << "</p>";
  }
  if (context.site.demo) html << R"(<p class="soft">)" << esc(texts["proof.season"]) << "</p>";
  html << R"(<a class="btn go" href=")" << Link::check(proof.subject, tag(context.lang)) << R"(">)"
       << esc(texts["action.check"]) << R"(</a><p class="soft">)" << esc(texts["proof.check"])
       << R"(</p><a class="btn" href=")" << Link::path({"api", "batches", proof.subject, "bundle"})
       << R"(" download>)" << esc(texts["action.bundle"]) << R"(</a><p class="soft">)"
       << esc(texts["proof.offline"]) << "</p></section>";
}

std::string serial_in_groups(std::string_view serial) {
  constexpr std::size_t printed[] = {4, 3, 4, 3};
  const bool as_printed = serial.size() == 14;
  std::string grouped;
  for (std::size_t group = 0; !serial.empty(); ++group) {
    if (group > 0) grouped += '-';
    const std::size_t size = std::min(as_printed ? printed[group] : 4, serial.size());
    grouped += serial.substr(0, size);
    serial.remove_prefix(size);
  }
  return grouped;
}

std::string place_line(std::string_view commune, std::string_view province) {
  std::string line(commune);
  if (!line.empty() && !province.empty()) line += ", ";
  line += province;
  return line;
}

}  // namespace nguon::server
