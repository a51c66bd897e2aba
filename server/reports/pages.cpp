#include "server/reports/pages.hpp"

#include "schemas/places.hpp"
#include "schemas/problems.hpp"
#include "server/pages/parts.hpp"

namespace nguon::server {
namespace {

std::string sentence_of(const PageContext& context, std::string_view rule) {
  const schemas::Problem* const problem = schemas::find_problem(rule);
  if (problem == nullptr) return std::string(rule);
  return std::string(context.lang == Lang::en ? problem->en : problem->vi);
}

std::string about(const PageContext& context, std::string_view serial) {
  return context.texts().fill("report.about", {{"serial", serial_in_groups(serial)}});
}

/// What a form carries besides what is typed; the trap is out of sight and out of the way of keys.
void write_hidden(Html& html, const PageContext& context, std::string_view seal) {
  html << R"(<input type="hidden" name="seal" value=")" << esc(seal) << R"(">)";
  if (context.lang == Lang::en) html << R"(<input type="hidden" name="lang" value="en">)";
  html << R"(<div class="skip" aria-hidden="true"><label for="w">)"
       << esc(context.texts()["report.trap"])
       << R"(</label><input id="w" name="web" tabindex="-1" autocomplete="off"></div>)";
}

void write_languages(Html& html, const PageContext& context) {
  html << R"(<section class="deep"><a class="btn" href=")"
       << Link::same_page(context.path, tag(other(context.lang))) << R"(" hreflang=")"
       << esc(tag(other(context.lang))) << R"(" lang=")" << esc(tag(other(context.lang)))
       << R"(">)" << esc(context.texts()["lang.other"]) << "</a></section>";
}

void write_way_back(Html& html, const PageContext& context, std::string_view serial) {
  const std::string path = "/Q/" + std::string(serial);
  html << R"(<section class="deep"><a class="btn" href=")"
       << Link::same_page(path, tag(context.lang)) << R"(">)" << esc(context.texts()["report.back"])
       << "</a></section>";
}

}  // namespace

Page report_kinds_page(const PageContext& context, std::string_view serial) {
  const Catalogue& texts = context.texts();
  Layout layout(context, Tone::plain, texts["report.ask"], about(context, serial),
                {texts["report.title"]});
  Html& html = layout.html();
  html << R"(<section><form action=")" << Link::path({"R", serial}) << R"(" method="get">)";
  for (std::size_t i = 0; i < report_kinds; ++i) {
    const std::string_view kind = name_of(static_cast<ReportKind>(i));
    html << R"(<button class="btn" name="k" value=")" << esc(kind) << R"(">)"
         << esc(texts["report.kind." + std::string(kind)]) << "</button>";
  }
  if (context.lang == Lang::en) html << R"(<input type="hidden" name="lang" value="en">)";
  html << R"(</form><p class="advice soft">)" << esc(texts["report.private"]) << " "
       << esc(texts["report.promise"]) << "</p></section>";
  write_languages(html, context);
  return layout.finish(200);
}

Page report_form_page(const PageContext& context, std::string_view serial, const ReportForm& form,
                      int status) {
  const Catalogue& texts = context.texts();
  const std::string kind(name_of(form.kind));
  Layout layout(context, Tone::plain, texts["report.kind." + kind], about(context, serial),
                {texts["report.title"]});
  Html& html = layout.html();
  html << "<section>";
  if (!form.problem.empty()) {
    html << R"(<p class="advice" role="alert"><b>)" << esc(sentence_of(context, form.problem))
         << "</b></p>";
  }
  html << R"(<form action=")" << Link::path({"R", serial})
       << R"(" method="post" enctype="multipart/form-data"><input type="hidden" name="kind" value=")"
       << esc(kind) << R"(">)";
  write_hidden(html, context, form.seal);
  html << R"(<p class="advice"><label for="t">)" << esc(texts["report.text"])
       << R"(</label><textarea id="t" name="text" rows="3" maxlength="500">)" << esc(form.text)
       << R"(</textarea></p><p class="advice"><label for="p">)" << esc(texts["report.photo"])
       << R"(</label><input id="p" name="photo" type="file" accept="image/jpeg" aria-describedby="ph"></p><p class="soft" id="ph">)"
       << esc(texts["report.photo.hint"]) << R"(</p><button class="btn">)"
       << esc(texts["report.send"]) << R"(</button></form><p class="advice soft">)"
       << esc(texts["report.private"]) << " " << esc(texts["report.promise"]) << "</p></section>";
  write_way_back(html, context, serial);
  return layout.finish(status);
}

