#pragma once

#include "ledger/base/result.hpp"

#include <string>
#include <string_view>

namespace nguon::server {

/// The whole of a file of at most 1 MiB. Error `file.read` (Errc::unavailable) names the path.
ledger::Result<std::string> read_file(const std::string& path);

/// Writes a new file, synced, with mode 0644. Error `file.write` (Errc::unavailable), also when it
/// exists: nothing is ever overwritten.
ledger::Result<void> write_new_file(const std::string& path, std::string_view octets);

/// The ending of a file that is being written: half of one, or left over by a run that was killed.
inline constexpr std::string_view unfinished_ending = ".part";

/// The same with mode 0600, for keys. It gets its name once its octets are synced: a key that is
/// there is whole. Killed before, `<path>.part` may remain, which nothing reads and the next writer
/// takes over.
ledger::Result<void> write_new_secret(const std::string& path, std::string_view octets);

/// read_file() for keys: `file.mode` (Errc::unavailable) when group or others may read it.
ledger::Result<std::string> read_secret(const std::string& path);

bool file_exists(const std::string& path);

/// Creates the directory and its parents where missing. Error `file.write`.
ledger::Result<void> make_directory(const std::string& path, unsigned mode = 0755);

}  // namespace nguon::server
