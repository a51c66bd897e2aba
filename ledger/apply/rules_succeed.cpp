#include "ledger/apply/rules.hpp"
#include "ledger/apply/signers.hpp"
#include "ledger/entry/succession.hpp"

namespace nguon::ledger {

// The notes it carries are not judged: that the tail is lost is the operator's word, and what
// contradicts it is signed by the log itself.
Result<void> succeed_log(Work& work) {
  NGUON_TRY(const auto deployment, about_operator(work, "succeed.subject"));
  NGUON_TRY(const Succession said, read_succession(work.entry()));
  NGUON_TRY(const auto known, work.find<OriginsRecord>(state_key::origins()));
  OriginsRecord origins = known.value_or(OriginsRecord{{{deployment.origin, 0}}});
  if (said.origin != next_origin(origins.of.back().origin)) {
    return invalid("succeed.origin", "/data/origin", "the same host and the next number");
  }
  // Else an entry that was made for one loss would do for another.
  if (static_cast<std::int64_t>(said.size) != work.index()) {
    return invalid("succeed.size", "/data/size", "the number of leaves that remained");
  }
  origins.of.push_back({said.origin, work.index()});
  work.put(state_key::origins(), origins);
  return {};
}

}  // namespace nguon::ledger
