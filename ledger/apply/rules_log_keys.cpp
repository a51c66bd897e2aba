#include "ledger/apply/rules.hpp"
#include "ledger/apply/signers.hpp"

namespace nguon::ledger {
namespace {

std::vector<std::string> roles_of(KeyUse use) {
  switch (use) {
    case KeyUse::log:
      return {};
    case KeyUse::service:
      return {"service"};
    case KeyUse::root:
      return {"operator"};
  }
  return {};
}

Result<void> enrol(Work& work, const KeyChange::Added& added) {
  const auto at = state_key::key(added.key.kid());
  NGUON_TRY(const auto bound, work.find<KeyRecord>(at));
  if (bound) {
    return invalid("keys.bound", "/data/" + std::string(use_name(added.use)),
                   "a key is bound once for ever");
  }
  work.put(at, KeyRecord{std::string(alg_name(added.key.alg())),
                         added.key.jwk(),
                         {},
                         work.entry().sub,
                         roles_of(added.use),
                         work.index(),
                         std::nullopt});
  return {};
}

}  // namespace

// `before` is not judged: it is about leaves, which apply does not see, and a wrong one keeps only
// readers from following.
Result<void> change_log_keys(Work& work) {
  NGUON_TRY(const auto deployment, about_operator(work, "keys.subject"));
  NGUON_TRY(const KeyChange change, read_key_change(work.entry()));
  NGUON_TRY(const auto changed, work.find<SignersRecord>(state_key::signers()));
  SignersRecord signers = changed.value_or(initial_signers(deployment));
  NGUON_CHECK(
      change_signers(signers, work.logged().kid, static_cast<std::uint64_t>(work.index()), change));
  for (const std::string& kid : change.retired) {
    NGUON_TRY(auto key, work.need<KeyRecord>(
                            state_key::key(kid),
                            Error{Errc::corrupt, "state.record", {}, "a key without record"}));
    key.revoked = work.index();
    work.put(state_key::key(kid), key);
  }
  for (const auto& added : change.added) {
    NGUON_CHECK(enrol(work, added));
  }
  work.put(state_key::signers(), signers);
  return {};
}

}  // namespace nguon::ledger
