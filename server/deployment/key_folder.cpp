#include "server/deployment/key_folder.hpp"

#include "server/deployment/files.hpp"

namespace nguon::server {
namespace {

// More changes of one key than any log will see; it bounds the search for gaps that deleted keys
// left.
constexpr unsigned most_keys = 99;

std::string key_path(const std::string& directory, const std::string& name, unsigned number) {
  return directory + '/' + name + (number == 1 ? "" : '-' + std::to_string(number)) + ".pem";
}

}  // namespace

ledger::Result<std::vector<ledger::PrivateKey>> read_keys(const std::string& directory,
                                                          const std::string& name) {
  std::vector<ledger::PrivateKey> keys;
  for (unsigned number = 1; number <= most_keys; ++number) {
    const std::string path = key_path(directory, name, number);
    if (!file_exists(path)) continue;
    NGUON_TRY(std::string text, read_secret(path));
    auto key = ledger::PrivateKey::from_pem(text);
    ledger::wipe(text);
    if (!key) return ledger::Error{ledger::Errc::unavailable, "key.pem", {}, path};
    keys.push_back(std::move(*key));
  }
  if (keys.empty()) {
    return ledger::Error{
        ledger::Errc::unavailable, "file.read", {}, key_path(directory, name, 1) + ": not there"};
  }
  return keys;
}

std::string next_key_path(const std::string& directory, const std::string& name) {
  unsigned number = 2;
  while (file_exists(key_path(directory, name, number))) ++number;
  return key_path(directory, name, number);
}

std::shared_ptr<const ledger::LogSigner> KeyFolder::log_signer(const std::string& kid) const {
  const std::scoped_lock lock(mutex_);
  if (const auto found = log_.find(kid); found != log_.end()) return found->second;
  auto keys = read_keys(directory_, "log");
  if (!keys) return nullptr;
  for (auto& key : *keys) {
    const std::string name = key.kid();
    log_.emplace(name, ledger::sign_in_memory(std::move(key)));
  }
  const auto found = log_.find(kid);
  return found == log_.end() ? nullptr : found->second;
}

std::shared_ptr<const ledger::PrivateKey> KeyFolder::service_key(const std::string& kid) const {
  const std::scoped_lock lock(mutex_);
  if (const auto found = service_.find(kid); found != service_.end()) return found->second;
  auto keys = read_keys(directory_, "service");
  if (!keys) return nullptr;
  for (auto& key : *keys) {
    const std::string name = key.kid();
    service_.emplace(name, std::make_shared<ledger::PrivateKey>(std::move(key)));
  }
  const auto found = service_.find(kid);
  return found == service_.end() ? nullptr : found->second;
}

}  // namespace nguon::server
