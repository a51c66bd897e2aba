#include "server/deployment/keyring.hpp"

#include "ledger/base/base64url.hpp"
#include "server/deployment/files.hpp"
#include "server/deployment/key_folder.hpp"

#include <algorithm>
#include <utility>

namespace nguon::server {
namespace {

constexpr std::size_t secret_octets = 32;

std::string serial_path(const std::string& directory, unsigned epoch) {
  return directory + "/serial-" + std::to_string(epoch) + ".key";
}

ledger::Result<std::string> read_octets(const std::string& path) {
  NGUON_TRY(std::string text, read_secret(path));
  while (!text.empty() && text.back() == '\n') text.pop_back();
  auto octets = ledger::base64url_decode(text);
  ledger::wipe(text);
  if (!octets || octets->size() != secret_octets) {
    return ledger::Error{
        ledger::Errc::unavailable, "keyring.key", {}, path + ": expected 32 octets in base64url"};
  }
  return std::move(*octets);
}

labels::SerialKey serial_key(std::string_view octets) {
  labels::SerialKey key;
  std::copy(octets.begin(), octets.end(), key.octets.begin());
  return key;
}

}  // namespace

Keyring make_keyring() {
  Keyring keyring;
  keyring.log.push_back(ledger::PrivateKey::generate(ledger::Alg::eddsa));
  keyring.service.push_back(ledger::PrivateKey::generate(ledger::Alg::eddsa));
  keyring.vault = ledger::random_bytes(secret_octets);
  keyring.serials.emplace(0, serial_key(ledger::random_bytes(secret_octets)));
  return keyring;
}

ledger::Result<void> write_keyring(const std::string& directory, const Keyring& keyring) {
  NGUON_CHECK(make_directory(directory, 0700));
  NGUON_CHECK(write_new_secret(directory + "/log.pem", keyring.log.front().to_pem()));
  NGUON_CHECK(write_new_secret(directory + "/service.pem", keyring.service.front().to_pem()));
  NGUON_CHECK(
      write_new_secret(directory + "/vault.key", ledger::base64url_encode(keyring.vault) + '\n'));
  for (const auto& [epoch, key] : keyring.serials) {
    const std::string_view octets(reinterpret_cast<const char*>(key.octets.data()),
                                  key.octets.size());
    NGUON_CHECK(
        write_new_secret(serial_path(directory, epoch), ledger::base64url_encode(octets) + '\n'));
  }
  return {};
}

ledger::Result<Keyring> read_keyring(const std::string& directory) {
  Keyring keyring;
  NGUON_TRY(keyring.log, read_keys(directory, "log"));
  NGUON_TRY(keyring.service, read_keys(directory, "service"));
  NGUON_TRY(keyring.vault, read_octets(directory + "/vault.key"));
  for (unsigned epoch = 0; epoch < labels::serial_epochs; ++epoch) {
    if (!file_exists(serial_path(directory, epoch))) continue;
    NGUON_TRY(const std::string octets, read_octets(serial_path(directory, epoch)));
    keyring.serials.emplace(epoch, serial_key(octets));
  }
  if (keyring.serials.empty()) {
    return ledger::Error{ledger::Errc::unavailable,
                         "keyring.serial",
                         {},
                         directory + ": no serial-<epoch>.key: printed labels could not be read"};
  }
  return keyring;
}

ledger::LedgerKeys ledger_keys(const std::string& directory, const Keyring& keyring) {
  return {std::make_shared<KeyFolder>(directory), keyring.vault};
}

labels::Result<labels::SerialCodec> serial_codec(const std::string& deployment_id,
                                                 const Keyring& keyring) {
  auto codec = labels::SerialCodec::make(deployment_id);
  if (!codec) return codec;
  for (const auto& [epoch, key] : keyring.serials) codec->add_epoch(epoch, key).value();
  return codec;
}

}  // namespace nguon::server
