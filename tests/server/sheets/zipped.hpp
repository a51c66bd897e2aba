#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <string>
#include <utility>
#include <vector>

namespace nguon::tests {

using Files = std::vector<std::pair<std::string, std::string>>;

/// A zip archive of these files in this order.
inline std::string zipped(const Files& files) {
  std::size_t room = 65'536;
  for (const auto& [name, octets] : files) room += name.size() * 2 + octets.size() / 100 + 1'024;
  for (const auto& [name, octets] : files) room += octets.size() < 1'000'000 ? octets.size() : 0;
  std::string out(room, '\0');
  std::size_t used = 0;
  archive* zip = archive_write_new();
  archive_write_set_format_zip(zip);
  archive_write_open_memory(zip, out.data(), out.size(), &used);
  for (const auto& [name, octets] : files) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(octets.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0600);
    archive_write_header(zip, entry);
    archive_write_data(zip, octets.data(), octets.size());
    archive_entry_free(entry);
  }
  archive_write_free(zip);
  out.resize(used);
  return out;
}

}  // namespace nguon::tests
