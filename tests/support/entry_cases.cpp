#include "tests/support/entry_cases.hpp"

#include <fstream>
#include <sstream>

namespace nguon::tests {

std::vector<EntryCase> entry_cases() {
  std::vector<EntryCase> all;
  for (const auto& part : {envelope_cases(), payload_cases(), private_cases()}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

std::string golden_directory() { return NGUON_ENTRY_GOLDEN; }

const schemas::Bundle& golden_bundle() {
  static const schemas::Bundle bundle = [] {
    const std::ifstream file(golden_directory() + "/bundle.json");
    std::ostringstream text;
    text << file.rdbuf();
    return schemas::Bundle::parse(text.str()).value();
  }();
  return bundle;
}

People golden_people() { return People("golden", golden_bundle()); }

}  // namespace nguon::tests
