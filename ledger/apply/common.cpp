#include "ledger/apply/common.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/entry/subject.hpp"
#include "ledger/log/merkle.hpp"

namespace nguon::ledger {
namespace {

Error unknown(const std::string& field) {
  return {Errc::not_yet, "subject.unknown", field, "the log does not hold this subject yet"};
}

Result<bool> is_entry_of(Work& work, const std::string& id, const std::string& sub) {
  NGUON_TRY(const auto entry, work.find<EntryRecord>(state_key::entry(id)));
  return entry && entry->sub == sub;
}

}  // namespace

Result<KeyRecord> find_signer(Work& work) {
  const auto& entry = work.logged();
  NGUON_TRY(auto key, work.need<KeyRecord>(state_key::key(entry.kid),
                                           Error{Errc::not_yet, "key.unknown", "/kid",
                                                 "the log does not hold this key yet"}));
  if (key.alg != alg_name(entry.alg)) {
    return invalid("key.alg", "/alg", "the key was enrolled for " + key.alg);
  }
  return key;
}

Result<std::optional<HeadRecord>> find_subject(Work& work, const schemas::TypeSchema& type) {
  const auto& entry = work.entry();
  const auto kind = subject_kind(entry.sub);
  if (!type.subject().allows(kind)) return invalid("subject.kind", "/sub", "not for this type");
  NGUON_TRY(auto head, work.find<HeadRecord>(state_key::head(entry.sub)));
  const auto mode = type.subject().mode;
  if (head) {
    if (mode == schemas::SubjectMode::starts) {
      return invalid("subject.exists", "/sub", "this type begins a subject of its own");
    }
    return head;
  }
  if (work.logged().prev || mode == schemas::SubjectMode::continues) return unknown("/sub");
  // An id that is not derived from this very entry would let anyone take a name before its owner.
  if (entry.sub != subject_id(kind, entry.aud, entry.kid, entry.jti)) {
    return invalid("subject.id", "/sub", "the id a first entry derives from aud, kid and jti");
  }
  return head;
}

Result<void> check_order(Work& work, const schemas::TypeSchema& type,
                         const std::optional<HeadRecord>& head) {
  if (!head) return {};
  const auto& prev = work.logged().prev;
  if (prev == head->head) return {};
  if (type.order() == schemas::Order::strict) {
    return Error{Errc::stale, "subject.stale", "/prev", head->head};
  }
  if (!prev) {
    work.flag("flag.prev-stale");
    return {};
  }
  NGUON_TRY(const bool known, is_entry_of(work, *prev, work.entry().sub));
  work.flag(known ? "flag.prev-stale" : "flag.prev-unknown");
  return {};
}

Result<void> check_inputs(Work& work, const schemas::TypeSchema& type) {
  const auto& inputs = work.entry().from;
  const auto bounds = type.from().value_or(schemas::FromRule{});
  if (inputs.size() < bounds.min || inputs.size() > bounds.max) {
    return invalid("from.count", "/from",
                   "this type consumes " + std::to_string(bounds.min) + " to " +
                       std::to_string(bounds.max) + " inputs");
  }
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    NGUON_TRY(const auto head, work.find<HeadRecord>(state_key::head(inputs[i].sub)));
    if (!head) return unknown("/from/" + std::to_string(i) + "/sub");
    if (inputs[i].head == head->head) continue;
    NGUON_TRY(const bool known, is_entry_of(work, inputs[i].head, inputs[i].sub));
    if (!known) work.flag("flag.from-head-unknown");
  }
  return {};
}

void check_clock(Work& work) {
  // Seconds, and the claim is within ±2^53, so nothing here can overflow.
  const std::int64_t skew = work.entry().iat - work.recorded_ms() / 1000;
  const auto tolerated = work.bundle().thresholds().device_clock_skew_s;
  if (skew > tolerated || skew < -tolerated) work.flag("flag.clock-skew");
}

Result<void> advance_head(Work& work, std::optional<HeadRecord> head) {
  const auto& logged = work.logged();
  const auto& entry = work.entry();
  HeadRecord next = head.value_or(HeadRecord{});
  CompactRange range;
  if (head) {
    const auto octets = base64url_decode(head->range);
    if (!octets) return Error{Errc::corrupt, "state.record", {}, "a head's range"};
    NGUON_TRY(range, CompactRange::parse(*octets));
  } else {
    next.org = work.owner();
    next.kid = entry.kid;
    const auto& whom = entry.on_behalf_of;
    // An organisation acted for is whose it is, not who did it.
    next.person = whom && !whom->starts_with("org:") ? *whom : work.maker().person;
  }
  const auto id = base64url_hash(logged.id);
  if (!id) return invalid("entry.id", {}, "43 symbols");
  range.append(leaf_hash(id->view()));
  work.set_count(range.size());
  next.count = static_cast<std::int64_t>(range.size());
  next.head = logged.id;
  next.range = base64url_encode(range.serialise());
  work.put(state_key::head(entry.sub), next);
  const EntryRecord record{work.index(), entry.sub, entry.type, work.maker().person, work.credit()};
  work.put(state_key::entry(logged.id), record);
  // A phone that made the adopted entry goes on from its id, so that id is known as well.
  if (entry.id != logged.id) work.put(state_key::entry(entry.id), record);
  return {};
}

}  // namespace nguon::ledger
