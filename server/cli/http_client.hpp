#pragma once

#include "ledger/base/result.hpp"

#include <string>
#include <string_view>

namespace nguon::server {

/// What a server answered.
struct Answer {
  int status = 0;
  std::string content_type;
  std::string body;
};

struct Call {
  std::string method = "GET";
  std::string url;  ///< `http://host[:port]/path` or `https://…`.
  std::string content_type;
  std::string body;
  /// PEM file of the certificate authority to trust; empty: those of the operating system.
  std::string ca_file;
  int patience_seconds = 30;  ///< To connect to each address, and for each read and write.
  int answer_seconds = 600;   ///< For the whole answer: whoever sends a byte at a time is left.
};

/// One HTTP/1.1 exchange on a connection of its own: blocks. Follows no redirects. Errors:
/// `client.url` (Errc::invalid), `client.connect`, `client.tls` and `client.answer`
/// (Errc::unavailable), the last also for answers over 16 MiB.
ledger::Result<Answer> call(const Call& call);

}  // namespace nguon::server
