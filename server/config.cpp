#include "server/config.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <set>
#include <utility>

namespace nguon::server {
namespace {

/// Keeps the first error and which keys were asked for; what nobody asked for is unknown.
class Reader {
 public:
  Reader(const toml::table& root, std::string_view name) : root_(root), name_(name) {}

  void enter(std::string section) {
    section_ = std::move(section);
    const toml::node* const node = section_.empty() ? &root_ : root_.get(section_);
    table_ = node != nullptr ? node->as_table() : nullptr;
    known_.insert("/" + section_);
    if (node != nullptr && table_ == nullptr) fail("config.type", node, "", "expected a table");
  }

  void text(std::string_view key, std::string& out) {
    const toml::node* const node = find(key);
    if (node == nullptr) return;
    const auto value = node->value_exact<std::string>();
    if (!value) return fail("config.type", node, key, "expected a string");
    if (value->empty()) return fail("config.range", node, key, "empty");
    out = *value;
  }

  void texts(std::string_view key, std::vector<std::string>& out) {
    const toml::node* const node = find(key);
    if (node == nullptr) return;
    const toml::array* const array = node->as_array();
    if (array == nullptr) return fail("config.type", node, key, "expected a list of strings");
    out.clear();
    for (const toml::node& item : *array) {
      const auto value = item.value_exact<std::string>();
      if (!value) return fail("config.type", &item, key, "expected a list of strings");
      if (value->empty()) return fail("config.range", &item, key, "empty");
      out.push_back(*value);
    }
  }

  void flag(std::string_view key, bool& out) {
    const toml::node* const node = find(key);
    if (node == nullptr) return;
    const auto value = node->value_exact<bool>();
    if (!value) return fail("config.type", node, key, "expected true or false");
    out = *value;
  }

  template <class T>
  void number(std::string_view key, T& out, std::int64_t least, std::int64_t most) {
    const toml::node* const node = find(key);
    if (node == nullptr) return;
    const auto value = node->value_exact<std::int64_t>();
    if (!value) return fail("config.type", node, key, "expected a whole number");
    if (*value < least || *value > most) {
      return fail("config.range", node, key, fmt::format("expected {}..{}", least, most));
    }
    out = static_cast<T>(*value);
  }

  void seconds(std::string_view key, std::chrono::milliseconds& out, std::int64_t most) {
    std::int64_t count = 0;
    number(key, count, 1, most);
    if (count > 0) out = std::chrono::seconds(count);
  }

  void size(std::string_view key, std::uint64_t& out, std::uint64_t least, std::uint64_t most) {
    std::string written;
    text(key, written);
    if (written.empty()) return;
    const auto bytes = parse_size(written);
    if (!bytes || *bytes < least || *bytes > most) {
      return refuse(key, fmt::format("expected a size like \"256M\", {}..{} bytes", least, most));
    }
    out = *bytes;
  }

  /// A value of the right type that makes no sense.
  void refuse(std::string_view key, std::string why) {
    fail("config.range", find(key), key, std::move(why));
  }
  void require(std::string_view key, bool there) {
    if (!there) fail("config.missing", table_ != nullptr ? table_ : &root_, key, "is required");
  }

  ledger::Result<void> finish() {
    if (!error_) look_for_unknown(root_, "");
    if (error_) return *error_;
    return {};
  }

 private:
  const toml::node* find(std::string_view key) {
    known_.insert(pointer(key));
    return table_ != nullptr ? table_->get(key) : nullptr;
  }
  std::string pointer(std::string_view key) const {
    return section_.empty() ? fmt::format("/{}", key) : fmt::format("/{}/{}", section_, key);
  }
  void fail(std::string rule, const toml::node* node, std::string_view key, std::string_view why) {
    fail_at(std::move(rule), node, pointer(key), why);
  }
  void fail_at(std::string rule, const toml::node* node, std::string field, std::string_view why) {
    if (error_) return;
    std::string shown = field.substr(1);
    std::replace(shown.begin(), shown.end(), '/', '.');
    const auto line = node != nullptr ? node->source().begin.line : toml::source_index{1};
    error_ = ledger::invalid(std::move(rule), std::move(field),
                             fmt::format("{}:{}: {}: {}", name_, line, shown, why));
  }
  void look_for_unknown(const toml::table& table, const std::string& prefix) {
    for (const auto& [key, node] : table) {
      const std::string field = prefix + "/" + std::string(key.str());
      if (!known_.contains(field)) {
        return fail_at("config.unknown-key", &node, field, "no such key");
      }
      if (const toml::table* const inner = node.as_table(); inner != nullptr) {
        look_for_unknown(*inner, field);
      }
    }
  }