Page report_status_page(const PageContext& context, const ReportStatus& report,
                        std::string_view seal) {
  const Catalogue& texts = context.texts();
  const std::string state(name_of(report.state));
  Layout layout(context, report.answer ? Tone::good : Tone::plain, texts["report.status.title"],
                texts["report.state." + state], {texts["report.title"]});
  Html& html = layout.html();
  html << R"(<section><div class="serial"><span class="soft">)"
       << esc(texts["report.status.code"]) << R"(</span><span class="code" id="reply">)"
       << esc(shown_report_code(report.code)) << "</span></div>";
  if (report.answer) {
    html << R"(<div class="mark"><h2>)" << esc(texts["report.answer.title"]) << "</h2><p>"
         << esc(texts["report.answer." + std::string(name_of(*report.answer))]) << "</p>";
    if (!report.text.empty()) html << "<p>" << esc(report.text) << "</p>";
    html << "</div>";
  }
  html << R"(<dl class="facts">)";
  write_fact(html, texts["report.status.kind"],
             texts["report.kind." + std::string(name_of(report.kind))], true);
  write_fact(html, texts["report.status.received"], show_time(report.received_ms, context.lang),
             false);
  write_fact(html, texts["report.status.due"], show_date(report.answer_by, context.lang), false);
  html << R"(</dl><p class="advice soft">)" << esc(texts["report.status.keep"])
       << R"(</p></section><section class="deep">)";
  if (report.holds) {
    html << R"(<form action=")" << Link::path({"R", "status", report.code})
         << R"(" method="post" enctype="multipart/form-data">)";
    write_hidden(html, context, seal);
    html << R"(<button class="btn">)" << esc(texts["report.status.erase"]) << "</button></form>";
  } else {
    html << "<p>" << esc(texts["report.status.erased"]) << "</p>";
  }
  html << "</section>";
  write_languages(html, context);
  return layout.finish(200);
}

Page report_unknown_page(const PageContext& context) {
  const Catalogue& texts = context.texts();
  Layout layout(context, Tone::plain, texts["report.unknown.title"],
                texts["report.unknown.detail"], {texts["report.title"]});
  write_languages(layout.html(), context);
  return layout.finish(404);
}

Page report_refused_page(const PageContext& context, std::string_view serial, std::string_view rule,
                         int status) {
  const Catalogue& texts = context.texts();
  Layout layout(context, Tone::warn, texts["report.refused.title"], sentence_of(context, rule),
                {texts["report.title"]});
  layout.html() << R"(<section><p class="advice">)" << esc(texts["report.office"])
                << "</p></section>";
  write_way_back(layout.html(), context, serial);
  return layout.finish(status);
}

Page place_page(const PageContext& context, std::string_view serial, std::string_view seal) {
  const Catalogue& texts = context.texts();
  Layout layout(context, Tone::plain, texts["place.title"], about(context, serial),
                {texts["place.title"]});
  Html& html = layout.html();
  html << R"(<section><p class="advice">)" << esc(texts["place.why"]) << R"(</p><form action=")"
       << Link::path({"R", serial, "place"})
       << R"(" method="post" enctype="multipart/form-data">)";
  write_hidden(html, context, seal);
  html << R"(<p class="advice"><label for="o">)" << esc(texts["place.label"])
       << R"(</label><select id="o" name="province" required><option value=""></option>)";
  for (const schemas::Place& province : schemas::provinces()) {
    html << R"(<option value=")" << esc(province.code) << R"(">)" << esc(province.name)
         << "</option>";
  }
  html << R"(</select></p><button class="btn" name="bought" value="0">)"
       << esc(texts["report.send"]) << R"(</button><button class="btn" name="bought" value="1">)"
       << esc(texts["place.bought"]) << "</button></form></section>";
  write_way_back(html, context, serial);
  return layout.finish(200);
}

}  // namespace nguon::server
