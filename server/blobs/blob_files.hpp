#pragma once

#include "ledger/base/result.hpp"

#include <string>
#include <string_view>

namespace nguon::server {

/// Files of blobs. Every error is `blob.disk` (Errc::unavailable); its detail holds no file name,
/// because one is the hash of somebody's photo.
ledger::Error blob_disk_error(int error);

/// Makes the folder, mode 0700, and syncs its name; one that is there is well.
ledger::Result<void> make_blob_folder(const std::string& path);
ledger::Result<void> sync_blob_folder(const std::string& path);
/// Puts a file of these octets in the place of what is there, whole or not at all, and synced.
ledger::Result<void> replace_blob_file(const std::string& path, std::string_view octets);
/// Writes and syncs a piece at `from`, where the file ends.
ledger::Result<void> extend_blob_file(const std::string& path, std::uint64_t from,
                                      std::string_view piece);
/// The whole of a file of `size` octets.
ledger::Result<std::string> read_blob_file(const std::string& path, std::uint64_t size);

}  // namespace nguon::server