  const toml::table& root_;
  const toml::table* table_ = nullptr;
  std::string section_;
  std::string_view name_;
  std::set<std::string, std::less<>> known_;
  std::optional<ledger::Error> error_;
};

/// "127.0.0.1:8080" or "[::1]:8080".
bool split_listen(std::string_view text, Config& config) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  std::string_view address = text.substr(0, colon);
  const std::string_view port = text.substr(colon + 1);
  if (address.starts_with('[') != address.ends_with(']')) return false;
  if (address.starts_with('[')) {
    address = address.substr(1, address.size() - 2);
  } else if (address.find(':') != std::string_view::npos) {
    return false;
  }
  const auto [end, ec] =
      std::from_chars(port.data(), port.data() + port.size(), config.listen_port);
  if (ec != std::errc() || end != port.data() + port.size() || address.empty()) return false;
  config.listen_address = address;
  return true;
}

/// RFC 1123 names and addresses, lower case, with an optional port as browsers write it.
bool is_host(std::string_view text) {
  return !text.empty() && text.size() <= 253 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-' || c == '.' || c == ':';
  });
}

void read_listen(Reader& reader, Config& config) {
  reader.enter("listen");
  std::string listen;
  reader.text("address", listen);
  if (!listen.empty() && !split_listen(listen, config)) {
    reader.refuse("address", "expected ADDRESS:PORT, an IPv6 address in brackets");
  }
  reader.text("tls_certificate", config.tls_certificate);
  reader.text("tls_key", config.tls_key);
  reader.require("tls_key", config.tls_certificate.empty() || !config.tls_key.empty());
  reader.require("tls_certificate", config.tls_key.empty() || !config.tls_certificate.empty());
  reader.texts("trusted_proxies", config.trusted_proxies);
  reader.number("io_threads", config.io_threads, 1, 64);
}

void read_hosts(Reader& reader, Config& config) {
  reader.enter("hosts");
  reader.text("log", config.log_host);
  reader.require("log", !config.log_host.empty());
  if (!config.log_host.empty() && !is_host(config.log_host)) {
    reader.refuse("log", "expected a lower-case host name");
  }
  reader.texts("labels", config.label_hosts);
  reader.require("labels", !config.label_hosts.empty());
  if (!std::all_of(config.label_hosts.begin(), config.label_hosts.end(), is_host)) {
    reader.refuse("labels", "expected lower-case host names");
  }
}

void read_labels(Reader& reader, Config& config) {
  reader.enter("labels");
  std::vector<std::string> printers;
  reader.texts("printers", printers);
  for (const std::string& text : printers) {
    auto printer = read_named_printer(text);
    const bool twice = printer && listed_printer(config.printers, printer->name).has_value();
    if (!printer) reader.refuse("printers", "expected \"NAME tcp://HOST:PORT\" or \"NAME /dev/…\"");
    if (twice) reader.refuse("printers", "a name stands there twice");
    if (printer) config.printers.push_back(std::move(*printer));
  }
}

void read_limits(Reader& reader, Limits& limits) {
  reader.enter("limits");
  reader.number("head_octets", limits.head_octets, 1024, 65536);
  reader.seconds("head_seconds", limits.head, 300);
  reader.seconds("body_seconds", limits.body, 3600);
  reader.seconds("answer_seconds", limits.answer, 300);
  reader.seconds("write_seconds", limits.write, 3600);
  reader.seconds("idle_seconds", limits.idle, 3600);
  reader.number("connections", limits.connections, 1, 1'000'000);
  reader.number("connections_per_peer", limits.connections_per_peer, 1, 1'000'000);
}

