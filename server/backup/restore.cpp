#include "server/backup/restore.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/keys/key.hpp"
#include "ledger/keys/passphrase.hpp"
#include "ledger/log/start.hpp"
#include "server/backup/blobs.hpp"
#include "server/backup/secrets.hpp"
#include "server/config_paths.hpp"
#include "server/deployment/files.hpp"
#include "server/deployment/marks.hpp"
#include "server/deployment/notebook.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace nguon::server {
namespace {

namespace fs = std::filesystem;

class FolderSource final : public BackupSource {
 public:
  FolderSource(const BackupFolder& folder, std::uint64_t number)
      : folder_(folder), number_(number) {}
  ledger::Result<Backup> backup() override { return folder_.read(number_); }
  ledger::Result<void> files(const Manifest& manifest, const Visit& visit) override {
    std::set<std::string> seen;
    for (const BackupFile& file : manifest.files) {
      if (!seen.insert(std::string(file.sha256.view())).second) continue;
      const Feed feed = [&](const TakePiece& take) {
        return read_pieces(folder_.path_of(file.sha256), file.size, take);
      };
      NGUON_CHECK(visit(file.sha256, feed));
    }
    return {};
  }

 private:
  const BackupFolder& folder_;
  const std::uint64_t number_;
};

ledger::Error io_failure(const std::string& path, const std::error_code& error) {
  return {ledger::Errc::unavailable, "file.write", {}, path + ": " + error.message()};
}

/// The folder is there, empty but for the mark.
ledger::Result<void> begin_restore(const Places& to) {
  const Marks marks{to.data};
  std::error_code error;
  const bool redo = file_exists(marks.incomplete());
  if (!redo && file_exists(to.data) && !fs::is_empty(to.data, error)) {
    return ledger::Error{ledger::Errc::conflict, "restore.exists", {}, to.data};
  }
  NGUON_CHECK(make_directory(to.data, 0700));
  if (!redo) {
    NGUON_CHECK(write_new_file(marks.incomplete(), "nguon restore\n"));
    NGUON_CHECK(sync_folder(to.data));
  }
  for (const auto& left : fs::directory_iterator(to.data, error)) {
    if (left.path() == fs::path(marks.incomplete())) continue;
    fs::remove_all(left.path(), error);
    if (error) return io_failure(left.path(), error);
  }
  NGUON_CHECK(make_directory(to.database(), 0700));
  NGUON_CHECK(make_directory(notes_folder(to.data), 0700));
  return make_directory(to.data + "/config", 0700);
}

/// Writes every file to each of its places, hashed on the way and read back.
ledger::Result<void> write_files(BackupSource& source, const Manifest& manifest,
                                 const RestoreWishes& wishes) {
  std::multimap<std::string, const BackupFile*> wanted;
  std::uint64_t all = 0;
  for (const BackupFile& file : manifest.files) {
    wanted.emplace(file.sha256.view(), &file);
    all += file.size;
  }
  std::uint64_t done = 0;
  const auto visit = [&](const ledger::Hash& named,
                         const BackupSource::Feed& feed) -> ledger::Result<void> {
    const auto [first, last] = wanted.equal_range(std::string(named.view()));
    std::vector<NewFile> places;
    for (auto at = first; at != last; ++at) {
      NGUON_TRY(auto file, NewFile::create(wishes.to.data + '/' + at->second->name));
      places.push_back(std::move(file));
    }
    const TakePiece take = [&](std::string_view piece) -> ledger::Result<void> {
      for (NewFile& file : places) {
        NGUON_CHECK(file.append(piece));
      }
      wishes.progress(done += piece.size() * places.size(), all);
      return {};
    };
    NGUON_CHECK(feed(take));
    for (NewFile& file : places) {
      NGUON_TRY(const ledger::Hash found, file.finish());
      if (found != named) {
        return ledger::Error{ledger::Errc::corrupt, "backup.file", {}, first->second->name};
      }
    }
    wanted.erase(first, last);
    return {};
  };
  NGUON_CHECK(begin_blobs(manifest, wishes.to.data));
  NGUON_CHECK(source.files(manifest, visit));
  if (!wanted.empty()) {
    return ledger::Error{
        ledger::Errc::corrupt, "backup.file", {}, wanted.begin()->second->name + " is missing"};
  }
  NGUON_CHECK(settle_blobs(manifest, wishes.to.data));
  NGUON_CHECK(sync_folder(wishes.to.database()));
  NGUON_CHECK(sync_folder(notes_folder(wishes.to.data)));
  return sync_folder(wishes.to.data + "/config");
}

/// The configuration speaks of the folder it lies in now: with the old paths a start would open, or
/// be refused by, what another host had there.
ledger::Result<void> settle_restored_config(const Places& to, Restored& restored) {
  std::error_code error;
  const fs::path data = fs::absolute(to.data, error).lexically_normal();
  if (error) return io_failure(to.data, error);
  const std::string folder = (data / "config").string();
  const std::string path = folder + "/nguon.toml";
  if (!file_exists(path)) return {};
  const std::string policy = folder + "/witnesses.policy";
  NGUON_TRY(const std::string text, read_file(path));
  NGUON_TRY(auto settled,
            settle_config(text, data.string(), file_exists(policy) ? policy : std::string()));
  NGUON_TRY(NewFile file, NewFile::create(path));
  NGUON_CHECK(file.append(settled.text));
  NGUON_CHECK(file.finish());
  restored.config = path;
  restored.outside = std::move(settled.outside);
  return {};
}

ledger::Result<Inspected> open_restored(const Manifest& manifest, const Places& to) {
  NGUON_TRY(auto found, inspect_database(to.database()));
  if (found.head == ledger::TreeHead{manifest.size, manifest.root} &&
      found.deployment == manifest.deployment && found.origin == manifest.origin) {
    return found;
  }
  return ledger::Error{ledger::Errc::corrupt,
                       "backup.head",
                       {},
                       "manifest " + ledger::show({manifest.size, manifest.root}) + ", database " +
                           ledger::show(found.head)};
}

ledger::Error other_history(std::string detail) {
  return {ledger::Errc::corrupt, "restore.apart", {}, std::move(detail)};
}

/// What was signed beyond this copy stays written down beside it.
ledger::Result<void> settle_heads(const Inspected& database, const RestoreWishes& wishes,
                                  Restored& restored) {
  ledger::Anchor::Head highest{database.head.size, database.head.root};
  if (wishes.surviving) {
    NGUON_TRY(const Standing standing, compare(database, *wishes.surviving));
    if (standing == Standing::apart) {
      return other_history("database " + ledger::show(database.head) + ", anchor " +
                           ledger::show({wishes.surviving->size, wishes.surviving->root}));
    }
    if (standing == Standing::ahead) highest = *wishes.surviving;
  }
  restored.signed_size = highest.size;
  if (wishes.ask_witnesses && !wishes.read_only) {
    NGUON_TRY(restored.witnesses, wishes.ask_witnesses(database, wishes.to.keys()));
    const WitnessWord& word = restored.witnesses;
    if (!word.apart.empty()) {
      return other_history("database " + ledger::show(database.head) + ", witness " + word.apart +
                           " has cosigned another tree");
    }
    if (word.asked > 0 && word.answered == 0) {
      return ledger::Error{ledger::Errc::unavailable, "restore.witnesses", {}, {}};
    }
    if (word.ahead > database.head.size) {
      restored.signed_size = std::max(restored.signed_size, word.ahead);
      NGUON_CHECK(
          write_new_file(Marks{wishes.to.data}.behind(), std::to_string(word.ahead) + '\n'));
    }
  }
  restored.behind = restored.signed_size > database.head.size;
  NGUON_TRY(const auto anchor, ledger::FileAnchor::open(wishes.to.anchor()));
  return anchor->write(highest);
}

}  // namespace

