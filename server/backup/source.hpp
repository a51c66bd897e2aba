#pragma once

#include "server/backup/copying.hpp"
#include "server/backup/manifest.hpp"

#include <functional>

namespace nguon::server {

/// Where a backup is read from: a folder of backups, or one archive.
class BackupSource {
 public:
  virtual ~BackupSource() = default;
  /// Errors: `backup.*`.
  virtual ledger::Result<Backup> backup() = 0;
  /// Gives the octets of a file to whoever takes them, once. Errors: `backup.*`, those of `take`.
  using Feed = std::function<ledger::Result<void>(const TakePiece& take)>;
  /// Every file the manifest names, once for each SHA-256, in any order; none of them is believed
  /// before it is hashed. Errors: those of `visit`, `backup.*`.
  using Visit = std::function<ledger::Result<void>(const ledger::Hash& named, const Feed& feed)>;
  virtual ledger::Result<void> files(const Manifest& manifest, const Visit& visit) = 0;
};

}  // namespace nguon::server
