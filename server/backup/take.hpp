#pragma once

#include "ledger/base/result.hpp"
#include "ledger/log/anchor.hpp"
#include "server/backup/folder.hpp"
#include "server/control/hold.hpp"
#include "server/deployment/deployment.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace nguon::server {

struct BackupWishes {
  Places places;
  std::string passphrase;
  std::string
      config;         ///< nguon.toml to take along, with the witness policy it names; may be empty.
  bool last = false;  ///< The deployment ends here and goes on elsewhere.
  std::int64_t now = 0;  ///< Unix seconds.
  /// Octets looked at so far, and all.
  std::function<void(std::uint64_t, std::uint64_t)> progress = [](std::uint64_t, std::uint64_t) {};
};

struct Taken {
  Manifest manifest;
  std::uint64_t new_files = 0;
  std::uint64_t new_octets = 0;
  /// Photos that do not read as they were written, and are in no backup but perhaps an older one.
  std::uint64_t damaged_blobs = 0;
};

/// The database's files, held by the service that runs or, when nobody does, by this process. Read
/// the anchor before (server/deployment/anchored.hpp). With `alone` a service that runs is an
/// error: `backup.served`. Others: those of hold_served(), `store.*`; `backup.purging` when nobody
/// serves and an erasure is unfinished.
ledger::Result<std::unique_ptr<HeldFiles>> hold_files(const Places& places, bool alone = false);

/// Copies what the folder does not hold yet, proves the copy and publishes it. In this order, which
/// is what makes it safe: the anchor was read, the files are held, copied, synced and read back;
/// the copied database is opened, its root computed again and compared with the anchor, so that
/// nothing acknowledged before is missing; the service confirms that it held them all along; the
/// manifest takes head and root from the copy itself, so nothing in a backup is ahead of its
/// database; the keys are sealed over that manifest; and only then the backup gets its name.
/// Errors: `backup.*`, `keyring.*`, `store.*`, `control.*`.
ledger::Result<Taken> take_backup(BackupFolder& folder, HeldFiles& held,
                                  const std::optional<ledger::Anchor::Head>& anchored,
                                  const BackupWishes& wishes);

/// Reads every file of a backup again, opens the database they make and compares all with the
/// manifest. Errors: `backup.*`, `store.*`.
ledger::Result<void> check_backup(const BackupFolder& folder, const Manifest& manifest);

}  // namespace nguon::server
