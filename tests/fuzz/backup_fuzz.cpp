// Backups from a medium that anybody may have written to.

#include "server/backup/manifest.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace nguon::server;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  if (const auto backup = parse_backup(octets)) {
    if (format_backup(*backup) != octets) std::abort();
  }
  const auto manifest = parse_manifest(octets);
  if (!manifest) return 0;
  for (const BackupFile& file : manifest->files) {
    // A restore writes there.
    if (file.name.find("..") == 0 || file.name.find("/.") != std::string::npos) std::abort();
  }
  const auto again = parse_manifest(format_manifest(*manifest));
  if (!again || !(*again == *manifest)) std::abort();
  return 0;
}
