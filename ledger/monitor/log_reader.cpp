#include "ledger/monitor/log_reader.hpp"

#include "ledger/entry/admission.hpp"
#include "ledger/entry/claims.hpp"

#include <boost/json/serialize.hpp>

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
  for (const LinkedEntry& linked : entries) {
    if (const auto good = check(linked, known); !good) return unfit(linked.index, good.error());
  }
  return entries;
}

Result<void> LogReader::check(const LinkedEntry& linked, bool known) {
  if (linked.index == 0) return begin(linked);
  const Entry& entry = linked.entry;
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
  for (const auto& kid : revoked_kids(linked.effective())) revoked_.emplace(kid, linked.index);
  return {};
}

Result<void> LogReader::begin(const LinkedEntry& linked) {
  // The key that vouches for the tree and the one the operator announced must be one.
  const auto* jwk = linked.entry.data.if_contains("log");
  const auto key = PublicKey::from_jwk(jwk == nullptr ? "" : boost::json::serialize(*jwk));
  const auto* origin = linked.entry.data.if_contains("origin");
  if (!key || key->kid() != log_.key().kid() || origin == nullptr || !origin->is_string() ||
      origin->get_string() != log_.name()) {
    return invalid("verify.genesis", {}, "the genesis entry is of another log");
  }
  aud_ = linked.entry.id;
  const auto* service = linked.entry.data.if_contains("service");
  service_ = service == nullptr ? "" : boost::json::serialize(*service);
  return {};
}

}  // namespace nguon::ledger
