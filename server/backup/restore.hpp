#pragma once

#include "ledger/base/result.hpp"
#include "ledger/log/anchor.hpp"
#include "ledger/log/note.hpp"
#include "server/backup/folder.hpp"
#include "server/backup/inspect.hpp"
#include "server/backup/source.hpp"
#include "server/deployment/deployment.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nguon::server {

/// One backup of a folder as a source. `folder` outlives it.
std::unique_ptr<BackupSource> source_in(const BackupFolder& folder, std::uint64_t number);

/// What the witnesses of a policy say to the head of a restored database.
struct WitnessWord {
  std::size_t asked = 0, answered = 0;
  std::uint64_t ahead = 0;  ///< Greatest size that one has cosigned beyond ours; 0: none.
  std::string apart;        ///< Name of one that has cosigned another tree; empty: none.
};

struct RestoreWishes {
  Places to;
  /// None: nobody's keys are opened, and whether the manifest is the service's own is not known.
  std::optional<std::string> passphrase;
  bool read_only = false;                         ///< No keys are written; needs no passphrase.
  std::optional<ledger::Anchor::Head> surviving;  ///< Of an anchor file that outlived the database.
  /// Asks them about the restored head, offering a checkpoint of it signed by the log key in
  /// `keys`; absent: nobody is asked.
  std::function<ledger::Result<WitnessWord>(const Inspected& database, const std::string& keys)>
      ask_witnesses;
  std::function<void(std::uint64_t, std::uint64_t)> progress = [](std::uint64_t, std::uint64_t) {};
};

struct Restored {
  Manifest manifest;
  WitnessWord witnesses;
  /// More was signed than the copy holds, by the anchor or by a witness: it will not start before
  /// it is refilled.
  bool behind = false;
  std::uint64_t signed_size = 0;  ///< With `behind`: how many entries were signed, at least.
  std::string config;  ///< Path of the restored nguon.toml; empty: the backup holds none.
  /// Files it names that no backup holds (SettledConfig).
  std::vector<std::string> outside;
};

/// Restores into a folder that is new, empty, or left by an interrupted restore. Until all is done
/// the folder is marked, and nothing starts on it; every file is hashed as it is written and read
/// back, and the database is opened and its root computed again. Then, before anything may sign:
/// the surviving anchor and the witnesses. When they know more, the folder keeps that knowledge
/// (the anchor itself, or the mark `behind`), so that the ordinary start refuses and `nguon
/// recover` refills. A configuration that came along names this folder's paths afterwards. Errors:
/// `restore.exists`; `restore.apart` (Errc::corrupt) when anchor or witness show another history;
/// `restore.witnesses` when none answered; `passphrase.box`, `backup.*`, `store.*`, `file.*`.
ledger::Result<Restored> restore_backup(BackupSource& source, const RestoreWishes& wishes);

}  // namespace nguon::server
