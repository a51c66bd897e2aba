#pragma once

#include "labels/fault.hpp"
#include "labels/serial.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace nguon::server {

/// The salt of one serial, 16 octets: the first half of HMAC-SHA-256(epoch key, "nguon serial salt"
/// ‖ serial). Derived, so nothing is stored per label, and secret until one is opened
/// (ledger/FORMAT.md "Serial root").
std::string serial_salt(const labels::SerialKey& key, std::string_view serial);

/// What `label.range` commits to before any of its labels is applied: base64url of the RFC 6962
/// root over SHA-256(salt ‖ serial) of labels 0…count−1 of the range that `first` names (its index
/// is 0). Takes about 10 µs a label. Faults of SerialCodec::encode.
labels::Result<std::string> serial_root(const labels::SerialCodec& codec,
                                        const labels::SerialKey& key, labels::SerialPlace first,
                                        std::uint32_t count);

}  // namespace nguon::server
