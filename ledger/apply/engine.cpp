#include "ledger/apply/engine.hpp"

#include "ledger/apply/adoption.hpp"
#include "ledger/apply/common.hpp"

#include <algorithm>

namespace nguon::ledger {
namespace {

bool is_genesis(const Entry& entry) { return entry.type.starts_with("genesis/"); }

Verdict verdict_of(const Error& error) {
  Verdict verdict;
  switch (error.code) {
    case Errc::not_yet:
      verdict.kind = Verdict::Kind::not_yet;
      break;
    case Errc::stale:
      verdict.kind = Verdict::Kind::stale;
      break;
    default:
      verdict.kind = Verdict::Kind::refuse;
      break;
  }
  verdict.rule = error.rule;
  verdict.field = error.field;
  if (error.code == Errc::stale) {
    verdict.head = error.detail;
    verdict.detail = "prev is not the subject's head";
  } else {
    verdict.detail = error.detail;
  }
  return verdict;
}

Verdict held() {
  Verdict verdict;
  verdict.kind = Verdict::Kind::hold;
  verdict.rule = "key.revoked";
  verdict.field = "/kid";
  verdict.detail = "the key was revoked before this entry";
  return verdict;
}

Verdict accepted(const Work& work) {
  Verdict verdict;
  verdict.kind = Verdict::Kind::accept;
  verdict.changes.reserve(work.changes().size());
  for (const auto& [key, value] : work.changes()) verdict.changes.push_back({key, value});
  verdict.count = work.count();
  verdict.flags.assign(work.flags().begin(), work.flags().end());
  return verdict;
}

Result<void> check_place(Work& work) {
  const auto& entry = work.logged();
  if (is_genesis(entry) != (work.index() == 0)) {
    return invalid("genesis.index", "/type", "the genesis entry, and it alone, is at index 0");
  }
  if (is_genesis(entry)) return {};
  NGUON_TRY(const auto deployment,
            work.need<DeploymentRecord>(state_key::deployment(),
                                        Error{Errc::corrupt, "state.record", {}, "no genesis"}));
  if (entry.aud != deployment.id)
    return invalid("entry.aud", "/aud", "made for another deployment");
  return {};
}

Result<void> judge(Work& work) {
  const auto* type = work.bundle().find(work.entry().type);
  const Rule rule = rule_of(base_of(work.entry().type));
  if (type == nullptr || rule == nullptr) {
    return invalid("entry.type", "/type", "not known to the rules in force");
  }
  NGUON_CHECK(take_delegation(work));
  NGUON_TRY(const auto head, find_subject(work, *type));
  NGUON_CHECK(check_authority(work, *type, head));
  NGUON_CHECK(check_order(work, *type, head));
  NGUON_CHECK(check_inputs(work, *type));
  check_clock(work);
  NGUON_CHECK(rule(work));
  return advance_head(work, head);
}

// An adopter needs the right to adopt and the right to have made the entry itself.
Result<void> judge_adoption(Work& work) {
  const auto* type = work.bundle().find(work.logged().type);
  if (type == nullptr) return invalid("entry.type", "/type", "not known to the rules in force");
  NGUON_CHECK(take_delegation(work));
  NGUON_TRY(const auto head, work.find<HeadRecord>(state_key::head(work.logged().sub)));
  NGUON_CHECK(check_authority(work, *type, head));
  return judge(work);
}

Result<Verdict> settle(Work& work, const Result<void>& judged) {
  if (judged) {
    if (work.changes().size() > max_touched_keys) {
      return verdict_of(invalid("apply.too-many-keys", {}, "more than 256 keys of the state"));
    }
    return accepted(work);
  }
  const auto& error = judged.error();
  if (error.code == Errc::corrupt || error.code == Errc::unavailable) return error;
  return verdict_of(error);
}

}  // namespace

Result<Verdict> apply(std::uint64_t index, std::int64_t recorded, const Entry& entry,
                      const StateReader& state, const RuleSet& rules) {
  if (rules.engine != engine_version || rules.bundle == nullptr) {
    return Error{Errc::unavailable, "rules.engine", {}, "this program does not hold that engine"};
  }
  Work work(index, recorded, entry, state, *rules.bundle);
  if (const auto placed = check_place(work); !placed) return settle(work, placed);
  if (is_genesis(entry)) {
    auto judged = apply_genesis(work);
    if (judged) judged = advance_head(work, std::nullopt);
    return settle(work, judged);
  }
  auto signer = find_signer(work);
  if (!signer) return settle(work, signer.error());
  const bool adopts = base_of(entry.type) == "entry.adopt";
  if (signer->revoked) {
    // Holding an adoption would only ask for another adoption.
    if (adopts) return verdict_of(invalid("adopt.revoked", "/kid", "a live key adopts"));
    return held();
  }
  work.set_signer(std::move(*signer));
  if (!adopts) return settle(work, judge(work));
  Entry inner;
  if (const auto opened = open_adoption(work, inner); !opened) return settle(work, opened);
  return settle(work, judge_adoption(work));
}

}  // namespace nguon::ledger