void read_reminders(Reader& reader, Config& config) {
  reader.enter("reminders");
  reader.text("smtp", config.smtp);
  if (!config.smtp.empty() && !config.smtp.starts_with("smtp://") &&
      !config.smtp.starts_with("smtps://")) {
    reader.refuse("smtp", "expected smtp://HOST:PORT or smtps://HOST:PORT");
  }
  reader.text("mail_from", config.mail_from);
  if (!config.mail_from.empty() && !parse_target(Channel::mail, config.mail_from)) {
    reader.refuse("mail_from", "expected a mail address");
  }
  reader.text("smtp_user", config.smtp_user);
  reader.text("smtp_password_file", config.smtp_password_file);
  reader.require("smtp_password_file",
                 config.smtp_user.empty() == config.smtp_password_file.empty());
  reader.number("digest_hour", config.digest_hour, 0, 23);
  for (const auto& [key, channel] :
       {std::pair("mail", Channel::mail), std::pair("webhooks", Channel::webhook)}) {
    std::vector<std::string> texts;
    reader.texts(key, texts);
    if (channel == Channel::mail && !texts.empty()) {
      reader.require("smtp", !config.smtp.empty());
      reader.require("mail_from", !config.mail_from.empty());
    }
    for (const std::string& text : texts) {
      auto target = parse_target(channel, text);
      if (!target) reader.refuse(key, "expected \"ADDRESS\" or \"org:ID ADDRESS\"");
      if (target) config.reminder_targets.push_back(std::move(*target));
    }
  }
}

void read_rest(Reader& reader, Config& config) {
  reader.enter("ledger");
  reader.number("admission_threads", config.admission_threads, 1, 64);
  reader.number("queue_length", config.queue_length, 1, 1'000'000);
  reader.size("memory", config.memory_bytes, std::uint64_t{32} << 20, std::uint64_t{1} << 40);
  reader.size("free_space_reserve", config.free_space_reserve_bytes, 0, std::uint64_t{1} << 50);
  reader.enter("blobs");
  reader.size("quota", config.blob_quota_bytes, std::uint64_t{10} << 20, std::uint64_t{1} << 50);
  reader.enter("witnesses");
  reader.text("policy", config.witness_policy);
  reader.enter("signals");
  reader.text("mode", config.signals);
  if (config.signals != "off" && config.signals != "shadow" && config.signals != "on") {
    reader.refuse("mode", "expected off, shadow or on");
  }
  reader.text("province_table", config.province_table);
  read_reminders(reader, config);
  reader.enter("logging");
  reader.text("level", config.log_level);
  constexpr std::array<std::string_view, 6> levels = {"trace",   "debug", "info",
                                                      "warning", "error", "off"};
  if (std::find(levels.begin(), levels.end(), config.log_level) == levels.end()) {
    reader.refuse("level", "expected trace, debug, info, warning, error or off");
  }
  reader.flag("access", config.access_log);
}

}  // namespace

std::optional<std::uint64_t> parse_size(std::string_view text) {
  constexpr std::string_view units = "KMG";
  unsigned shift = 0;
  if (!text.empty()) {
    const std::size_t unit = units.find(text.back());
    if (unit != std::string_view::npos) {
      shift = static_cast<unsigned>(unit + 1) * 10;
      text.remove_suffix(1);
    }
  }
  std::uint64_t count = 0;
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (ec != std::errc() || end != text.data() + text.size() ||
      count > (static_cast<std::uint64_t>(INT64_MAX) >> shift)) {
    return std::nullopt;
  }
  return count << shift;
}

ledger::Result<Config> parse_config(std::string_view text, std::string_view name) {
  toml::table root;
  try {
    root = toml::parse(text);
  } catch (const toml::parse_error& error) {
    return ledger::invalid(
        "config.syntax", {},
        fmt::format("{}:{}: {}", name, error.source().begin.line, error.description()));
  }
  Config config;
  Reader reader(root, name);
  reader.enter("");
  reader.text("data_directory", config.data_directory);
  reader.require("data_directory", !config.data_directory.empty());
  read_listen(reader, config);
  read_hosts(reader, config);
  read_labels(reader, config);
  read_limits(reader, config.limits);
  read_rest(reader, config);
  NGUON_CHECK(reader.finish());
  return config;
}

ledger::Result<Config> load_config(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (!file) {
    return ledger::Error{ledger::Errc::not_found, "config.file", {}, path + ": cannot be read"};
  }
  return parse_config(text, path);
}

}  // namespace nguon::server
