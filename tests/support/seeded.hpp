#pragma once

#include <cstdlib>
#include <iostream>
#include <random>
#include <string_view>

namespace nguon::test {

/// The seed of this run's random choices, printed once: NGUON_SEED, or a fresh one.
inline unsigned seed() {
  static const unsigned chosen = [] {
    const char* given = std::getenv("NGUON_SEED");
    const auto value = given != nullptr && *given != '\0'
                           ? static_cast<unsigned>(std::strtoul(given, nullptr, 10))
                           : std::random_device{}();
    std::cout << "NGUON_SEED=" << value << '\n';
    return value;
  }();
  return chosen;
}

/// `few` cases, or all of them with NGUON_FULL=1.
inline unsigned cases(unsigned few, unsigned all) {
  const char* full = std::getenv("NGUON_FULL");
  return full != nullptr && std::string_view(full) == "1" ? all : few;
}

}  // namespace nguon::test
