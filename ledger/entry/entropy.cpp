#include "ledger/entry/entropy.hpp"

#include "ledger/keys/key.hpp"
#include "ledger/keys/sha256.hpp"

#include <cstdint>

namespace nguon::ledger {

Entropy system_entropy() { return random_bytes; }

Entropy seeded_entropy(std::string_view seed) {
  return [seed = std::string(seed), counter = std::uint64_t{0}](std::size_t count) mutable {
    std::string octets;
    while (octets.size() < count) {
      std::string big_endian;
      for (int shift = 56; shift >= 0; shift -= 8) {
        big_endian += static_cast<char>((counter >> shift) & 255);
      }
      octets += sha256(seed, big_endian).view();
      ++counter;
    }
    octets.resize(count);
    return octets;
  };
}

}  // namespace nguon::ledger
