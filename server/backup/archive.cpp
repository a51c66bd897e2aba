#include "server/backup/archive.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/base/descriptor.hpp"
#include "ledger/keys/sha256.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <map>
#include <utility>

namespace nguon::server {
namespace {

constexpr std::string_view first_entry = "backup";
constexpr std::string_view files_folder = "files/";
constexpr std::size_t archive_block = 1 << 20;
constexpr std::uint64_t max_first_entry = max_manifest_size + max_box_size * 2;

struct ArchiveWriterDeleter {
  void operator()(archive* of) const { archive_write_free(of); }
};
struct ArchiveReaderDeleter {
  void operator()(archive* of) const { archive_read_free(of); }
};
struct ArchiveEntryDeleter {
  void operator()(archive_entry* of) const { archive_entry_free(of); }
};
using ArchiveWriter = std::unique_ptr<archive, ArchiveWriterDeleter>;
using ArchiveReader = std::unique_ptr<archive, ArchiveReaderDeleter>;
using ArchiveEntry = std::unique_ptr<archive_entry, ArchiveEntryDeleter>;

ledger::Error archive_failed(const char* rule, const std::string& path, archive* of) {
  const char* why = of == nullptr ? nullptr : archive_error_string(of);
  return {ledger::Errc::unavailable, rule, {}, path + (why ? std::string(": ") + why : "")};
}

/// No owner, no time, mode 0600: the same backup gives the same file anywhere.
ledger::Result<void> begin_entry(archive* out, const std::string& path, const std::string& name,
                                 std::uint64_t size) {
  const ArchiveEntry entry(archive_entry_new());
  archive_entry_set_pathname(entry.get(), name.c_str());
  archive_entry_set_size(entry.get(), static_cast<la_int64_t>(size));
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), 0600);
  archive_entry_set_mtime(entry.get(), 0, 0);
  if (archive_write_header(out, entry.get()) == ARCHIVE_OK) return {};
  return archive_failed("backup.write", path, out);
}

ledger::Result<void> write_piece(archive* out, const std::string& path, std::string_view piece) {
  const auto written = archive_write_data(out, piece.data(), piece.size());
  if (written == static_cast<la_ssize_t>(piece.size())) return {};
  return archive_failed("backup.write", path, out);
}

std::map<std::string, std::uint64_t> sizes_by_hash(const Manifest& manifest) {
  std::map<std::string, std::uint64_t> sizes;
  for (const BackupFile& file : manifest.files) {
    sizes.emplace(file.sha256.view(), file.size);
  }
  return sizes;
}

ledger::Hash hash_of(std::string_view octets) {
  ledger::Hash hash;
  std::memcpy(hash.bytes.data(), octets.data(), hash.bytes.size());
  return hash;
}

class ArchiveSource final : public BackupSource {
 public:
  ArchiveSource(std::string path, ArchiveReader in) : path_(std::move(path)), in_(std::move(in)) {}

  ledger::Result<Backup> backup() override {
    archive_entry* entry = nullptr;
    if (archive_read_next_header(in_.get(), &entry) != ARCHIVE_OK ||
        archive_entry_pathname(entry) == nullptr || archive_entry_pathname(entry) != first_entry ||
        archive_entry_size(entry) < 0 ||
        static_cast<std::uint64_t>(archive_entry_size(entry)) > max_first_entry) {
      return bad_archive();
    }
    std::string octets;
    NGUON_CHECK(read_entry([&octets](std::string_view piece) -> ledger::Result<void> {
      octets += piece;
      return {};
    }));
    return parse_backup(octets);
  }

  ledger::Result<void> files(const Manifest& manifest, const Visit& visit) override {
    auto expected = sizes_by_hash(manifest);
    archive_entry* entry = nullptr;
    int status = ARCHIVE_OK;
    while ((status = archive_read_next_header(in_.get(), &entry)) == ARCHIVE_OK) {
      const char* text = archive_entry_pathname(entry);
      const std::string_view name = text == nullptr ? std::string_view() : text;
      const auto hash = name.starts_with(files_folder)
                            ? ledger::hex_decode(name.substr(files_folder.size()))
                            : std::nullopt;
      // Each file once, and no larger than the manifest says: nothing else is even read.
      const auto known = hash ? expected.find(*hash) : expected.end();
      if (known == expected.end() || archive_entry_filetype(entry) != AE_IFREG ||
          archive_entry_size(entry) != static_cast<la_int64_t>(known->second)) {
        return bad_archive();
      }
      const Feed feed = [this](const TakePiece& take) { return read_entry(take); };
      NGUON_CHECK(visit(hash_of(known->first), feed));
      expected.erase(known);
    }
    if (status != ARCHIVE_EOF) return bad_archive();
    return {};
  }

