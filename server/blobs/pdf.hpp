#pragma once

#include "server/blobs/media.hpp"

#include <string_view>

namespace nguon::server {

/// Whether the octets are one PDF (ISO 32000) from its header to its last %%EOF, and no name in
/// it, be it in an object stream, lets it act, carry files or hide from this look. What is drawn is
/// not looked at, and metadata stays: README "What is checked". Errors: `blob.type`,
/// `blob.damaged`, `blob.trailing`, `blob.active`.
ledger::Result<void> check_pdf(std::string_view octets);

}  // namespace nguon::server
