#include "ledger/log/head_desk.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/apply/records_core.hpp"
#include "ledger/base/base64url.hpp"
#include "ledger/log/leaf.hpp"
#include "ledger/log/merkle.hpp"
#include "ledger/log/subject_tree.hpp"
#include "ledger/store/keys.hpp"

#include <algorithm>

namespace nguon::ledger {
namespace {

constexpr std::int64_t minute_ms = 60'000;

Error no_subject() { return {Errc::not_found, "subject.unknown", {}, {}}; }
Error no_entry() { return {Errc::not_found, "entry.not-found", {}, {}}; }

/// Whether the subject has an entry at or beyond this log index already, released or not.
Result<bool> has_newer(const Store& store, std::uint32_t log, const std::string& sub,
                       std::uint64_t size) {
  bool newer = false;
  const std::string history = keys::history(log, sub);
  NGUON_CHECK(store.scan(Family::index, history + keys::big_endian(size), keys::after(history),
                         [&](auto, auto) { return !(newer = true); }));
  return newer;
}

}  // namespace

Result<HeadDesk::Head> HeadDesk::head_at(const std::string& sub, std::uint64_t size) const {
  NGUON_TRY(const auto stored,
            parts_.store.get(Family::state, keys::state(parts_.log, state_key::head(sub))));
  if (!stored) return no_subject();
  // The state is that of the newest commit, which may not be released. Looked at after it, the
  // history tells whether it is also the state at `size`.
  NGUON_TRY(const bool newer, has_newer(parts_.store, parts_.log, sub, size));
  if (newer) {
    NGUON_TRY(SubjectTree tree, SubjectTree::open(parts_.store, parts_.log, sub, size));
    if (tree.count() == 0) return no_subject();
    NGUON_TRY(const Hash root, tree.root());
    return Head{tree.count(), root};
  }
  NGUON_TRY(const auto record, decode<HeadRecord>(*stored));
  const auto octets = base64url_decode(record.range);
  if (!octets) return Error{Errc::corrupt, "store.corrupt", {}, "a head's range"};
  NGUON_TRY(const CompactRange range, CompactRange::parse(*octets));
  return Head{range.size(), range.root()};
}

std::optional<HeadDesk::Kept> HeadDesk::kept(const std::string& sub, std::int64_t minute) {
  const std::scoped_lock lock(mutex_);
  const Kept* found = kept_.find(sub);
  if (found == nullptr || found->statement.claims.minute != minute) return std::nullopt;
  return *found;
}

Result<HeadStatement> HeadDesk::statement(const std::string& sub) {
  const auto [at, note, signing] = parts_.releaser.released();
  const std::int64_t minute =
      std::max<std::int64_t>(parts_.clock.now_ms(), 0) / minute_ms * (minute_ms / 1000);
  auto known = kept(sub, minute);
  if (known && known->still_at == at.size) return std::move(known->statement);
  NGUON_TRY(const Head head, head_at(sub, at.size));
  Kept next;
  next.still_at = at.size;
  if (known && known->statement.claims.count == head.count) {
    next.statement = std::move(known->statement);
  } else {
    HeadClaims& claims = next.statement.claims;
    claims = {parts_.aud, parts_.origin, sub, head.count, head.root, at.size, at.root, minute};
    next.statement.jws = sign_head(*signing->service, claims);
  }
  const std::scoped_lock lock(mutex_);
  return kept_.put(sub, std::move(next)).statement;
}

Result<std::vector<SubjectEntry>> HeadDesk::entries(const std::string& sub,
                                                    std::uint64_t page) const {
  const std::uint64_t size = parts_.releaser.head().size;
  NGUON_TRY(SubjectTree tree, SubjectTree::open(parts_.store, parts_.log, sub, size));
  if (tree.count() == 0) return no_subject();
  NGUON_TRY(auto found, tree.entries(page));
  if (found.empty()) return Error{Errc::not_found, "subject.page", {}, {}};
  return found;
}

Result<SubjectProof> HeadDesk::proof(const std::string& sub, const std::string& entry_id) {
  NGUON_TRY(auto statement, this->statement(sub));
  NGUON_TRY(const auto stored,
            parts_.store.get(Family::state, keys::state(parts_.log, state_key::entry(entry_id))));
  if (!stored) return no_entry();
  NGUON_TRY(const auto record, decode<EntryRecord>(*stored));
  SubjectProof proof;
  proof.index = static_cast<std::uint64_t>(record.index);
  if (record.sub != sub || proof.index >= statement.claims.size) return no_entry();
  NGUON_TRY(SubjectTree tree,
            SubjectTree::open(parts_.store, parts_.log, sub, statement.claims.size));
  NGUON_TRY(const auto position, tree.position(proof.index));
  if (!position) return no_entry();
  proof.position = *position;
  NGUON_TRY(const auto ids, read_entry_ids(parts_.store, parts_.log, {proof.index}));
  proof.id = base64url_encode(ids.front());
  NGUON_TRY(proof.path, tree.inclusion(*position));
  proof.statement = std::move(statement.jws);
  return proof;
}

}  // namespace nguon::ledger
