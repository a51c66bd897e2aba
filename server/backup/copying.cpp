#include "server/backup/copying.hpp"

#include "ledger/base/descriptor.hpp"
#include "ledger/keys/sha256.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

namespace nguon::server {
namespace {

using ledger::Descriptor;

constexpr std::size_t copy_piece = 1 << 20;
// What may be dirty of a file being written before it is pushed out.
constexpr std::uint64_t largest_dirty = 8 << 20;

ledger::Error copy_failed(const char* rule, const std::string& path, int error) {
  return {ledger::Errc::unavailable, rule, {}, path + ": " + std::strerror(error)};
}

}  // namespace

ledger::Result<void> read_pieces(const std::string& path, std::uint64_t size,
                                 const TakePiece& take) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.value() < 0) return copy_failed("backup.read", path, errno);
  std::string piece(static_cast<std::size_t>(std::min<std::uint64_t>(size, copy_piece)), '\0');
  for (std::uint64_t done = 0; done < size;) {
    const std::size_t wanted =
        static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), size - done));
    const ssize_t count = ::read(file.value(), piece.data(), wanted);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return copy_failed("backup.read", path, errno);
    if (count == 0) {
      return ledger::Error{
          ledger::Errc::corrupt,
          "backup.short",
          {},
          path + ": " + std::to_string(done) + " octets, not " + std::to_string(size)};
    }
    NGUON_CHECK(take(std::string_view(piece).substr(0, static_cast<std::size_t>(count))));
    done += static_cast<std::uint64_t>(count);
  }
  return {};
}

struct NewFile::Parts {
  Parts(std::string name, int descriptor) : path(std::move(name)), file(descriptor) {}

  const std::string path;
  const Descriptor file;
  ledger::Sha256 hash;
  std::uint64_t size = 0;
  std::uint64_t dirty = 0;
};

ledger::Result<NewFile> NewFile::create(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (descriptor < 0) return copy_failed("backup.write", path, errno);
  return NewFile(std::make_unique<Parts>(path, descriptor));
}

NewFile::NewFile(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
NewFile::NewFile(NewFile&& other) noexcept = default;
NewFile::~NewFile() = default;

ledger::Result<void> NewFile::append(std::string_view octets) {
  if (!parts_->file.write_all(octets)) return copy_failed("backup.write", parts_->path, errno);
  parts_->hash.update(octets);
  parts_->size += octets.size();
  parts_->dirty += octets.size();
  if (parts_->dirty < largest_dirty) return {};
  if (::fdatasync(parts_->file.value()) != 0)
    return copy_failed("backup.write", parts_->path, errno);
  parts_->dirty = 0;
  return {};
}

ledger::Result<ledger::Hash> NewFile::finish() {
  if (::fsync(parts_->file.value()) != 0) return copy_failed("backup.write", parts_->path, errno);
  const ledger::Hash given = parts_->hash.finish();
  // Without its pages in memory the disk itself has to answer.
  ::posix_fadvise(parts_->file.value(), 0, 0, POSIX_FADV_DONTNEED);
  NGUON_TRY(const ledger::Hash found, hash_file(parts_->path, parts_->size));
  if (found != given) {
    return ledger::Error{ledger::Errc::corrupt, "backup.verify", {}, parts_->path};
  }
  return given;
}

ledger::Result<ledger::Hash> hash_file(const std::string& path, std::uint64_t size) {
  std::error_code error;
  const auto found = std::filesystem::file_size(path, error);
  if (error) return copy_failed("backup.read", path, error.value());
  if (found != size) {
    return ledger::Error{
        ledger::Errc::corrupt,
        "backup.short",
        {},
        path + ": " + std::to_string(found) + " octets, not " + std::to_string(size)};
  }
  ledger::Sha256 hash;
  NGUON_CHECK(read_pieces(path, size, [&hash](std::string_view piece) -> ledger::Result<void> {
    hash.update(piece);
    return {};
  }));
  return hash.finish();
}

ledger::Result<void> sync_folder(const std::string& path) {
  const Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.value() < 0 || ::fsync(folder.value()) != 0) {
    return copy_failed("backup.write", path, errno);
  }
  return {};
}

ledger::Result<void> publish_file(const std::string& path, std::string_view octets) {
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored)) {
    return ledger::Error{ledger::Errc::conflict, "backup.exists", {}, path};
  }
  const std::string fresh = path + ".new";
  {
    NGUON_TRY(NewFile file, NewFile::create(fresh));
    NGUON_CHECK(file.append(octets));
    NGUON_CHECK(file.finish());
  }
  if (::rename(fresh.c_str(), path.c_str()) != 0) return copy_failed("backup.write", path, errno);
  const auto parent = std::filesystem::path(path).parent_path().string();
  return sync_folder(parent.empty() ? "." : parent);
}

}  // namespace nguon::server
