#include "ledger/monitor/log_reader.hpp"

#include "ledger/entry/claims.hpp"
#include "ledger/log/merkle.hpp"

namespace nguon::ledger {
namespace {

Error unfit(std::uint64_t index, const Error& why) {
  return {Errc::corrupt, "audit.entry", "/leaf/" + std::to_string(index),
          "index " + std::to_string(index) + ": " + why.rule +
              (why.detail.empty() ? "" : ": " + why.detail)};
}

}  // namespace

Result<std::vector<LinkedEntry>> LogReader::read(const std::vector<RawLeaf>& leaves, bool known) {
  NGUON_TRY(auto entries, known ? entries_.recall(leaves) : entries_.check(leaves));
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto good = check(entries[i], leaves[i].text, known);
    if (!good) return unfit(entries[i].index, good.error());
  }
  return entries;
}

Result<void> LogReader::check(const LinkedEntry& linked, std::string_view leaf, bool known) {
  const Entry& entry = linked.entry;
  if (linked.index == 0) {
    NGUON_TRY(keys_, KeyChain::begin(entry, leaf_hash(leaf)));
    aud_ = entry.id;
    return {};
  }
  if (entry.aud != aud_) return invalid("verify.aud", {}, "made for another deployment");
  const auto ended = revoked_.find(entry.kid);
  if (ended != revoked_.end()) {
    return invalid("verify.revoked", {},
                   "its key was revoked at index " + std::to_string(ended->second));
  }
  if (linked.inner) {
    if (linked.inner->aud != aud_ || linked.inner->sub != entry.sub) {
      return invalid("verify.aud", {}, "the adopted entry is of another deployment or subject");
    }
    const PublicKey* maker = entries_.key_of(linked.inner->kid);
    if (maker == nullptr) return invalid("verify.key", {}, "no enrolment of " + linked.inner->kid);
    if (!known) {
      NGUON_CHECK(check_grammar_and_signature(linked.inner->jws, *maker));
    }
  }
  NGUON_CHECK(keys_.add(linked.index, entry));
  for (const auto& kid : revoked_kids(linked.effective())) revoked_.emplace(kid, linked.index);
  return {};
}

}  // namespace nguon::ledger
