#pragma once

#include "ledger/base/result.hpp"
#include "server/http/limits.hpp"
#include "server/print/printer_address.hpp"
#include "server/reminders/letter.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::server {

/// Everything an operator may set, as read from nguon.toml. deploy/nguon.toml documents each key
/// with its range; a test keeps the two together. Defaults here are the file's defaults.
struct Config {
  std::string data_directory;  ///< Required.

  std::string listen_address = "127.0.0.1";
  std::uint16_t listen_port = 8080;
  std::string tls_certificate;  ///< Both or neither.
  std::string tls_key;
  std::vector<std::string> trusted_proxies;
  unsigned io_threads = 1;

  std::string log_host;                  ///< Required; the log's origin is `<log_host>/log/0`.
  std::vector<std::string> label_hosts;  ///< Required, at least one; the first is printed.

  std::vector<NamedPrinter> printers;  ///< All that this service may print to.

  Limits limits;

  unsigned admission_threads = 2;
  std::size_t queue_length = 4096;
  std::uint64_t memory_bytes = std::uint64_t{128} << 20;
  std::uint64_t free_space_reserve_bytes = std::uint64_t{512} << 20;

  std::uint64_t blob_quota_bytes = std::uint64_t{2} << 30;

  std::string signals = "shadow";  ///< off, shadow or on (server/signals).
  std::string province_table;      ///< Which networks are where; empty: nobody knows.

  std::string witness_policy;  ///< C2SP policy file: who is asked to cosign; empty: nobody.

  std::vector<Target> reminder_targets;  ///< Who gets digests; mail needs the two below.
  std::string smtp;                      ///< `smtp://HOST:PORT` or `smtps://…`.
  std::string mail_from;
  std::string smtp_user;  ///< With the file, or neither.
  std::string smtp_password_file;
  unsigned digest_hour = 7;  ///< Asia/Ho_Chi_Minh.

  std::string log_level = "info";  ///< A level name of spdlog.
  bool access_log = false;
};

/// Reads TOML text; `name` is what errors call it. Errors (Errc::invalid, `detail` begins
/// `<name>:<line>: `): `config.syntax`, `config.unknown-key`, `config.type`, `config.range`,
/// `config.missing`.
ledger::Result<Config> parse_config(std::string_view text, std::string_view name);

/// The same from a file; also `config.file` (Errc::not_found) when it cannot be read.
ledger::Result<Config> load_config(const std::string& path);

/// `1*DIGIT [ "K" | "M" | "G" ]`, binary multiples, below 2^63; absent otherwise.
std::optional<std::uint64_t> parse_size(std::string_view text);

}  // namespace nguon::server
