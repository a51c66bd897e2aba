#include "ledger/entry/admission.hpp"
#include "ledger/entry/claims.hpp"
#include "tests/support/entry_cases.hpp"

#include <cstdlib>

namespace {

using namespace nguon;

// One deployment and one enrolled Ed25519 key, which signs whatever the fuzzer says.
struct Bench {
  Bench() : people(tests::golden_people()), key(people.key("service-gate")) {}
  tests::People people;
  const ledger::PrivateKey& key;
};

}  // namespace

/// `payload~disclosure~…`, the payload signed here: whatever admission says yes to, an audit that
/// has only the JWS reads the same way.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static Bench bench;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto end = std::min(text.find('~'), text.size());
  const std::string jws = ledger::make_jws(bench.key, ledger::entry_typ, text.substr(0, end));
  const auto admission = bench.people.admit(jws + std::string(text.substr(end)));
  if (!admission) return 0;
  const auto replayed = ledger::check_grammar_and_signature(jws, bench.key.public_key());
  if (!replayed || replayed->id != admission->entry.id || replayed->data != admission->entry.data) {
    std::abort();
  }
  return 0;
}
