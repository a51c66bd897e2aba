#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace nguon::server {

/// HTML that stands literally in our source. Only a constant expression can become one, so no value
/// from an entry, a URL or a file can ever be written unescaped.
class Markup {
 public:
  // Implicit on purpose: html << "<p>" is the whole point.
  consteval Markup(const char* literal) : text_(literal) {}  // NOLINT(google-explicit-constructor)
  consteval Markup(std::string_view literal)
      : text_(literal) {}  // NOLINT(google-explicit-constructor)
  constexpr std::string_view view() const { return text_; }

 private:
  std::string_view text_;
};

/// A URL made by code: never taken whole from data, so `javascript:` cannot get in.
class Link {
 public:
  /// `/a/b`, every segment percent-encoded (RFC 3986 §3.3 unreserved only).
  static Link path(std::initializer_list<std::string_view> segments);
  /// The same page in another language, `?lang=en`; `lang` is one of ours.
  static Link same_page(std::string_view path, std::string_view lang);
  /// The page that checks a batch in the browser (server/app/check); which one stands behind `#`,
  /// so that no server is told.
  static Link check(std::string_view batch, std::string_view lang);
  /// `#id` on this page.
  static Link anchor(Markup id);
  /// `mailto:` (RFC 6068) and `sms:` (RFC 5724), everything encoded.
  static Link mail(std::string_view address, std::string_view subject);
  static Link sms(std::string_view body);

  const std::string& view() const { return url_; }

 private:
  explicit Link(std::string url) : url_(std::move(url)) {}
  std::string url_;
};

/// A value to be shown; escaped when written. A view: valid as long as what it was made from.
struct Text {
  std::string_view value;
};
inline Text esc(std::string_view value) { return {value}; }

/// An HTML document being written. Not thread-safe.
class Html {
 public:
  Html& operator<<(Markup markup);
  /// Element text or quoted attribute value, escaped for both. Controls become blanks, and
  /// characters that reorder text (UAX #9 embeddings, overrides, isolates) are dropped: a name must
  /// not be able to turn the words around it.
  Html& operator<<(Text text);
  Html& operator<<(const Link& link) { return *this << Text{link.view()}; }

  std::size_t size() const { return text_.size(); }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace nguon::server
