#pragma once

#include "ledger/base/hash.hpp"
#include "ledger/base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::server {

inline constexpr std::size_t max_backup_files = 65'000;
inline constexpr std::size_t max_backup_blobs = 400'000;
inline constexpr std::size_t max_manifest_size = 128 << 20;
inline constexpr std::size_t max_box_size = 1 << 20;

/// One file of a backup.
struct BackupFile {
  std::string name;  ///< Where a restore puts it, below the data directory: `database/000012.sst`.
  std::uint64_t size = 0;
  ledger::Hash sha256;
  std::string identity;  ///< Of a table (ledger/store/frozen_files.hpp); empty for the rest.
  /// Of a photo or document, whose name is then `blobs/kept/<org>/<sha256>/octets`: the file
  /// `about` beside it (server/blobs/blob_about.hpp). Empty for the rest.
  std::string about = {};

  bool operator==(const BackupFile&) const = default;
};

/// What one backup holds (FORMAT.md "Backup"). Size and root are read from the copied files, and
/// the root is computed again from them, before this is written.
struct Manifest {
  std::uint64_t number = 0;  ///< 1, 2, …: its name in its folder.
  std::int64_t taken = 0;    ///< Unix seconds by the clock of the machine that took it.
  std::string deployment;    ///< Entry id of index 0.
  std::string origin;        ///< `<log host>/log/<n>`.
  std::uint64_t size = 0;    ///< Of the log in the copied database.
  ledger::Hash root;
  int store_format = 0;
  /// The deployment was closed for good with this copy: nothing was signed after it.
  bool last = false;
  std::vector<BackupFile> files;

  bool operator==(const Manifest&) const = default;
};

/// A manifest and the secrets that go with it. The box is sealed by the passphrase over the
/// manifest's own text, so whoever opens it knows that nobody has changed the manifest.
struct Backup {
  std::string text;  ///< The manifest as it stands.
  std::string box;   ///< Octets of a passphrase box.
};

/// The manifest's one line, without LF.
std::string format_manifest(const Manifest& manifest);
/// Errors: `backup.manifest` with the field; never more than max_backup_files.
ledger::Result<Manifest> parse_manifest(std::string_view text);

/// The whole file of a backup. Errors of the second: `backup.manifest`.
std::string format_backup(const Backup& backup);
ledger::Result<Backup> parse_backup(std::string_view octets);

}  // namespace nguon::server
