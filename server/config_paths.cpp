#include "server/config_paths.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <toml++/toml.h>

#include <cstddef>
#include <optional>

namespace nguon::server {
namespace {

ledger::Error not_understood(std::string why) {
  return ledger::invalid("config.syntax", {}, std::move(why));
}

std::optional<toml::table> parse_toml(std::string_view text) {
  try {
    return toml::parse(text);
  } catch (const toml::parse_error&) {
    return std::nullopt;
  }
}

/// Where a position of toml++, which counts lines and in them code points from 1, lies in `text`.
std::size_t offset_of(std::string_view text, const toml::source_position& position) {
  std::size_t at = 0;
  for (toml::source_index line = 1; line < position.line; ++line) {
    at = text.find('\n', at) + 1;
  }
  const auto continues = [&](std::size_t octet) {
    return octet < text.size() && (static_cast<unsigned char>(text[octet]) & 0xc0) == 0x80;
  };
  for (toml::source_index column = 1; column < position.column; ++column) {
    ++at;
    while (continues(at)) ++at;
  }
  return at;
}

/// `text` with `value` where the string at the dotted `key` stands.
ledger::Result<std::string> with_string(std::string_view text, const std::string& key,
                                        const std::string& value) {
  auto root = parse_toml(text);
  if (!root) return not_understood("no TOML");
  const auto found = root->at_path(key);
  if (!found.is_string()) return std::string(text);
  const toml::source_region region = found.node()->source();
  const std::size_t begin = offset_of(text, region.begin);
  const std::size_t end = offset_of(text, region.end);
  if (begin > end || end > text.size()) return not_understood(key);
  // A string of JSON is a basic string of TOML.
  std::string changed(text.substr(0, begin));
  changed += boost::json::serialize(boost::json::string(value));
  changed += text.substr(end);
  // The places above are another's word: nothing but this value may have changed.
  const auto again = parse_toml(changed);
  found.as_string()->get() = value;
  if (!again || *again != *root) return not_understood(key);
  return changed;
}

}  // namespace

ledger::Result<SettledConfig> settle_config(std::string_view text,
                                            const std::string& data_directory,
                                            const std::string& witness_policy) {
  SettledConfig settled;
  NGUON_TRY(settled.text, with_string(text, "data_directory", data_directory));
  if (!witness_policy.empty()) {
    NGUON_TRY(settled.text, with_string(settled.text, "witnesses.policy", witness_policy));
  }
  const auto root = parse_toml(settled.text);
  if (!root) return not_understood("no TOML");
  for (const char* key : {"listen.tls_certificate", "listen.tls_key"}) {
    if (const auto file = root->at_path(key).value<std::string>()) settled.outside.push_back(*file);
  }
  return settled;
}

}  // namespace nguon::server