std::unique_ptr<BackupSource> source_in(const BackupFolder& folder, std::uint64_t number) {
  return std::make_unique<FolderSource>(folder, number);
}

ledger::Result<Restored> restore_backup(BackupSource& source, const RestoreWishes& wishes) {
  Restored restored;
  NGUON_TRY(const Backup backup, source.backup());
  NGUON_TRY(restored.manifest, parse_manifest(backup.text));
  std::string keys;
  if (wishes.passphrase) {
    NGUON_TRY(keys, ledger::open_with_passphrase(*wishes.passphrase, backup.box, backup.text));
  }
  NGUON_CHECK(begin_restore(wishes.to));
  NGUON_CHECK(write_files(source, restored.manifest, wishes));
  const Marks marks{wishes.to.data};
  if (wishes.read_only) {
    NGUON_CHECK(write_new_file(marks.read_only(), "nguon restore --read-only\n"));
  } else {
    const auto written = unpack_keys(keys, wishes.to.keys());
    ledger::wipe(keys);
    if (!written) return written.error();
    NGUON_CHECK(sync_folder(wishes.to.keys()));
    NGUON_CHECK(settle_restored_config(wishes.to, restored));
  }
  {
    NGUON_TRY(const Inspected database, open_restored(restored.manifest, wishes.to));
    NGUON_CHECK(settle_heads(database, wishes, restored));
  }
  // All of it is on the disk, and what forbids signing too, before the mark goes.
  NGUON_CHECK(sync_folder(wishes.to.data));
  std::error_code error;
  fs::remove(marks.incomplete(), error);
  if (error) return io_failure(marks.incomplete(), error);
  NGUON_CHECK(sync_folder(wishes.to.data));
  return restored;
}

}  // namespace nguon::server
