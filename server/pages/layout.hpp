#pragma once

#include "server/pages/catalogue.hpp"
#include "server/pages/markup.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nguon::server {

/// What a deployment says about itself on every page. Immutable; any thread.
struct Site {
  bool demo = false;         ///< Everything here is invented: every page says so.
  std::string label_origin;  ///< `https://HOST` as printed; what "share" shows begins with it.
  std::string contact_mail;  ///< Of whoever keeps the log; empty for none.
};

/// One rendered document with what the HTTP layer must know of it.
struct Page {
  int status = 200;
  std::string html;
  std::size_t notice_at = 0;  ///< Where add_stale_notice() may put its strip.
};

/// What every page needs besides its view.
struct PageContext {
  const Site& site;
  Lang lang = Lang::vi;
  std::string path;     ///< Of this page, for the language link: decoded, `/Q/…`.
  std::string address;  ///< `https://host/path` to show under "share".
  std::int64_t now_ms = 0;

  const Catalogue& texts() const { return catalogue(lang); }
};

enum class Tone : std::uint8_t { good, warn, bad, plain };

/// What a link preview shows: a product, never a serial, a person or a status, for previews are kept
/// for weeks by whoever made them (products.md §4.2).
struct Preview {
  std::string_view title;
  std::string_view product = {};  ///< Its subject, for the picture; empty: none.
};

/// One document: begin with Layout, write the sections, end with finish().
class Layout {
 public:
  /// Writes head, demo banner and the verdict strip.
  Layout(const PageContext& context, Tone tone, std::string_view verdict, std::string_view detail,
         const Preview& preview);
  Html& html() { return html_; }
  /// `look_up`: the foot links to the form that takes a code.
  Page finish(int status, bool look_up = true);

 private:
  const PageContext& context_;
  Html html_;
  std::size_t notice_at_ = 0;
};

/// The same document with "known at <time>" on top: what a shopper gets while the store is down.
Page with_stale_notice(const Page& page, Lang lang, std::int64_t known_at_ms);

/// Content-Security-Policy of every page: nothing but our one style sheet and same-site forms.
const std::string& page_policy();

/// The form that takes a typed serial, by plain GET; `typed` fills the field again.
void write_serial_form(Html& html, const PageContext& context, std::string_view typed);

}  // namespace nguon::server
