#include "server/console/frame.hpp"

#include "ledger/base/base64url.hpp"
#include "server/console/pages.hpp"
#include "server/console_embedded.hpp"

namespace nguon::server {
namespace {

std::string policy_with(std::string_view worker, std::string_view trusted) {
  const std::string digest = ledger::hex_decode(console_css_sha256).value();
  std::string policy = "default-src 'none'; script-src 'self'; style-src 'sha256-";
  policy += ledger::base64_encode(digest);
  policy += "'; img-src 'self'; connect-src 'self'; ";
  policy += worker;
  policy += "form-action 'none'; base-uri 'none'; frame-ancestors 'none'; "
            "require-trusted-types-for 'script'; trusted-types ";
  return policy += trusted;
}

/// A page of the console in this language; the start page has no name of its own.
Link page_link(std::string_view page, Lang lang) {
  const Link plain = page == "home" ? Link::path({"office"}) : Link::path({"office", page});
  return lang == Lang::en ? Link::same_page(plain.view(), tag(lang)) : plain;
}

}  // namespace

const std::string& console_policy(std::string_view page) {
  static const std::string usual = policy_with({}, "'none'");
  static const std::string readcheck = policy_with("worker-src 'self'; ", "nguon-reader");
  return page == "readcheck" ? readcheck : usual;
}

ConsoleFrame::ConsoleFrame(std::string_view page, Lang lang, bool demo)
    : lang_(lang), texts_(console_texts(lang)), page_(page) {
  const std::string& title = texts_["page." + std::string(page)];
  html_
      << "<!doctype html>\n<html lang=\"" << esc(tag(lang))
      << R"("><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>)"
      << esc(title) << " · " << esc(texts_["site.name"])
      << R"(</title><meta name="robots" content="noindex"><meta name="format-detection" content="telephone=no"><link rel="icon" href="/favicon.svg" type="image/svg+xml"><style>)"
      << console_css
      << R"(</style><script type="module" src="/office/files/console/console.mjs"></script></head><body data-page=")"
      << esc(page) << R"("><a class="skip" href="#main">)" << esc(texts_["site.skip"])
      << R"(</a><header>)";
  if (demo) html_ << R"(<p class="demo" role="note">)" << esc(texts_["site.demo"]) << "</p>";
  html_ << R"(<div class="bar"><a class="brand" href=")" << page_link("home", lang) << R"(">)"
        << esc(texts_["site.name"])
        << R"(</a><p id="who" class="soft"></p></div><nav id="nav" hidden aria-label=")"
        << esc(texts_["site.nav"]) << R"("><ul>)";
  write_navigation(page);
  html_ << R"(</ul></nav></header><main id="main" tabindex="-1"><h1>)" << esc(title)
        << R"(</h1><p class="lead">)" << esc(texts_["lead." + std::string(page)])
        << R"(</p><noscript><p class="note bad">)" << esc(texts_["site.noscript"])
        << R"(</p></noscript><div id="notice"></div><div id="stage"></div>)";
}

void ConsoleFrame::write_navigation(std::string_view page) {
  for (const std::string_view name : console_pages()) {
    html_ << R"(<li><a href=")" << page_link(name, lang_) << R"(")";
    if (name == page) html_ << R"( aria-current="page")";
    if (name == "registrar") html_ << R"( data-role="registrar")";
    html_ << ">" << esc(texts_["page." + std::string(name)]);
    if (name == "outbox") html_ << R"( <span id="unsent" class="count" hidden></span>)";
    html_ << "</a></li>";
  }
}

std::string ConsoleFrame::take() {
  const Lang there = other(lang_);
  html_
      << R"(</main><div id="say" role="status" class="unseen"></div><footer><p><a id="language" href=")"
      << (page_ == "home" ? Link::same_page("/office", tag(there))
                          : Link::same_page(Link::path({"office", page_}).view(), tag(there)))
      << R"(" hreflang=")" << esc(tag(there)) << R"(" lang=")" << esc(tag(there)) << R"(">)"
      << esc(texts_["site.other_language"]) << R"(</a></p><p class="soft">)"
      << esc(texts_["site.footer"]) << "</p></footer></body></html>\n";
  return html_.take();
}

}  // namespace nguon::server
