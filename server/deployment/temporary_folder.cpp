#include "server/deployment/temporary_folder.hpp"

#include <stdlib.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace nguon::server {

ledger::Result<std::unique_ptr<TemporaryFolder>> TemporaryFolder::make(const std::string& purpose) {
  std::error_code error;
  const auto parent = std::filesystem::temp_directory_path(error);
  std::string path = (parent / ("nguon-" + purpose + "-XXXXXX")).string();
  if (error || ::mkdtemp(path.data()) == nullptr) {
    return ledger::Error{ledger::Errc::unavailable,
                         "file.write",
                         {},
                         path + ": " + (error ? error.message() : std::strerror(errno))};
  }
  return std::unique_ptr<TemporaryFolder>(new TemporaryFolder(path));
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace nguon::server
