#pragma once

#include "ledger/base/result.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace nguon::server {

enum class Channel : std::uint8_t { mail, webhook };

/// Whom a digest is sent to: every organisation's, or those of one.
struct Target {
  Channel channel = Channel::mail;
  std::string address;  ///< A mail address, or an http(s) URL.
  std::string org;      ///< Subject; empty: all.

  bool operator==(const Target&) const = default;
};

/// `ADDRESS` or `org:ID ADDRESS`, as the configuration has it; absent where it is neither. An
/// address holds nothing that ends a header line.
std::optional<Target> parse_target(Channel channel, std::string_view text);

/// One digest on its way.
struct Letter {
  std::string id;  ///< The same when it is sent again: who gets it twice can tell.
  std::string subject;
  std::string text;
  std::string json;  ///< What a webhook gets.
};

/// Carries a letter, or says why not. Blocks; called from one thread. An error is tried again.
using Carry = std::function<ledger::Result<void>(const Target&, const Letter&)>;

/// The octets of a mail (RFC 5322, 2045, 2047): UTF-8 text in base64, lines of CRLF.
std::string mail_message(const std::string& from, const std::string& to, const Letter& letter,
                         std::int64_t now_ms);

}  // namespace nguon::server
