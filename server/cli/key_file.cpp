#include "server/cli/key_file.hpp"

#include "server/deployment/files.hpp"

#include <utility>

namespace nguon::server {

ledger::Result<ledger::PrivateKey> read_key_file(const std::string& path) {
  NGUON_TRY(std::string pem, read_secret(path));
  auto key = ledger::PrivateKey::from_pem(pem);
  ledger::wipe(pem);
  return key;
}

}  // namespace nguon::server
