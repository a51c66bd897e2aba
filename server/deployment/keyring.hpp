#pragma once

#include "labels/serial.hpp"
#include "ledger/base/result.hpp"
#include "ledger/log/ledger.hpp"

#include <map>
#include <string>
#include <vector>

namespace nguon::server {

/// The secrets a running deployment needs: `log.pem`, `service.pem` (PKCS #8) and what followed
/// them (key_folder.hpp), `vault.key` (32 octets in base64url) and `serial-<epoch>.key` (32 octets
/// in base64url) of every label epoch, all mode 0600 in one directory. The root key is not among
/// them: it stays with the person who ran `nguon init`.
struct Keyring {
  std::vector<ledger::PrivateKey> log;      ///< Lowest number first; never empty.
  std::vector<ledger::PrivateKey> service;  ///< The same.
  std::string vault;
  std::map<unsigned, labels::SerialKey> serials;  ///< By epoch; never empty.
};

/// Fresh keys from the operating system's generator, with label epoch 0.
Keyring make_keyring();

/// Writes a new keyring, one key each, into `directory`, creating it. Errors: `file.write`; never
/// overwrites.
ledger::Result<void> write_keyring(const std::string& directory, const Keyring& keyring);

/// Errors: `file.read`, `file.mode`, `key.pem`, `keyring.key` (not 32 octets), `keyring.serial` (no
/// epoch at all).
ledger::Result<Keyring> read_keyring(const std::string& directory);

/// What a ledger is opened with: it goes on looking for keys in `directory`.
ledger::LedgerKeys ledger_keys(const std::string& directory, const Keyring& keyring);

/// The codec for every epoch of the keyring. Faults of SerialCodec::make.
labels::Result<labels::SerialCodec> serial_codec(const std::string& deployment_id,
                                                 const Keyring& keyring);

}  // namespace nguon::server
