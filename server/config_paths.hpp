#pragma once

#include "ledger/base/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace nguon::server {

/// An `nguon.toml` that came with its data directory from elsewhere.
struct SettledConfig {
  std::string text;
  /// Files that it still names where they were: the certificate and its key, which no backup holds.
  std::vector<std::string> outside;
};

/// `text` with the absolute path `data_directory` and, unless empty, `witness_policy` in place of
/// the paths it names; all else, comments too, octet for octet as it was. A key that is not there
/// is not added. Error `config.syntax`.
ledger::Result<SettledConfig> settle_config(std::string_view text,
                                            const std::string& data_directory,
                                            const std::string& witness_policy);

}  // namespace nguon::server
