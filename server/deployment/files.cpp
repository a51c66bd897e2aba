#include "server/deployment/files.hpp"

#include "ledger/base/descriptor.hpp"

#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace nguon::server {
namespace {

constexpr std::size_t largest_file = 1 << 20;

ledger::Error failed(const char* rule, const std::string& path, int error) {
  return {ledger::Errc::unavailable, rule, {}, path + ": " + std::strerror(error)};
}

using ledger::Descriptor;

ledger::Result<std::string> read_open(const Descriptor& file, const std::string& path) {
  if (file.value() < 0) return failed("file.read", path, errno);
  std::string octets;
  char block[8192];
  while (true) {
    const ssize_t count = ::read(file.value(), block, sizeof block);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return failed("file.read", path, errno);
    if (count == 0) return octets;
    octets.append(block, static_cast<std::size_t>(count));
    if (octets.size() > largest_file) return failed("file.read", path, EFBIG);
  }
}

/// One that nobody else writes or reads: two that make the same key must never meet in one file.
bool is_ours_alone(const Descriptor& file, const std::string& path) {
  struct stat held {};
  struct stat named {};
  return ::flock(file.value(), LOCK_EX | LOCK_NB) == 0 && ::fstat(file.value(), &held) == 0 &&
         ::stat(path.c_str(), &named) == 0 && held.st_ino == named.st_ino &&
         held.st_uid == ::geteuid() && (held.st_mode & 077) == 0;
}

/// The name is a matter of the directory: a key that an entry names must not vanish with the power.
ledger::Result<void> sync_name(const std::string& path) {
  const auto parent = std::filesystem::path(path).parent_path();
  const Descriptor directory(
      ::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.value() < 0 || ::fsync(directory.value()) != 0) {
    return failed("file.write", path, errno);
  }
  return {};
}

ledger::Result<void> write_new(const std::string& path, std::string_view octets, mode_t mode) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
  if (file.value() < 0) return failed("file.write", path, errno);
  if (!file.write_all(octets)) return failed("file.write", path, errno);
  if (::fsync(file.value()) != 0) return failed("file.write", path, errno);
  return sync_name(path);
}

}  // namespace

ledger::Result<std::string> read_file(const std::string& path) {
  return read_open(Descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC)), path);
}

ledger::Result<void> write_new_file(const std::string& path, std::string_view octets) {
  return write_new(path, octets, 0644);
}

ledger::Result<void> write_new_secret(const std::string& path, std::string_view octets) {
  const std::string part = path + std::string(unfinished_ending);
  const Descriptor file(
      ::open(part.c_str(), O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (file.value() < 0) return failed("file.write", part, errno);
  if (!is_ours_alone(file, part)) return failed("file.write", part, EBUSY);
  if (::ftruncate(file.value(), 0) != 0 || !file.write_all(octets) || ::fsync(file.value()) != 0) {
    const int error = errno;
    ::unlink(part.c_str());
    return failed("file.write", part, error);
  }
  if (::renameat2(AT_FDCWD, part.c_str(), AT_FDCWD, path.c_str(), RENAME_NOREPLACE) == 0) {
    return sync_name(path);
  }
  const int error = errno;
  ::unlink(part.c_str());
  // Network file systems cannot rename without replacing; there a key may be seen half-written.
  if (error == EINVAL) return write_new(path, octets, 0600);
  return failed("file.write", path, error);
}

ledger::Result<std::string> read_secret(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status {};
  if (file.value() >= 0 && ::fstat(file.value(), &status) == 0 && (status.st_mode & 077) != 0) {
    return ledger::Error{
        ledger::Errc::unavailable, "file.mode", {}, path + ": others may read this key; chmod 600"};
  }
  return read_open(file, path);
}

bool file_exists(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

ledger::Result<void> make_directory(const std::string& path, unsigned mode) {
  std::error_code error;
  const bool made = std::filesystem::create_directories(path, error);
  if (!error && made) {
    std::filesystem::permissions(path, static_cast<std::filesystem::perms>(mode), error);
  }
  if (error) return failed("file.write", path, error.value());
  return {};
}

}  // namespace nguon::server
