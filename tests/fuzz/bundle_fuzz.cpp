// Proof bundles from strangers.

#include "ledger/audit/bundle.hpp"
#include "ledger/audit/proof_bundle.hpp"
#include "ledger/log/note.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace nguon::ledger;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  static const PrivateKey key = PrivateKey::from_seed(Alg::eddsa, std::string(32, 'l'));
  static const std::string vkey = NoteVerifier::make("so.example/log/0", key.public_key())->text();

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
