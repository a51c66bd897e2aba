#pragma once

#include <cstddef>
#include <set>
#include <string>

namespace nguon::tests {

/// The `{name}`s of a sentence, with their braces.
inline std::set<std::string> placeholders(const std::string& sentence) {
  std::set<std::string> names;
  for (std::size_t at = 0; (at = sentence.find('{', at)) != std::string::npos; ++at) {
    names.insert(sentence.substr(at, sentence.find('}', at) - at + 1));
  }
  return names;
}

}  // namespace nguon::tests
