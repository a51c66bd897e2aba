#include "server/http/target.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace nguon::server {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_alnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// RFC 3986 §3.3 pchar, `%` left to the decoder.
bool is_path_char(char c) {
  return is_alnum(c) || std::string_view("-._~!$&'()*+,;=:@%").find(c) != std::string_view::npos;
}

bool is_query_char(char c) { return is_path_char(c) || c == '/' || c == '?'; }

/// RFC 3629: no overlong form, no surrogate, nothing beyond U+10FFFF.
bool is_utf8(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t more = lead < 0x80 ? 0 : lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
    if ((lead >= 0x80 && lead < 0xc2) || lead > 0xf4 || i + more >= text.size()) return false;
    std::uint32_t point = more == 0 ? lead : lead & (0x3fU >> more);
    for (std::size_t k = 1; k <= more; ++k) {
      const auto next = static_cast<unsigned char>(text[i + k]);
      if ((next & 0xc0U) != 0x80) return false;
      point = (point << 6U) | (next & 0x3fU);
    }
    if ((more == 2 && point < 0x800) || (more == 3 && (point < 0x10000 || point > 0x10ffff)) ||
        (point >= 0xd800 && point <= 0xdfff)) {
      return false;
    }
    i += more + 1;
  }
  return true;
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto octet = static_cast<unsigned char>(c);
    return octet < 0x20 || octet == 0x7f;
  });
}

ledger::Error refuse(std::string detail) {
  return ledger::invalid("http.target", {}, std::move(detail));
}

ledger::Result<void> split_path(Request& request) {
  std::string_view rest = request.path;
  if (rest == "/") return {};
  while (!rest.empty()) {
    rest.remove_prefix(1);  // the '/'
    const std::string_view raw = rest.substr(0, rest.find('/'));
    rest.remove_prefix(raw.size());
    if (!std::all_of(raw.begin(), raw.end(), is_path_char))
      return refuse("a character no path has");
    auto segment = percent_decode(raw);
    if (!segment) return refuse("bad percent-encoding");
    if (segment->empty() && !rest.empty()) return refuse("empty segment");
    if (*segment == "." || *segment == "..") return refuse("dot segment");
    if (has_control(*segment) || segment->find('\\') != std::string::npos) {
      return refuse("control octet or backslash");
    }
    if (!is_utf8(*segment)) return refuse("not UTF-8");
    request.segments.push_back(std::move(*segment));
  }
  return {};
}

}  // namespace

std::optional<std::string> host_of(std::string_view authority) {
  const std::size_t bracket = authority.find(']');
  const std::size_t colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  std::string host(authority.substr(0, colon));
  std::transform(host.begin(), host.end(), host.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  });
  const bool fine =
      authority.size() <= 255 && std::all_of(authority.begin(), authority.end(), [](char c) {
        return is_alnum(c) || std::string_view("-._:[]").find(c) != std::string::npos;
      });
  if (!fine) return std::nullopt;
  return host;
}

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_blank) {
  if (text.find_first_of(plus_is_blank ? "%+" : "%") == text.npos) return std::string(text);
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += plus_is_blank && text[i] == '+' ? ' ' : text[i];
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const int high = hex_value(text[i + 1]);
    const int low = hex_value(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    decoded += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return decoded;
}

ledger::Result<void> set_target(Request& request, std::string_view target) {
  request.target = target;
  request.path.clear();
  request.segments.clear();
  request.query.clear();
  if (target.size() > max_target_octets) return refuse("longer than 8192 octets");
  // Absolute form: RFC 9112 §3.2.2 makes every server accept it, and its authority wins over Host.
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!equal_case_blind(target.substr(0, scheme.size()), scheme)) continue;
    target.remove_prefix(scheme.size());
    const std::string_view authority = target.substr(0, target.find_first_of("/?"));
    auto host = host_of(authority);
    if (!host || host->empty()) return refuse("bad authority");
    request.host = std::move(*host);
    target.remove_prefix(authority.size());
    if (target.empty()) target = "/";
    break;
  }
  if (!target.starts_with('/')) return refuse("not in origin form");
  const std::size_t question = target.find('?');
  request.path = target.substr(0, question);
  if (question != std::string_view::npos) {
    const std::string_view query = target.substr(question + 1);
    if (!std::all_of(query.begin(), query.end(), is_query_char)) {
      return refuse("a character no query has");
    }
    request.query = query;
  }
  return split_path(request);
}

std::string loggable_path(const Request& request) {
  // Serials, tags and codes; of GS1's, what names one thing or one person (member cards, assets).
  constexpr std::string_view secret_after[] = {
      "Q",   "21",  "T",    "E",    "N",    "C",    "R",    "blobs", "status", "reports", "00",
      "235", "253", "255",  "8003", "8004", "8006", "8010", "8011",  "8017",   "8018",    "8019"};
  std::string path;
  std::size_t secret = 0;  // How many of the next segments.
  for (const std::string& segment : request.segments) {
    path += '/';
    if (secret > 0) {
      path += '*';
      --secret;
    } else {
      for (const char c : segment) {
        path += is_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~' ? c : '?';
      }
    }
    const bool names = std::any_of(
        std::begin(secret_after), std::end(secret_after),
        [&](std::string_view name) { return equal_case_blind(segment, name); });
    if (names) secret = 1;
    if (equal_case_blind(segment, "obj")) secret = 2;  // `/obj/<kind>/<serial>`
  }
  return path.empty() ? "/" : path;
}

}  // namespace nguon::server
