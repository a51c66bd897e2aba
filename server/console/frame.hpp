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

/// Content-Security-Policy of every page here: our own files and the one style sheet alone, no inline
/// script, no text ever taken as markup. The read check starts the barcode reader's thread: its one
/// trusted type is that script's address (server/app/console/readcheck.mjs).
const std::string& console_policy(std::string_view page);

}  // namespace nguon::server
