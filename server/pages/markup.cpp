#include "server/pages/markup.hpp"

namespace nguon::server {
namespace {

/// RFC 3986 §2.3 unreserved characters stay, every other octet becomes %XX.
void append_encoded(std::string& out, std::string_view text) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       c == '-' || c == '.' || c == '_' || c == '~';
    if (plain) {
      out += c;
    } else {
      out += '%';
      out += hex[octet >> 4U];
      out += hex[octet & 15U];
    }
  }
}

/// U+202A..U+202E and U+2066..U+2069, all three octets long in UTF-8.
bool reorders(std::string_view at) {
  if (at.size() < 3 || at[0] != '\xe2') return false;
  const auto third = static_cast<unsigned char>(at[2]);
  if (at[1] == '\x80') return third >= 0xaa && third <= 0xae;
  return at[1] == '\x81' && third >= 0xa6 && third <= 0xa9;
}

}  // namespace

Link Link::path(std::initializer_list<std::string_view> segments) {
  std::string url;
  for (const std::string_view segment : segments) {
    url += '/';
    append_encoded(url, segment);
  }
  return Link(url.empty() ? "/" : std::move(url));
}

Link Link::same_page(std::string_view path, std::string_view lang) {
  std::string url;
  while (!path.empty()) {
    path.remove_prefix(1);  // the '/'
    const std::string_view segment = path.substr(0, path.find('/'));
    path.remove_prefix(segment.size());
    url += '/';
    append_encoded(url, segment);
  }
  if (url.empty()) url = "/";
  url += "?lang=";
  append_encoded(url, lang);
  return Link(std::move(url));
}

Link Link::check(std::string_view batch, std::string_view lang) {
  std::string url = "/app/kiem-tra?lang=";
  append_encoded(url, lang);
  url += '#';
  append_encoded(url, batch);
  return Link(std::move(url));
}

Link Link::anchor(Markup id) { return Link("#" + std::string(id.view())); }

Link Link::mail(std::string_view address, std::string_view subject) {
  std::string url = "mailto:";
  const std::size_t at = address.find('@');
  append_encoded(url, address.substr(0, at));
  if (at != std::string_view::npos) {
    url += '@';
    append_encoded(url, address.substr(at + 1));
  }
  url += "?subject=";
  append_encoded(url, subject);
  return Link(std::move(url));
}

Link Link::sms(std::string_view body) {
  std::string url = "sms:?body=";
  append_encoded(url, body);
  return Link(std::move(url));
}

Html& Html::operator<<(Markup markup) {
  text_ += markup.view();
  return *this;
}

Html& Html::operator<<(Text text) {
  const std::string_view value = text.value;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    switch (c) {
      case '&':
        text_ += "&amp;";
        continue;
      case '<':
        text_ += "&lt;";
        continue;
      case '>':
        text_ += "&gt;";
        continue;
      case '"':
        text_ += "&quot;";
        continue;
      case '\'':
        text_ += "&#39;";
        continue;
      default:
        break;
    }
    const auto octet = static_cast<unsigned char>(c);
    if (octet < 0x20 || octet == 0x7f) {
      text_ += ' ';
    } else if (reorders(value.substr(i))) {
      i += 2;
    } else {
      text_ += c;
    }
  }
  return *this;
}

}  // namespace nguon::server
