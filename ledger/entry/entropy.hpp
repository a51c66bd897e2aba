#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace nguon::ledger {

/// Where salts, decoys and jti come from: gives exactly `count` octets. Injected, so that a demo
/// and tests can make the same entries again.
using Entropy = std::function<std::string(std::size_t count)>;

/// The operating system's generator: what real entries use.
Entropy system_entropy();

/// The same octets for the same seed on every machine: SHA-256(seed ‖ counter), 8 octets
/// big-endian. Guessable, so for demo and test data only. Not thread-safe.
Entropy seeded_entropy(std::string_view seed);

}  // namespace nguon::ledger
