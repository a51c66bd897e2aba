#include "server/pages/answer_page.hpp"

#include "server/pages/parts.hpp"

namespace nguon::server {
namespace {

/// Longest part of a typed code that is shown back.
constexpr std::size_t max_shown_octets = 40;

/// Cut at a character's start, so that no half of one is shown.
std::string_view shown_part(std::string_view typed) {
  if (typed.size() <= max_shown_octets) return typed;
  std::size_t end = max_shown_octets;
  while (end > 0 && (static_cast<unsigned char>(typed[end]) & 0xc0U) == 0x80) --end;
  return typed.substr(0, end);
}

void write_code(Html& html, std::string_view label, std::string_view code) {
  html << R"(<div class="serial"><span class="soft">)" << esc(label)
       << R"(</span><span class="code" id="serial">)" << esc(code) << "</span></div>";
}

/// What follows every answer: language and a field to try again.
Page finish_with_form(Layout& layout, const PageContext& context, int status,
                      std::string_view typed) {
  Html& html = layout.html();
  html << R"(<section class="deep">)";
  write_serial_form(html, context, typed);
  html << R"(</section><section class="deep">)";
  html << R"(<a class="btn" href=")" << Link::same_page(context.path, tag(other(context.lang)))
       << R"(" hreflang=")" << esc(tag(other(context.lang))) << R"(" lang=")"
       << esc(tag(other(context.lang))) << R"(">)" << esc(context.texts()["lang.other"])
       << "</a></section>";
  return layout.finish(status);
}

/// Title, detail, advice under one catalogue prefix; then the form.
Page plain_answer(const PageContext& context, Tone tone, std::string_view key,
                  std::string_view detail, int status) {
  const Catalogue& texts = context.texts();
  Layout layout(context, tone, texts[std::string(key) + ".title"], detail, {texts["home.title"]});
  layout.html() << R"(<section><p class="advice">)" << esc(texts[std::string(key) + ".advice"])
                << "</p></section>";
  return finish_with_form(layout, context, status, {});
}

}  // namespace

Page home_page(const PageContext& context) {
  const Catalogue& texts = context.texts();
  Layout layout(context, Tone::good, texts["home.title"], {}, {texts["site.name"]});
  layout.html() << R"(<section><p class="advice">)" << esc(texts["home.lead"])
                << R"(</p><p class="advice">)" << esc(texts["home.about"]) << "</p></section>";
  return finish_with_form(layout, context, 200, {});
}

Page never_issued_page(const PageContext& context, std::string_view serial,
                       std::string_view statement) {
  const Catalogue& texts = context.texts();
  Layout layout(context, Tone::warn, texts["never_issued.title"], texts["never_issued.detail"],
                {texts["home.title"]});
  Html& html = layout.html();
  html << "<section>";
  write_code(html, texts["mistyped.got"], serial_in_groups(serial));
  html << "<p>" << esc(texts["never_issued.advice"]) << R"(</p><p class="advice soft">)"
       << esc(texts.fill("never_issued.said", {{"time", show_time(context.now_ms, context.lang)}}))
       << "</p>";
  if (!statement.empty()) {
    html << "<details><summary>" << esc(texts["never_issued.signed"])
         << R"(</summary><p class="jws">)" << esc(statement) << "</p></details>";
  }
  html << "</section>";
  write_report(html, context, serial_in_groups(serial));
  return finish_with_form(layout, context, 404, serial_in_groups(serial));
}

Page mistyped_page(const PageContext& context, std::string_view typed) {
  const Catalogue& texts = context.texts();
  Layout layout(context, Tone::plain, texts["mistyped.title"], texts["mistyped.detail"],
                {texts["home.title"]});
  Html& html = layout.html();
  const std::string_view shown = shown_part(typed);
  html << "<section>";
  // Fourteen plain symbols are compared in the groups that are printed; anything else as it came.
  const bool plain =
      typed.size() == 14 &&
      typed.find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") ==
          std::string_view::npos;
  const std::string code = plain ? serial_in_groups(typed) : std::string(shown);
  if (!code.empty()) write_code(html, texts["mistyped.got"], code);
  html << R"(<p class="advice">)" << esc(texts["mistyped.advice"]) << "</p></section>";
  return finish_with_form(layout, context, 400, code);
}

Page broken_link_page(const PageContext& context) {
  return plain_answer(context, Tone::warn, "altered_code", context.texts()["altered_code.detail"],
                      400);
}

Page not_in_use_page(const PageContext& context, char kind) {
  const std::string key = std::string("not_in_use.") + kind;
  return plain_answer(context, Tone::plain, "not_in_use", context.texts()[key], 404);
}

Page unknown_animal_page(const PageContext& context, std::string_view tag) {
  const std::string detail = context.texts().fill("animal.unknown.detail", {{"tag", tag}});
  return plain_answer(context, Tone::warn, "animal.unknown", detail, 404);
}

Page malformed_tag_page(const PageContext& context, std::string_view typed) {
  const Catalogue& texts = context.texts();
  Layout layout(context, Tone::plain, texts["mistyped.title"], texts["animal.malformed.detail"],
                {texts["home.title"]});
  layout.html() << "<section>";
  write_code(layout.html(), texts["mistyped.got"], shown_part(typed));
  layout.html() << "</section>";
  return finish_with_form(layout, context, 400, shown_part(typed));
}

Page not_found_page(const PageContext& context) {
  return plain_answer(context, Tone::plain, "not_found", context.texts()["not_found.detail"], 404);
}

Page problem_page(const PageContext& context, std::string_view rule, std::string_view sentence) {
  const Catalogue& texts = context.texts();
  const bool known = !sentence.empty();
  Layout layout(context, Tone::plain, texts["problem.title"],
                known ? std::string_view() : texts["problem.unknown"], {texts["problem.title"]});
  Html& html = layout.html();
  html << "<section>";
  write_code(html, texts["problem.rule"], shown_part(rule));
  if (known) html << R"(<p class="advice">)" << esc(sentence) << "</p>";
  html << "</section>";
  return finish_with_form(layout, context, known ? 200 : 404, {});
}

Page unavailable_page(const PageContext& context) {
  return plain_answer(context, Tone::plain, "unavailable", context.texts()["unavailable.detail"],
                      503);
}

}  // namespace nguon::server
