#pragma once

#include "ledger/base/result.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace nguon::server {

/// What a server answered.
struct Answer {
  int status = 0;
  std::string content_type;
  std::string body;
  std::string cookie;  ///< `name=value` it set, the last where there are several.
};

struct Call {
  std::string method = "GET";
  std::string url;  ///< `http://host[:port]/path` or `https://…`.
  std::string content_type;
  std::string body;
  std::string cookie = {};  ///< Sent as it is; empty: none.
  /// Takes the body as it comes, however long, instead of Answer::body; false ends the call
  /// (`client.answer`).
  std::function<bool(std::string_view)> into = {};
  /// PEM file of the certificate authority to trust; empty: those of the operating system.
  std::string ca_file;
  int patience_seconds = 30;   ///< To connect, TLS included, and with no octet either way.
  int exchange_seconds = 600;  ///< For all of it: whoever sends an octet at a time is left.
};

/// One HTTP/1.1 exchange on a connection of its own: blocks. Follows no redirects, asks no proxy.
/// Thread-safe. Errors: `client.url` (Errc::invalid), `client.connect`, `client.tls` and
/// `client.answer` (Errc::unavailable), the last also for answers over 16 MiB.
ledger::Result<Answer> call(const Call& call);

}  // namespace nguon::server
