#include "ledger/monitor/mirror_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace nguon::ledger {
namespace {

namespace fs = std::filesystem;

Error folder_failed(const std::string& what) {
  return {Errc::unavailable, "monitor.folder", {}, what + ": " + std::strerror(errno)};
}

}  // namespace

Result<std::unique_ptr<MirrorFolder>> MirrorFolder::open(const std::string& path) {
  std::error_code failed;
  fs::create_directories(path, failed);
  const int directory = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) return folder_failed(path);
  std::unique_ptr<MirrorFolder> folder(new MirrorFolder(path, directory));
  if (::flock(directory, LOCK_EX | LOCK_NB) != 0) {
    return Error{Errc::conflict, "monitor.folder", {}, path + ": another process uses it"};
  }
  return folder;
}

MirrorFolder::~MirrorFolder() = default;

// Crash order. Before the rename the old content stands, and what was not finished is overwritten
// next time; after it the new content stands, synced first, so that no name shows half a file.
Result<void> MirrorFolder::write(const std::string& name, std::string_view octets) {
  const fs::path whole = fs::path(path_) / name;
  const std::string fresh = whole.string() + ".new";
  // Every folder on the way, so that one made just now is durable in the one above it.
  for (fs::path at = fs::path(name).parent_path();; at = at.parent_path()) {
    unsettled_.insert((fs::path(path_) / at).string());
    if (at.empty()) break;
  }
  std::error_code failed;
  fs::create_directories(whole.parent_path(), failed);
  {
    const Descriptor file(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    if (file.value() < 0) return folder_failed("creating " + name);
    if (!file.write_all(octets)) return folder_failed("writing " + name);
    if (::fsync(file.value()) != 0) return folder_failed("syncing " + name);
  }
  if (std::rename(fresh.c_str(), whole.c_str()) != 0) return folder_failed("renaming " + name);
  return {};
}

Result<void> MirrorFolder::settle() {
  for (const std::string& path : unsettled_) {
    const Descriptor directory(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (directory.value() < 0 && errno == ENOENT) continue;  // Emptied and deleted meanwhile.
    if (directory.value() < 0 || ::fsync(directory.value()) != 0) return folder_failed(path);
  }
  unsettled_.clear();
  return {};
}

void MirrorFolder::remove(const std::string& name) {
  std::error_code ignored;
  const fs::path path = fs::path(path_) / name;
  fs::remove(path, ignored);
  fs::remove(path.parent_path(), ignored);
}

}  // namespace nguon::ledger
