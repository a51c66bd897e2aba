// Proof bundles from strangers.

#include "ledger/audit/bundle.hpp"
#include "ledger/audit/proof_bundle.hpp"
#include "ledger/log/note.hpp"
#include "tests/support/people.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace nguon::ledger;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  // The log of the golden bundle in the corpus.
  static const std::string vkey = [] {
    nguon::tests::People people;
    return NoteVerifier::make("nguon.example/log/0", people.key("log").public_key())->text();
  }();

  if (const auto bundle = parse_proof_bundle(octets)) {
    if (format_proof_bundle(*bundle) != octets) std::abort();
  }
  if (const auto report = verify_bundle(octets, vkey)) {
    if (report->entries.empty() || report->entries.front().index != 0) std::abort();
    (void)report_text(*report);
  } else if (report.error().rule.empty()) {
    std::abort();
  }
  return 0;
}
