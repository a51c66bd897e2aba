#pragma once

#include "ledger/base/result.hpp"

#include <string>
#include <string_view>

namespace nguon::server {

/// Every key file of a deployment as one text to be sealed: a JSON object of file name and
/// base64url octets. All files of the folder go in, whatever they are called, so that a key of
/// tomorrow is not forgotten. Errors: `keyring.*` and those of read_keyring() when the keys are not
/// whole; `backup.keys` when the folder holds more than 256 files.
ledger::Result<std::string> pack_keys(const std::string& directory);

/// Writes them into a new folder, mode 0600. Errors: `backup.keys` when the text is something else,
/// `file.write`.
ledger::Result<void> unpack_keys(std::string_view text, const std::string& directory);

/// The first line of a file that only its owner reads. Errors: `file.*`, `backup.passphrase` when
/// it has fewer than 12 octets.
ledger::Result<std::string> read_passphrase(const std::string& path);

}  // namespace nguon::server
