#pragma once

#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace nguon::labels {

/// The lines of tests/labels/golden/<name>; throws when the file is missing or empty.
inline std::vector<std::string> golden_lines(const std::string& name) {
  std::ifstream file(std::string(NGUON_LABELS_GOLDEN) + "/" + name);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  if (lines.empty()) throw std::runtime_error("no golden lines in " + name);
  return lines;
}

inline constexpr auto demo_deployment = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";

}  // namespace nguon::labels
