#include "server/deployment/anchored.hpp"

#include "server/deployment/files.hpp"

namespace nguon::server {

ledger::Result<std::optional<ledger::Anchor::Head>> read_anchor(const std::string& path) {
  // Opening makes the file where there is none.
  if (!file_exists(path)) return std::optional<ledger::Anchor::Head>();
  NGUON_TRY(const auto anchor, ledger::FileAnchor::open(path));
  return anchor->read();
}

}  // namespace nguon::server
