#pragma once

#include "server/console/texts.hpp"
#include "server/pages/markup.hpp"

#include <string>
#include <string_view>

namespace nguon::server {

/// One page of the console being written: head, navigation and the places that its modules fill.
/// Begin with it, write the page's own parts to html(), end with take(). Not thread-safe.
class ConsoleFrame {
 public:
  /// `page` is one of console_pages(); `demo`: everything here is invented, and the page says so.
  ConsoleFrame(std::string_view page, Lang lang, bool demo);

  Html& html() { return html_; }
  const Catalogue& texts() const { return texts_; }
  std::string take();

 private:
  void write_navigation(std::string_view page);

  const Lang lang_;
  const Catalogue& texts_;
  const std::string_view page_;
  Html html_;
};

/// Content-Security-Policy of every page here: our own files alone, no inline script or style, no
/// text ever taken as markup.
inline constexpr std::string_view console_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for "
    "'script'; trusted-types 'none'";
/// The read check starts the barcode reader's thread: its one trusted type is that script's address
/// (server/app/console/readcheck.mjs).
inline constexpr std::string_view readcheck_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "worker-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types nguon-reader";

}  // namespace nguon::server
