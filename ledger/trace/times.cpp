#include "ledger/trace/times.hpp"

#include "ledger/entry/claims.hpp"
#include "ledger/entry/jws.hpp"

namespace nguon::ledger::trace {
namespace {

Result<EntryTimes::Seen> judged(const Ledger& ledger, const Seen& claimed, std::uint64_t index) {
  EntryTimes::Seen seen{claimed.size, false, 0};
  // Under a former name too: what is left of that tree has the same roots, what was lost has not.
  if (!ledger.bears(claimed.origin) || claimed.size == 0 || claimed.size > index) return seen;
  NGUON_TRY(const Hash root, ledger.root(claimed.size));
  if (root != claimed.root) return seen;
  seen.ours = true;
  NGUON_TRY(const Leaf last, ledger.leaf(claimed.size - 1));
  seen.recorded = last.recorded;
  return seen;
}

}  // namespace

Result<EntryTimes> times_of(const Ledger& ledger, std::uint64_t index) {
  NGUON_TRY(const Leaf leaf, ledger.leaf(index));
  NGUON_TRY(const Jws jws, parse_jws(leaf.jws, entry_typ));
  NGUON_TRY(const Claims claims, parse_claims(leaf.jws, jws));
  EntryTimes times;
  times.iat = claims.entry.iat;
  times.recorded = leaf.recorded;
  if (claims.entry.seen) {
    NGUON_TRY(times.seen, judged(ledger, *claims.entry.seen, index));
  }
  NGUON_TRY(times.covering, ledger.cosigned().covering(index));
  return times;
}

}  // namespace nguon::ledger::trace
