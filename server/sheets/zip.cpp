#include "server/sheets/zip.hpp"

#include "server/sheets/workbook.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <memory>
#include <vector>

namespace nguon::server {
namespace {

struct FreeZip {
  void operator()(archive* of) const { archive_read_free(of); }
};

constexpr std::size_t zip_piece = 1 << 16;

}  // namespace

ledger::Result<std::map<std::string, std::string>> unzip(
    std::string_view octets, const std::function<bool(std::string_view name)>& wanted) {
  const std::unique_ptr<archive, FreeZip> zip(archive_read_new());
  archive_read_support_format_zip(zip.get());
  if (archive_read_open_memory(zip.get(), octets.data(), octets.size()) != ARCHIVE_OK) {
    return ledger::invalid("sheet.xlsx");
  }
  std::map<std::string, std::string> files;
  std::vector<char> piece(zip_piece);
  std::size_t unpacked = 0;
  for (std::size_t count = 0;; ++count) {
    archive_entry* entry = nullptr;
    const int status = archive_read_next_header(zip.get(), &entry);
    if (status == ARCHIVE_EOF) return files;
    if (status != ARCHIVE_OK && status != ARCHIVE_WARN) return ledger::invalid("sheet.xlsx");
    if (count == max_zip_files) return sheet_too_large();
    const char* name = archive_entry_pathname(entry);
    if (name == nullptr || !wanted(name)) continue;
    const auto [file, fresh] = files.try_emplace(name);
    if (!fresh) return ledger::invalid("sheet.xlsx");
    for (;;) {
      const auto got = archive_read_data(zip.get(), piece.data(), piece.size());
      if (got < 0) return ledger::invalid("sheet.xlsx");
      if (got == 0) break;
      unpacked += static_cast<std::size_t>(got);
      if (unpacked > max_unpacked_octets) return sheet_too_large();
      file->second.append(piece.data(), static_cast<std::size_t>(got));
    }
  }
}

}  // namespace nguon::server
