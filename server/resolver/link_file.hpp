#pragma once

#include "ledger/base/result.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace nguon::server {

/// Where a deployment's links lie, below its data directory: beside what else it has to remember.
inline std::string links_file(const std::string& data) { return data + "/notes/links.json"; }

/// The whole file; absent when there is none. Errors: `file.read`; `links.file` when it is larger than
/// any that is written here.
ledger::Result<std::optional<std::string>> read_links(const std::string& path);

/// Puts `text` in the place of what is there, whole or not at all. Errors: `file.write`; also when
/// another command is at it.
ledger::Result<void> write_links(const std::string& path, std::string_view text);

}  // namespace nguon::server
