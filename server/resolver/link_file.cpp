#include "server/resolver/link_file.hpp"

#include "ledger/base/descriptor.hpp"
#include "server/deployment/files.hpp"
#include "server/resolver/link_table.hpp"

#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace nguon::server {
namespace {

using ledger::Descriptor;

ledger::Error links_failure(const char* rule, const std::string& path, int error) {
  return {ledger::Errc::unavailable, rule, {}, path + ": " + std::strerror(error)};
}

/// Nobody else writes it, and it is still the one of that name.
bool is_held(const Descriptor& file, const std::string& path) {
  struct stat held {};
  struct stat named {};
  return ::flock(file.value(), LOCK_EX | LOCK_NB) == 0 && ::fstat(file.value(), &held) == 0 &&
         ::stat(path.c_str(), &named) == 0 && held.st_ino == named.st_ino;
}

}  // namespace

ledger::Result<std::optional<std::string>> read_links(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.value() < 0) {
    if (errno == ENOENT) return std::optional<std::string>();
    return links_failure("file.read", path, errno);
  }
  std::string text;
  char block[65536];
  for (;;) {
    const ssize_t count = ::read(file.value(), block, sizeof block);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return links_failure("file.read", path, errno);
    if (count == 0) return std::optional<std::string>(std::move(text));
    text.append(block, static_cast<std::size_t>(count));
    if (text.size() > LinkTable::max_octets) return ledger::invalid("links.file", {}, path);
  }
}

ledger::Result<void> write_links(const std::string& path, std::string_view text) {
  const std::string part = path + std::string(unfinished_ending);
  // 1. All octets under another name, synced. A crash up to here leaves the old file in force and
  //    half of a new one that nothing reads and the next import writes over.
  const Descriptor file(
      ::open(part.c_str(), O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0644));
  if (file.value() < 0) return links_failure("file.write", part, errno);
  if (!is_held(file, part)) return links_failure("file.write", part, EBUSY);
  if (::ftruncate(file.value(), 0) != 0 || !file.write_all(text) || ::fsync(file.value()) != 0) {
    const int error = errno;
    ::unlink(part.c_str());
    return links_failure("file.write", part, error);
  }
  // 2. The name moves in one step: whoever opens it finds the old file or the new one. A crash after
  //    it may bring the old one back, whole; nobody was told yet that the new one holds.
  if (::rename(part.c_str(), path.c_str()) != 0) {
    const int error = errno;
    ::unlink(part.c_str());
    return links_failure("file.write", path, error);
  }
  // 3. The name itself is on the disk: only now is it said that the links are taken.
  const auto folder = std::filesystem::path(path).parent_path();
  const Descriptor names(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (names.value() < 0 || ::fsync(names.value()) != 0) {
    return links_failure("file.write", path, errno);
  }
  return {};
}

}  // namespace nguon::server
