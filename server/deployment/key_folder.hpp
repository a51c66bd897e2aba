#pragma once

#include "ledger/log/log_signer.hpp"

#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace nguon::server {

/// The log and service keys of one directory: `log.pem`, `log-2.pem` …, `service.pem`,
/// `service-2.pem` … (PKCS #8, mode 0600). Looks again for a key that it has not met, so that one
/// written beside the others is taken up by the running service when the log names it. Thread-safe.
class KeyFolder final : public ledger::KeyStock {
 public:
  explicit KeyFolder(std::string directory) : directory_(std::move(directory)) {}

  std::shared_ptr<const ledger::LogSigner> log_signer(const std::string& kid) const override;
  std::shared_ptr<const ledger::PrivateKey> service_key(const std::string& kid) const override;

 private:
  const std::string directory_;
  mutable std::mutex mutex_;  // Guards the two below, by kid.
  mutable std::map<std::string, std::shared_ptr<const ledger::LogSigner>> log_;
  mutable std::map<std::string, std::shared_ptr<const ledger::PrivateKey>> service_;
};

/// Every `<name>.pem` and `<name>-<n>.pem` of the directory, the lowest number first. Errors:
/// `file.read` when there is none, `file.mode`, `key.pem` with the path.
ledger::Result<std::vector<ledger::PrivateKey>> read_keys(const std::string& directory,
                                                          const std::string& name);

/// `<directory>/<name>-<n>.pem` with the least free n ≥ 2: where the next key goes.
std::string next_key_path(const std::string& directory, const std::string& name);

}  // namespace nguon::server
