#include "ledger/apply/rules.hpp"

namespace nguon::ledger {

// Apply only marks: the values and their keys lie outside the log, and whoever holds them destroys
// them on seeing this entry (DESIGN §3). Signatures and proofs stay valid because only digests were
// signed.
Result<void> erase(Work& work) {
  const Data data(work.entry().data);
  NGUON_TRY(const auto scope, data.text("scope"));
  if (scope == "person") {
    if (!work.entry().sub.starts_with("person:")) {
      return invalid("erase.scope", "/sub", "a person, where the scope is one");
    }
    NGUON_TRY(auto person, own<PersonRecord>(work));
    person.erased = work.logged().id;
    put_own(work, person);
    return {};
  }
  NGUON_TRY(const auto id, data.text("entry"));
  NGUON_TRY(const auto slot, data.text("slot"));
  NGUON_TRY(const auto entry,
            work.need<EntryRecord>(state_key::entry(id),
                                   Error{Errc::not_yet, "entry.unknown", "/data/entry",
                                         "the log does not hold it yet"}));
  if (entry.sub != work.entry().sub) {
    return invalid("erase.entry", "/data/entry", "an entry of this subject");
  }
  work.put(state_key::erased(id, slot), ErasedRecord{work.logged().id});
  return {};
}

}  // namespace nguon::ledger
