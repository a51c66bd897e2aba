#include "server/backup/folder.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/base/decimal.hpp"
#include "ledger/base/json.hpp"
#include "server/backup/copying.hpp"
#include "server/deployment/files.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <set>
#include <utility>

namespace nguon::server {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view backup_ending = ".backup";
constexpr std::string_view incoming_name = "incoming_name.new";
constexpr std::uint64_t max_backup_size = max_manifest_size + max_box_size * 2;
constexpr std::int64_t day_seconds = 86'400;

ledger::Error folder_failed(const char* rule, const std::string& path, int error) {
  return {ledger::Errc::unavailable, rule, {}, path + ": " + std::strerror(error)};
}

std::optional<std::uint64_t> number_of(std::string_view name) {
  if (!name.ends_with(backup_ending)) return std::nullopt;
  name.remove_suffix(backup_ending.size());
  return ledger::parse_decimal(name, ledger::max_safe_integer);
}

ledger::Result<std::vector<std::string>> names_in(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    names.push_back(at->path().filename());
  }
  if (error) return folder_failed("backup.read", folder, error.value());
  std::sort(names.begin(), names.end());
  return names;
}

ledger::Result<void> unlink_file(const std::string& path) {
  std::error_code error;
  fs::remove(path, error);
  if (error) return folder_failed("backup.write", path, error.value());
  return {};
}

}  // namespace

ledger::Result<std::unique_ptr<BackupFolder>> BackupFolder::open(const std::string& path, int how) {
  const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return folder_failed("backup.read", path, errno);
  std::unique_ptr<BackupFolder> made(new BackupFolder(path, folder));
  if (::flock(folder, how | LOCK_NB) != 0) {
    return ledger::Error{ledger::Errc::too_busy, "backup.folder-busy", {}, path};
  }
  return made;
}

ledger::Result<std::unique_ptr<BackupFolder>> BackupFolder::for_writing(const std::string& path) {
  NGUON_CHECK(make_directory(path, 0700));
  NGUON_CHECK(make_directory(path + "/files", 0700));
  return open(path, LOCK_EX);
}

ledger::Result<std::unique_ptr<BackupFolder>> BackupFolder::for_reading(const std::string& path) {
  return open(path, LOCK_SH);
}

std::string BackupFolder::name_of(std::uint64_t number) const {
  return path_ + '/' + std::to_string(number) + std::string(backup_ending);
}

std::string BackupFolder::path_of(const ledger::Hash& sha256) const {
  return path_ + "/files/" + ledger::hex_encode(sha256.view());
}

bool BackupFolder::holds(const ledger::Hash& sha256, std::uint64_t size) const {
  std::error_code error;
  const auto found = fs::file_size(path_of(sha256), error);
  return !error && found == size;
}

ledger::Result<BackupFolder::Listing> BackupFolder::list() const {
  NGUON_TRY(const auto names, names_in(path_));
  Listing listing;
  for (const std::string& name : names) {
    const auto number = number_of(name);
    if (!number) continue;
    const auto backup = read(*number);
    auto manifest = backup ? parse_manifest(backup->text) : backup.error();
    if (manifest && manifest->number == *number) {
      listing.backups.push_back(std::move(*manifest));
    } else {
      listing.damaged.push_back(name);
    }
  }
  std::sort(listing.backups.begin(), listing.backups.end(),
            [](const Manifest& a, const Manifest& b) { return a.number < b.number; });
  return listing;
}

ledger::Result<Backup> BackupFolder::read(std::uint64_t number) const {
  const std::string path = name_of(number);
  std::error_code error;
  const auto size = fs::file_size(path, error);
  if (error == std::errc::no_such_file_or_directory) {
    return ledger::Error{ledger::Errc::not_found, "backup.not-found", {}, std::to_string(number)};
  }
  if (error) return folder_failed("backup.read", path, error.value());
  if (size > max_backup_size) return ledger::invalid("backup.manifest", {}, path);
  std::string octets;
  NGUON_CHECK(read_pieces(path, size, [&octets](std::string_view piece) -> ledger::Result<void> {
    octets += piece;
    return {};
  }));
  return parse_backup(octets);
}

// Crash order: the file under a name that counts for nothing, synced and read back; then its own
// name. Those names are synced once for all of a backup, in publish().
ledger::Result<ledger::Hash> BackupFolder::add(
    const std::function<ledger::Result<void>(const Append&)>& feed) {
  const std::string fresh = path_ + "/files/" + std::string(incoming_name);
  NGUON_TRY(NewFile file, NewFile::create(fresh));
  NGUON_CHECK(feed([&file](std::string_view piece) { return file.append(piece); }));
  NGUON_TRY(const ledger::Hash hash, file.finish());
  if (::rename(fresh.c_str(), path_of(hash).c_str()) != 0) {
    return folder_failed("backup.write", path_of(hash), errno);
  }
  return hash;
}

ledger::Result<void> BackupFolder::publish(std::uint64_t number, const Backup& backup) {
  NGUON_CHECK(sync_folder(path_ + "/files"));
  return publish_file(name_of(number), format_backup(backup));
}

ledger::Result<void> BackupFolder::remove(std::uint64_t number) {
  NGUON_CHECK(unlink_file(name_of(number)));
  return sync_folder(path_);
}

ledger::Result<std::uint64_t> BackupFolder::sweep() {
  NGUON_TRY(const Listing listing, list());
  if (!listing.damaged.empty()) return std::uint64_t{0};
  std::set<std::string> wanted;
  for (const Manifest& backup : listing.backups) {
    for (const BackupFile& file : backup.files) {
      wanted.insert(ledger::hex_encode(file.sha256.view()));
    }
  }
  std::uint64_t gone = 0;
  NGUON_TRY(const auto files, names_in(path_ + "/files"));
  for (const std::string& name : files) {
    // Only what this program names so is its to delete.
    const auto octets = ledger::hex_decode(name);
    const bool ours = name == incoming_name || (octets && octets->size() == 32);
    if (!ours || wanted.contains(name)) continue;
    NGUON_CHECK(unlink_file(path_ + "/files/" + name));
    ++gone;
  }
  NGUON_TRY(const auto names, names_in(path_));
  for (const std::string& name : names) {
    if (!name.ends_with(".new") || !number_of(name.substr(0, name.size() - 4))) continue;
    NGUON_CHECK(unlink_file(path_ + '/' + name));
    ++gone;
  }
  if (gone > 0) {
    NGUON_CHECK(sync_folder(path_ + "/files"));
  }
  return gone;
}

std::vector<std::uint64_t> outlived(const std::vector<Manifest>& backups,
                                    std::optional<std::uint64_t> keep,
                                    std::optional<std::uint64_t> days, std::int64_t now) {
  std::vector<std::uint64_t> going;
  for (std::size_t i = 0; i + 1 < backups.size(); ++i) {
    const bool crowded = keep && backups.size() - i > *keep;
    const bool old =
        days && now - backups[i].taken > static_cast<std::int64_t>(*days) * day_seconds;
    if (crowded || old) going.push_back(backups[i].number);
  }
  return going;
}

}  // namespace nguon::server
