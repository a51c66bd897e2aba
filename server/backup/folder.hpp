#pragma once

#include "ledger/base/descriptor.hpp"
#include "server/backup/manifest.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nguon::server {

/// A folder of backups (FORMAT.md "Backup"): `<number>.backup` for each, and in `files/` every
/// file that any of them holds, once, under its SHA-256. A backup is there when its `.backup` is;
/// all else is left from an interrupted run. Not thread-safe; one process writes at a time.
class BackupFolder {
 public:
  /// Makes what is missing and locks it against other writers and readers. Errors:
  /// `backup.folder-busy` (Errc::too_busy), `backup.write`.
  static ledger::Result<std::unique_ptr<BackupFolder>> for_writing(const std::string& path);
  /// Several may read. Errors: `backup.folder-busy`, `backup.read`.
  static ledger::Result<std::unique_ptr<BackupFolder>> for_reading(const std::string& path);

  struct Listing {
    std::vector<Manifest> backups;     ///< Oldest first, by number.
    std::vector<std::string> damaged;  ///< Names of `.backup` files that cannot be read.
  };
  ledger::Result<Listing> list() const;
  /// Errors: `backup.not-found`, `backup.read`, `backup.manifest`.
  ledger::Result<Backup> read(std::uint64_t number) const;
  /// Where a file with this SHA-256 is kept.
  std::string path_of(const ledger::Hash& sha256) const;
  bool holds(const ledger::Hash& sha256, std::uint64_t size) const;

  /// Brings a file in; `feed` is given where to put its pieces. Synced, read back and compared.
  /// Errors: those of NewFile and of `feed`.
  using Append = std::function<ledger::Result<void>(std::string_view piece)>;
  ledger::Result<ledger::Hash> add(
      const std::function<ledger::Result<void>(const Append& append)>& feed);
  /// From here on the backup is there. Its files were added and are synced, their names too.
  ledger::Result<void> publish(std::uint64_t number, const Backup& backup);

  /// Takes a backup away; its files go with the next sweep().
  ledger::Result<void> remove(std::uint64_t number);
  /// Deletes what an interrupted run left and every file that no backup holds; how many. Nothing
  /// while some `.backup` is damaged: its files may be all that is left of it.
  ledger::Result<std::uint64_t> sweep();

  const std::string& path() const { return path_; }

 private:
  BackupFolder(std::string path, int lock) : path_(std::move(path)), lock_(lock) {}
  static ledger::Result<std::unique_ptr<BackupFolder>> open(const std::string& path, int how);
  std::string name_of(std::uint64_t number) const;

  const std::string path_;
  const ledger::Descriptor lock_;
};

/// Which backups go by the operator's wishes, in a listing oldest first: all but the newest `keep`,
/// and those taken more than `days` days before `now`. The newest always stays.
std::vector<std::uint64_t> outlived(const std::vector<Manifest>& backups,
                                    std::optional<std::uint64_t> keep,
                                    std::optional<std::uint64_t> days, std::int64_t now);

}  // namespace nguon::server
