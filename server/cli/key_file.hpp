#pragma once

#include "ledger/base/result.hpp"
#include "ledger/keys/key.hpp"

#include <string>

namespace nguon::server {

/// A person's key from a PKCS #8 PEM file; its text is wiped. Errors: `key.*`, `file.*`.
ledger::Result<ledger::PrivateKey> read_key_file(const std::string& path);

}  // namespace nguon::server
