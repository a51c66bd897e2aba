#pragma once

#include <cstdint>
#include <string_view>

namespace nguon::server {

/// Plausible variety that is the same for the same seed on every machine (SplitMix64). Not random
/// in any sense that security could use.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  /// A stream of its own for each name, so that one chain's story does not move another's.
  Dice(std::uint64_t seed, std::string_view name) : state_(seed) {
    for (const char symbol : name) state_ = next() ^ static_cast<unsigned char>(symbol);
  }

  /// first ≤ result ≤ last.
  int between(int first, int last) {
    return first + static_cast<int>(next() % static_cast<std::uint64_t>(last - first + 1));
  }

 private:
  std::uint64_t next() {
    std::uint64_t mixed = state_ += 0x9e3779b97f4a7c15;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
    return mixed ^ (mixed >> 31);
  }

  std::uint64_t state_;
};

}  // namespace nguon::server
