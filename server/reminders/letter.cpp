#include "server/reminders/letter.hpp"

#include "ledger/entry/subject.hpp"

#include <fmt/chrono.h>

#include <algorithm>
#include <ctime>

namespace nguon::server {
namespace {

constexpr std::size_t mail_line = 76;

/// RFC 2045 §6.8: the ordinary alphabet, padded; the project's own base64 is that of URLs.
std::string base64(std::string_view octets) {
  constexpr std::string_view symbols =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t at = 0; at < octets.size(); at += 3) {
    const std::size_t count = std::min<std::size_t>(3, octets.size() - at);
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      bits = bits << 8 | (i < count ? static_cast<unsigned char>(octets[at + i]) : 0U);
    }
    for (std::size_t i = 0; i < 4; ++i) {
      text += i <= count ? symbols[bits >> (18 - 6 * i) & 63] : '=';
    }
  }
  return text;
}

bool is_address(std::string_view text) {
  const auto at = text.find('@');
  const bool plain = std::ranges::all_of(text, [](char c) {
    return c > ' ' && c < 0x7f && c != '<' && c != '>' && c != '"' && c != ',' && c != ';';
  });
  return plain && at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
         text.find('@', at + 1) == std::string_view::npos;
}

bool is_url(std::string_view text) {
  const bool known = text.starts_with("https://") || text.starts_with("http://");
  return known && std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7f && c != '@'; });
}

}  // namespace

std::optional<Target> parse_target(Channel channel, std::string_view text) {
  Target target{channel, {}, {}};
  if (const auto blank = text.find(' '); blank != std::string_view::npos) {
    target.org = text.substr(0, blank);
    text.remove_prefix(blank + 1);
    if (!ledger::is_subject(target.org) || !target.org.starts_with("org:")) return std::nullopt;
  }
  if (channel == Channel::mail ? !is_address(text) : !is_url(text)) return std::nullopt;
  target.address = text;
  return target;
}

std::string mail_message(const std::string& from, const std::string& to, const Letter& letter,
                         std::int64_t now_ms) {
  const std::string host = from.substr(from.find('@') + 1);
  const auto seconds = static_cast<std::time_t>(now_ms / 1000 + 7 * 3600);
  std::string mail = "From: <" + from + ">\r\nTo: <" + to + ">\r\n";
  mail += fmt::format("Date: {:%a, %d %b %Y %H:%M:%S} +0700\r\n", fmt::gmtime(seconds));
  mail += "Message-ID: <" + letter.id + "@" + host + ">\r\n";
  mail += "Subject: =?UTF-8?B?" + base64(letter.subject) + "?=\r\n";
  mail += "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n";
  mail += "Content-Transfer-Encoding: base64\r\nAuto-Submitted: auto-generated\r\n\r\n";
  const std::string body = base64(letter.text);
  for (std::size_t at = 0; at < body.size(); at += mail_line) {
    mail += body.substr(at, mail_line) + "\r\n";
  }
  return mail;
}

}  // namespace nguon::server