 private:
  ledger::Error bad_archive() const { return {ledger::Errc::corrupt, "backup.archive", {}, path_}; }

  ledger::Result<void> read_entry(const TakePiece& take) {
    std::string block(archive_block, '\0');
    for (;;) {
      const auto count = archive_read_data(in_.get(), block.data(), block.size());
      if (count < 0) return bad_archive();
      if (count == 0) return {};
      NGUON_CHECK(take(std::string_view(block).substr(0, static_cast<std::size_t>(count))));
    }
  }

  const std::string path_;
  const ArchiveReader in_;
};

ledger::Result<void> pack_backup(const BackupFolder& folder, const Manifest& manifest,
                                 int descriptor, const std::string& path) {
  NGUON_TRY(const Backup backup, folder.read(manifest.number));
  const std::string text = format_backup(backup);
  const ArchiveWriter out(archive_write_new());
  if (archive_write_set_format_pax_restricted(out.get()) != ARCHIVE_OK ||
      archive_write_open_fd(out.get(), descriptor) != ARCHIVE_OK) {
    return archive_failed("backup.write", path, out.get());
  }
  NGUON_CHECK(begin_entry(out.get(), path, std::string(first_entry), text.size()));
  NGUON_CHECK(write_piece(out.get(), path, text));
  for (const auto& [octets, size] : sizes_by_hash(manifest)) {
    NGUON_CHECK(
        begin_entry(out.get(), path, std::string(files_folder) + ledger::hex_encode(octets), size));
    const TakePiece append = [&](std::string_view piece) {
      return write_piece(out.get(), path, piece);
    };
    NGUON_CHECK(read_pieces(folder.path_of(hash_of(octets)), size, append));
  }
  if (archive_write_close(out.get()) != ARCHIVE_OK) {
    return archive_failed("backup.write", path, out.get());
  }
  return {};
}

ledger::Result<void> read_back(const std::string& path, const Manifest& manifest) {
  NGUON_TRY(const auto source, source_in_archive(path));
  NGUON_TRY(const Backup backup, source->backup());
  std::size_t seen = 0;
  const BackupSource::Visit compare = [&](const ledger::Hash& named,
                                          const BackupSource::Feed& feed) -> ledger::Result<void> {
    ledger::Sha256 hash;
    const TakePiece take = [&hash](std::string_view piece) -> ledger::Result<void> {
      hash.update(piece);
      return {};
    };
    NGUON_CHECK(feed(take));
    ++seen;
    if (hash.finish() == named) return {};
    return ledger::Error{ledger::Errc::corrupt, "backup.verify", {}, path};
  };
  NGUON_CHECK(source->files(manifest, compare));
  if (seen == sizes_by_hash(manifest).size() && backup.text == format_manifest(manifest)) return {};
  return ledger::Error{ledger::Errc::corrupt, "backup.verify", {}, path};
}

}  // namespace

ledger::Result<void> write_archive(const BackupFolder& folder, const Manifest& manifest,
                                   const std::string& path,
                                   const std::function<ledger::Result<void>()>& before_named) {
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored)) {
    return ledger::Error{ledger::Errc::conflict, "backup.exists", {}, path};
  }
  const std::string fresh = path + ".new";
  {
    const ledger::Descriptor file(
        ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (file.value() < 0) return archive_failed("backup.write", fresh, nullptr);
    NGUON_CHECK(pack_backup(folder, manifest, file.value(), fresh));
    if (::fsync(file.value()) != 0) return archive_failed("backup.write", fresh, nullptr);
    ::posix_fadvise(file.value(), 0, 0, POSIX_FADV_DONTNEED);
  }
  NGUON_CHECK(read_back(fresh, manifest));
  NGUON_CHECK(before_named());
  if (::rename(fresh.c_str(), path.c_str()) != 0) {
    return archive_failed("backup.write", path, nullptr);
  }
  const auto parent = std::filesystem::path(path).parent_path().string();
  return sync_folder(parent.empty() ? "." : parent);
}

ledger::Result<std::unique_ptr<BackupSource>> source_in_archive(const std::string& path) {
  ArchiveReader in(archive_read_new());
  // The one format that is written, and no compression: less that foreign octets can reach.
  if (archive_read_support_format_tar(in.get()) != ARCHIVE_OK ||
      archive_read_open_filename(in.get(), path.c_str(), archive_block) != ARCHIVE_OK) {
    return archive_failed("backup.archive", path, in.get());
  }
  return std::unique_ptr<BackupSource>(std::make_unique<ArchiveSource>(path, std::move(in)));
}

}  // namespace nguon::server
