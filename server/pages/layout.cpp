#include "server/pages/layout.hpp"

#include "ledger/base/base64url.hpp"
#include "server/embedded.hpp"
#include "server/pages/icon.hpp"

namespace nguon::server {
namespace {

Markup strip(Tone tone) {
  switch (tone) {
    case Tone::good:
      return R"(<div class="verdict good">)";
    case Tone::warn:
      return R"(<div class="verdict warn">)";
    case Tone::bad:
      return R"(<div class="verdict bad">)";
    case Tone::plain:
      break;
  }
  return R"(<div class="verdict plain">)";
}

Markup strip_icon(Tone tone) {
  switch (tone) {
    case Tone::good:
      return good_icon();
    case Tone::warn:
      return warn_icon();
    case Tone::bad:
      return bad_icon();
    case Tone::plain:
      break;
  }
  return question_icon();
}

}  // namespace

Layout::Layout(const PageContext& context, Tone tone, std::string_view verdict,
               std::string_view detail, const Preview& preview)
    : context_(context) {
  const Catalogue& texts = context.texts();
  html_
      << "<!doctype html>\n<html lang=\"" << esc(tag(context.lang))
      << R"("><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>)"
      << esc(verdict) << " · " << esc(preview.title) << R"(</title><meta property="og:title" content=")"
      << esc(preview.title) << R"("><meta property="og:site_name" content=")" << esc(texts["site.name"])
      << R"("><meta property="og:type" content="website"><meta name="description" property="og:description" content=")"
      << esc(texts["site.description"]) << R"(">)";
  // Only an absolute https address is of any use to those who make previews.
  if (!preview.product.empty() && context.site.label_origin.starts_with("https://")) {
    html_ << R"(<meta property="og:image" content=")" << esc(context.site.label_origin)
          << Link::path({"preview", preview.product})
          << R"("><meta property="og:image:width" content="1200"><meta property="og:image:height" content="630">)";
  }
  html_
      << R"(<meta name="robots" content="noindex"><meta name="format-detection" content="telephone=no"><link rel="icon" href="/favicon.svg" type="image/svg+xml"><style>)"
      << embedded_page_css << R"(</style></head><body><a class="skip" href="#main">)"
      << esc(texts["site.skip"]) << "</a><header>";
  notice_at_ = html_.size();
  if (context.site.demo) {
    html_ << R"(<p class="demo" role="note">)" << esc(texts["site.demo"]) << "</p>";
  }
  html_ << strip(tone) << R"(<div class="bar">)" << strip_icon(tone) << "<div><h1>" << esc(verdict)
        << "</h1>";
  if (!detail.empty()) html_ << "<p>" << esc(detail) << "</p>";
  html_ << R"(</div></div></div></header><main id="main">)";
}

Page Layout::finish(int status, bool look_up) {
  const Catalogue& texts = context_.texts();
  html_ << "</main><footer><p>" << esc(texts["site.name"]) << " · " << esc(texts["site.footer"])
        << "</p>";
  if (look_up) html_ << R"(<p><a href="/">)" << esc(texts["site.home"]) << "</a></p>";
  html_ << "</footer></body></html>\n";
  Page page;
  page.status = status;
  page.html = html_.take();
  page.notice_at = notice_at_;
  return page;
}

Page with_stale_notice(const Page& page, Lang lang, std::int64_t known_at_ms) {
  Html notice;
  notice << R"(<p class="stale" role="alert">)"
         << esc(catalogue(lang).fill("site.stale", {{"time", show_time(known_at_ms, lang)}}))
         << "</p>";
  Page marked = page;
  marked.html.insert(marked.notice_at, notice.take());
  return marked;
}

const std::string& page_policy() {
  static const std::string policy = [] {
    const std::string digest = ledger::hex_decode(embedded_page_css_sha256).value();
    return "default-src 'none'; style-src 'sha256-" + ledger::base64_encode(digest) +
           "'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
  }();
  return policy;
}

void write_serial_form(Html& html, const PageContext& context, std::string_view typed) {
  const Catalogue& texts = context.texts();
  html
      << R"(<form action="/tra" method="get"><label for="s">)" << esc(texts["entry.label"])
      << R"(</label><input id="s" name="s" value=")" << esc(typed)
      << R"(" maxlength="40" autocomplete="off" autocapitalize="characters" spellcheck="false" required aria-describedby="hint">)";
  if (context.lang == Lang::en) html << R"(<input type="hidden" name="lang" value="en">)";
  html << R"(<p class="soft" id="hint">)" << esc(texts["entry.hint"])
       << R"(</p><button class="btn">)" << esc(texts["action.look_up"]) << "</button></form>";
}

}  // namespace nguon::server
