#include "server/blobs/blob_files.hpp"

#include "ledger/base/descriptor.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace nguon::server {

using ledger::Descriptor;
using ledger::Result;

ledger::Error blob_disk_error(int error) {
  return {ledger::Errc::unavailable, "blob.disk", {}, std::strerror(error)};
}

Result<void> sync_blob_folder(const std::string& path) {
  const Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.value() < 0 || ::fsync(folder.value()) != 0) return blob_disk_error(errno);
  return {};
}

Result<void> make_blob_folder(const std::string& path) {
  if (::access(path.c_str(), F_OK) == 0) return {};
  if (::mkdir(path.c_str(), 0700) == 0) {
    return sync_blob_folder(std::filesystem::path(path).parent_path().string());
  }
  if (errno != EEXIST) return blob_disk_error(errno);
  return {};
}

Result<void> replace_blob_file(const std::string& path, std::string_view octets) {
  const std::string fresh = path + ".new";
  {
    const Descriptor file(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (file.value() < 0 || !file.write_all(octets) || ::fsync(file.value()) != 0) {
      return blob_disk_error(errno);
    }
  }
  if (std::rename(fresh.c_str(), path.c_str()) != 0) return blob_disk_error(errno);
  return sync_blob_folder(std::filesystem::path(path).parent_path().string());
}

Result<void> extend_blob_file(const std::string& path, std::uint64_t from, std::string_view piece) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
  // A piece that failed half-way may have left octets beyond what was told to have arrived.
  if (file.value() < 0 || ::ftruncate(file.value(), static_cast<off_t>(from)) != 0 ||
      ::lseek(file.value(), 0, SEEK_END) < 0 || !file.write_all(piece) ||
      ::fdatasync(file.value()) != 0) {
    return blob_disk_error(errno);
  }
  if (from == 0) return sync_blob_folder(std::filesystem::path(path).parent_path().string());
  return {};
}

Result<std::string> read_blob_file(const std::string& path, std::uint64_t size) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.value() < 0) return blob_disk_error(errno);
  std::string octets(static_cast<std::size_t>(size), '\0');
  for (std::size_t done = 0; done < octets.size();) {
    const ssize_t count = ::read(file.value(), octets.data() + done, octets.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return blob_disk_error(count < 0 ? errno : EIO);
    done += static_cast<std::size_t>(count);
  }
  return octets;
}

}  // namespace nguon::server
