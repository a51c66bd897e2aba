#include "server/backup/take.hpp"

#include "ledger/keys/passphrase.hpp"
#include "ledger/log/start.hpp"
#include "ledger/store/keys.hpp"
#include "ledger/store/rocks_store.hpp"
#include "server/backup/blobs.hpp"
#include "server/backup/copying.hpp"
#include "server/backup/inspect.hpp"
#include "server/backup/secrets.hpp"
#include "server/config.hpp"
#include "server/deployment/files.hpp"
#include "server/deployment/notebook.hpp"
#include "server/deployment/temporary_folder.hpp"
#include "server/resolver/link_file.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <utility>

namespace nguon::server {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view database_folder = "database/";
constexpr std::chrono::milliseconds nobody_waits{0};

/// Files that this process holds, having opened the database itself.
class OwnFiles final : public HeldFiles {
 public:
  OwnFiles(std::unique_ptr<ledger::Store> store, std::unique_ptr<ledger::FrozenFiles> frozen)
      : store_(std::move(store)), frozen_(std::move(frozen)) {}
  const std::vector<ledger::FrozenFile>& files() const override { return frozen_->files(); }
  ledger::Result<void> release() override { return {}; }

 private:
  const std::unique_ptr<ledger::Store> store_;
  const std::unique_ptr<ledger::FrozenFiles> frozen_;
};

/// The files of a backup under the names they have in a database: a folder of links.
ledger::Result<std::unique_ptr<TemporaryFolder>> linked_database(
    const BackupFolder& folder, const std::vector<BackupFile>& files) {
  NGUON_TRY(auto made, TemporaryFolder::make("backup"));
  std::error_code error;
  for (const BackupFile& file : files) {
    if (!file.name.starts_with(database_folder)) continue;
    fs::create_symlink(fs::absolute(folder.path_of(file.sha256), error),
                       made->path() + '/' + file.name.substr(database_folder.size()), error);
    if (error) {
      return ledger::Error{
          ledger::Errc::unavailable, "backup.write", {}, made->path() + ": " + error.message()};
    }
  }
  return made;
}

/// Brings the files of one backup into a folder.
class Collector {
 public:
  Collector(BackupFolder& folder, const std::vector<Manifest>& earlier) : folder_(folder) {
    for (const Manifest& backup : earlier) {
      for (const BackupFile& file : backup.files) {
        if (!file.identity.empty()) known_.insert_or_assign(file.identity, file);
      }
    }
  }

  ledger::Result<void> take(const std::string& name, const ledger::FrozenFile& file,
                            const std::string& path) {
    BackupFile taken{name, file.size, {}, file.identity};
    const auto known = known_.find(file.identity);
    if (known != known_.end() && known->second.size == file.size &&
        folder_.holds(known->second.sha256, file.size)) {
      taken.sha256 = known->second.sha256;
    } else {
      NGUON_TRY(taken.sha256, folder_.add([&](const BackupFolder::Append& append) {
        return file.content.empty() ? read_pieces(path, file.size, append) : append(file.content);
      }));
      ++new_files;
      new_octets += file.size;
    }
    files.push_back(std::move(taken));
    return {};
  }

  std::vector<BackupFile> files;
  std::uint64_t new_files = 0;
  std::uint64_t new_octets = 0;

 private:
  BackupFolder& folder_;
  std::map<std::string, BackupFile> known_;  // By identity.
};

ledger::Result<void> take_small(Collector& collector, const std::string& name,
                                const std::string& path) {
  NGUON_TRY(const std::string text, read_file(path));
  return collector.take(name, {name, text.size(), {}, text}, path);
}

ledger::Result<void> take_config(Collector& collector, const std::string& path) {
  if (path.empty()) return {};
  NGUON_TRY(const Config config, load_config(path));
  NGUON_CHECK(take_small(collector, "config/nguon.toml", path));
  if (config.witness_policy.empty()) return {};
  return take_small(collector, "config/witnesses.policy", config.witness_policy);
}

/// Notebooks as long as they are now: what is added meanwhile is the next backup's, and a line that
/// is cut in two is taken off when the copy is opened. Links whole, as they were when they were read.
ledger::Result<void> take_notes(Collector& collector, const std::string& data) {
  const std::string folder = notes_folder(data);
  std::error_code error;
  std::vector<fs::path> notes;
  for (const auto& file : fs::directory_iterator(folder, error)) {
    if (file.is_regular_file() && file.path().extension() == ".notebook") notes.push_back(file);
  }
  std::sort(notes.begin(), notes.end());
  for (const auto& note : notes) {
    const std::string name = "notes/" + note.filename().string();
    const std::uint64_t size = fs::file_size(note, error);
    if (error) return ledger::Error{ledger::Errc::unavailable, "backup.read", {}, name};
    NGUON_CHECK(collector.take(name, {name, size, {}, {}}, note.string()));
  }
  NGUON_TRY(const auto links, read_links(links_file(data)));
  if (!links) return {};
  return collector.take("notes/links.json", {"notes/links.json", links->size(), {}, *links}, {});
}

/// What the copied files say, held against what was anchored before they were.
ledger::Result<void> prove_copy(const BackupFolder& folder, Manifest& manifest,
                                const std::optional<ledger::Anchor::Head>& anchored) {
  NGUON_TRY(const auto linked, linked_database(folder, manifest.files));
  NGUON_TRY(const Inspected found, inspect_database(linked->path()));
  manifest.deployment = found.deployment;
  manifest.origin = found.origin;
  manifest.size = found.head.size;
  manifest.root = found.head.root;
  manifest.store_format = ledger::store_format;
  if (!anchored) return {};
  NGUON_TRY(const Standing standing, compare(found, *anchored));
  if (standing == Standing::covered) return {};
  return ledger::Error{ledger::Errc::corrupt,
                       "backup.behind-anchor",
                       {},
                       "database " + ledger::show(found.head) + ", anchor " +
                           ledger::show({anchored->size, anchored->root})};
}

}  // namespace

