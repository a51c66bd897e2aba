#pragma once

#include "ledger/base/hash.hpp"
#include "ledger/base/result.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace nguon::server {

/// Called with each piece of a file; an Error ends the reading.
using TakePiece = std::function<ledger::Result<void>(std::string_view piece)>;

/// Reads the first `size` octets of `path`, a piece at a time. Errors: `backup.read` when it cannot
/// be read, `backup.short` (Errc::corrupt) when it is shorter; those of `take`.
ledger::Result<void> read_pieces(const std::string& path, std::uint64_t size,
                                 const TakePiece& take);

/// A file being written: new, mode 0600, hashed on the way. Its octets go to the disk as they come,
/// so that syncing it never holds up whoever else syncs there. Not finished: it stays as it is.
class NewFile {
 public:
  /// Writes over what an interrupted run may have left at `path`. Errors: `backup.write`.
  static ledger::Result<NewFile> create(const std::string& path);
  NewFile(NewFile&& other) noexcept;
  NewFile& operator=(NewFile&&) = delete;
  ~NewFile();

  /// Errors: `backup.write`.
  ledger::Result<void> append(std::string_view octets);
  /// Syncs, then reads the file again from the disk: the SHA-256 of what was given. Errors:
  /// `backup.write`; `backup.verify` (Errc::corrupt) when it reads otherwise than it was written.
  ledger::Result<ledger::Hash> finish();

 private:
  struct Parts;
  explicit NewFile(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

/// SHA-256 of the whole file. Errors: `backup.read`, `backup.short` unless it has `size` octets.
ledger::Result<ledger::Hash> hash_file(const std::string& path, std::uint64_t size);

/// Syncs the names in a folder. Errors: `backup.write`.
ledger::Result<void> sync_folder(const std::string& path);

/// Writes `octets` to `path` so that after a crash there is the whole of it or nothing, by a file
/// beside it that is renamed. Errors: those of NewFile; `backup.exists` when `path` is there.
ledger::Result<void> publish_file(const std::string& path, std::string_view octets);

}  // namespace nguon::server
