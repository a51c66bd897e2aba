#include "ledger/witness/store.hpp"

#include "ledger/base/descriptor.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

namespace nguon::ledger {
namespace {

constexpr std::size_t largest_record = 1 << 20;
constexpr std::string_view unfinished = ".new";

Error storage_failure(const std::string& doing) {
  return {Errc::unavailable, "witness.storage", {}, doing + ": " + std::strerror(errno)};
}

Descriptor open_record(int directory, const std::string& name, int flags) {
  return Descriptor(::openat(directory, name.c_str(), flags | O_CLOEXEC, 0644));
}

}  // namespace

WitnessStore::WitnessStore(std::string folder, int directory)
    : folder_(std::move(folder)), directory_(directory) {}

Result<std::unique_ptr<WitnessStore>> WitnessStore::open(const std::string& folder) {
  const auto unusable = [&](const char* why) {
    return Error{Errc::unavailable, "witness.state", {}, folder + ": " + why};
  };
  const int directory = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) return unusable(std::strerror(errno));
  std::unique_ptr<WitnessStore> store(new WitnessStore(folder, directory));
  // Two processes would each check against their own memory and sign two histories.
  if (::flock(directory, LOCK_EX | LOCK_NB) != 0) return unusable("another process uses it");
  // A process killed between rename and fsync leaves a record that reads well and may yet vanish
  // with the power: nothing may be signed on top of it before it is durable.
  std::error_code failed;
  for (const auto& file : std::filesystem::directory_iterator(folder, failed)) {
    const Descriptor record = open_record(directory, file.path().filename(), O_RDONLY);
    if (record.value() < 0 || ::fsync(record.value()) != 0) {
      return storage_failure("syncing " + file.path().string());
    }
  }
  if (failed) return unusable("cannot be listed");
  if (::fsync(directory) != 0) return storage_failure("syncing " + folder);
  return store;
}

WitnessStore::~WitnessStore() { ::close(directory_); }

Result<std::optional<std::string>> WitnessStore::read(const std::string& name) const {
  const Descriptor file = open_record(directory_, name, O_RDONLY);
  if (file.value() < 0 && errno == ENOENT) return std::optional<std::string>();
  if (file.value() < 0) return storage_failure("opening " + name);
  std::string octets(largest_record + 1, '\0');
  std::size_t size = 0;
  while (size < octets.size()) {
    const ssize_t count = ::read(file.value(), octets.data() + size, octets.size() - size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return storage_failure("reading " + name);
    if (count == 0) break;
    size += static_cast<std::size_t>(count);
  }
  if (size > largest_record) {
    return Error{Errc::corrupt, "witness.state", {}, name + " is too large"};
  }
  octets.resize(size);
  return std::optional<std::string>(std::move(octets));
}

// Crash order. Before the rename the old content stands, and a file that was not finished is
// overwritten next time. After it the new content stands, and it was synced first, so that no crash
// shows the name with half of it. Until the directory is synced the power may still take the rename
// back, so only then may anybody be told.
Result<void> WitnessStore::write(const std::string& name, std::string_view octets) {
  const std::string fresh = name + std::string(unfinished);
  {
    const Descriptor file = open_record(directory_, fresh, O_WRONLY | O_CREAT | O_TRUNC);
    if (file.value() < 0) return storage_failure("creating " + fresh);
    if (!file.write_all(octets)) return storage_failure("writing " + fresh);
    if (::fsync(file.value()) != 0) return storage_failure("syncing " + fresh);
  }
  if (::renameat(directory_, fresh.c_str(), directory_, name.c_str()) != 0) {
    return storage_failure("renaming " + fresh);
  }
  if (::fsync(directory_) != 0) return storage_failure("syncing " + folder_);
  return {};
}

}  // namespace nguon::ledger
