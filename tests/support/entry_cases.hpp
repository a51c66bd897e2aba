#pragma once

#include "tests/support/people.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::tests {

/// One golden submission: how it is made and what layer 1 must say to it.
struct EntryCase {
  std::string name;                          ///< File name without ".json".
  std::string about;                         ///< One sentence for the reader of the file.
  std::string rule;                          ///< Empty when admitted.
  bool validly_signed;                       ///< Whether a refusal of it is a signed one.
  std::function<std::string(People&)> make;  ///< The body.
};

/// All of them. Made in the same order by one People they are the same in every run, but for the
/// random part of ES256 signatures.
std::vector<EntryCase> entry_cases();

/// The bundle that the golden files are judged by: tests/ledger/golden/entry/bundle.json, frozen,
/// with batch.harvest in an old (1) and a new (2) major.
const schemas::Bundle& golden_bundle();
/// The people of the golden files.
People golden_people();
/// tests/ledger/golden/entry.
std::string golden_directory();

/// The cases by the part they break; entry_cases() joins them.
std::vector<EntryCase> envelope_cases();
std::vector<EntryCase> payload_cases();
std::vector<EntryCase> private_cases();

}  // namespace nguon::tests