ledger::Result<std::unique_ptr<HeldFiles>> hold_files(const Places& places, bool alone) {
  if (!file_exists(places.database())) {
    return ledger::Error{ledger::Errc::not_found, "start.not-initialised", {}, places.data};
  }
  NGUON_TRY(auto served, hold_served(places.data));
  if (served && alone) {
    return ledger::Error{ledger::Errc::conflict, "backup.served", {}, places.data};
  }
  if (served) return served;
  NGUON_TRY(auto store, ledger::open_rocks_store(places.database()));
  bool purging = false;
  const std::string due = ledger::keys::purge_due(0, {});
  NGUON_CHECK(store->scan(ledger::Family::private_values, due, ledger::keys::after(due),
                          [&](auto, auto) { return !(purging = true); }));
  if (purging) {
    return ledger::Error{ledger::Errc::unavailable, "backup.purging", {}, places.data};
  }
  NGUON_TRY(auto frozen, store->freeze(nobody_waits));
  return std::unique_ptr<HeldFiles>(
      std::make_unique<OwnFiles>(std::move(store), std::move(frozen)));
}

ledger::Result<Taken> take_backup(BackupFolder& folder, HeldFiles& held,
                                  const std::optional<ledger::Anchor::Head>& anchored,
                                  const BackupWishes& wishes) {
  NGUON_TRY(const auto listing, folder.list());
  Collector collector(folder, listing.backups);
  std::uint64_t all = 0;
  std::uint64_t done = 0;
  for (const auto& file : held.files()) all += file.size;
  for (const auto& file : held.files()) {
    NGUON_CHECK(collector.take(std::string(database_folder) + file.name, file,
                               wishes.places.database() + '/' + file.name));
    wishes.progress(done += file.size, all);
  }
  NGUON_CHECK(take_config(collector, wishes.config));
  NGUON_CHECK(take_notes(collector, wishes.places.data));
  // After the database was held: what it names and had arrived by then is among these.
  NGUON_TRY(auto blobs, take_blobs(folder, wishes.places.blobs()));
  std::ranges::move(blobs.files, std::back_inserter(collector.files));
  Taken taken;
  Manifest& manifest = taken.manifest;
  manifest.number = listing.backups.empty() ? 1 : listing.backups.back().number + 1;
  manifest.taken = wishes.now;
  manifest.last = wishes.last;
  manifest.files = std::move(collector.files);
  NGUON_CHECK(prove_copy(folder, manifest, anchored));
  if (!listing.backups.empty() && listing.backups.back().deployment != manifest.deployment) {
    return ledger::Error{ledger::Errc::conflict, "backup.deployment", {}, folder.path()};
  }
  NGUON_CHECK(held.release());
  Backup backup{format_manifest(manifest), {}};
  NGUON_TRY(std::string keys, pack_keys(wishes.places.keys()));
  backup.box = ledger::seal_with_passphrase(wishes.passphrase, keys, backup.text);
  ledger::wipe(keys);
  NGUON_CHECK(folder.publish(manifest.number, backup));
  taken.new_files = collector.new_files + blobs.new_files;
  taken.new_octets = collector.new_octets + blobs.new_octets;
  taken.damaged_blobs = blobs.damaged;
  return taken;
}

ledger::Result<void> check_backup(const BackupFolder& folder, const Manifest& manifest) {
  for (const BackupFile& file : manifest.files) {
    NGUON_TRY(const ledger::Hash found, hash_file(folder.path_of(file.sha256), file.size));
    if (found == file.sha256) continue;
    return ledger::Error{ledger::Errc::corrupt, "backup.file", {}, file.name};
  }
  Manifest again = manifest;
  NGUON_CHECK(prove_copy(folder, again, ledger::Anchor::Head{manifest.size, manifest.root}));
  if (again == manifest) return {};
  return ledger::Error{ledger::Errc::corrupt, "backup.head", {}, manifest.origin};
}

}  // namespace nguon::server
