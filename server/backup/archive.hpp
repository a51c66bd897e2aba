#pragma once

#include "server/backup/folder.hpp"
#include "server/backup/source.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace nguon::server {

/// Packs one backup of a folder into one file, a tar (FORMAT.md "Backup"), then reads it again and
/// compares every file with the manifest; only then, and once `before_named` has returned well, it
/// gets its name. Errors: `backup.exists` when `path` is there, `backup.write`, `backup.verify`,
/// `backup.*`, and what `before_named` returns.
ledger::Result<void> write_archive(const BackupFolder& folder, const Manifest& manifest,
                                   const std::string& path,
                                   const std::function<ledger::Result<void>()>& before_named);

/// A backup read from such a file. Errors: `backup.archive` when it is none.
ledger::Result<std::unique_ptr<BackupSource>> source_in_archive(const std::string& path);

}  // namespace nguon::server
