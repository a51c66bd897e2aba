#include "ledger/apply/signers.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/apply/typed.hpp"

#include <algorithm>

namespace nguon::ledger {
namespace {

// Two overlap while readers and witnesses learn the newer; a third would only be a key to lose.
constexpr std::int64_t most_in_force = 2;

std::vector<KeyTerm>& terms_of(SignersRecord& signers, KeyUse use) {
  switch (use) {
    case KeyUse::log:
      return signers.log;
    case KeyUse::service:
      return signers.service;
    case KeyUse::root:
      break;
  }
  return signers.root;
}

bool is_recovery(const SignersRecord& signers, const std::string& kid) {
  return std::find(signers.recovery.begin(), signers.recovery.end(), kid) != signers.recovery.end();
}

KeyTerm* find_live(std::vector<KeyTerm>& terms, const std::string& kid) {
  const auto found = std::find_if(terms.begin(), terms.end(), [&](const KeyTerm& term) {
    return term.kid == kid && !term.until;
  });
  return found == terms.end() ? nullptr : &*found;
}

bool is_bound(const SignersRecord& signers, const std::string& kid) {
  const auto among = [&](const std::vector<KeyTerm>& terms) {
    return std::any_of(terms.begin(), terms.end(),
                       [&](const KeyTerm& term) { return term.kid == kid; });
  };
  return among(signers.log) || among(signers.service) || among(signers.root) ||
         is_recovery(signers, kid);
}

Result<void> check_count(const std::vector<KeyTerm>& terms, KeyUse use) {
  const auto live = std::count_if(terms.begin(), terms.end(),
                                  [](const KeyTerm& term) { return !term.until.has_value(); });
  if (live == 0) {
    return invalid("keys.last", "/data/retire",
                   "no " + std::string(use_name(use)) + " key is left");
  }
  if (live > most_in_force) {
    return invalid("keys.too-many", "/data/" + std::string(use_name(use)), "retire one first");
  }
  return {};
}

}  // namespace

SignersRecord initial_signers(const DeploymentRecord& deployment) {
  SignersRecord signers;
  signers.log.push_back({deployment.log_kid, 0, std::nullopt});
  signers.service.push_back({deployment.service_kid, 0, std::nullopt});
  const auto& roots = deployment.root_kids;
  if (roots.empty()) return signers;
  signers.root.push_back({roots.front(), 0, std::nullopt});
  signers.recovery.assign(roots.begin() + 1, roots.end());
  return signers;
}

Result<SignersRecord> read_signers(const StateReader& state) {
  NGUON_TRY(auto record, read_record<SignersRecord>(state, state_key::signers()));
  if (record) return std::move(*record);
  NGUON_TRY(const auto deployment, read_record<DeploymentRecord>(state, state_key::deployment()));
  if (!deployment) return Error{Errc::corrupt, "state.record", {}, "no genesis"};
  return initial_signers(*deployment);
}

Result<OriginsRecord> read_origins(const StateReader& state) {
  NGUON_TRY(auto record, read_record<OriginsRecord>(state, state_key::origins()));
  if (record) return std::move(*record);
  NGUON_TRY(const auto deployment, read_record<DeploymentRecord>(state, state_key::deployment()));
  if (!deployment) return Error{Errc::corrupt, "state.record", {}, "no genesis"};
  return OriginsRecord{{{deployment->origin, 0}}};
}

bool is_in_charge(const SignersRecord& signers, const std::string& kid) {
  return is_recovery(signers, kid) ||
         std::any_of(signers.root.begin(), signers.root.end(),
                     [&](const KeyTerm& term) { return term.kid == kid && !term.until; });
}

Result<void> change_signers(SignersRecord& signers, const std::string& by, std::uint64_t index,
                            const KeyChange& change) {
  if (!is_in_charge(signers, by)) {
    return Error{Errc::forbidden, "keys.signer", "/kid", "neither root key nor recovery key"};
  }
  const bool recovers = is_recovery(signers, by);
  const auto at = static_cast<std::int64_t>(index);
  for (const std::string& kid : change.retired) {
    KeyTerm* root = find_live(signers.root, kid);
    // Else whoever steals the root key could lock its owner out.
    if (root != nullptr && !recovers) {
      return Error{Errc::forbidden, "keys.root", "/data/retire", "a recovery key retires it"};
    }
    KeyTerm* term = root != nullptr ? root : find_live(signers.log, kid);
    if (term == nullptr) term = find_live(signers.service, kid);
    if (term == nullptr) return invalid("keys.retire", "/data/retire", "no key in force");
    term->until = at;
  }
  for (const auto& added : change.added) {
    const std::string field = "/data/" + std::string(use_name(added.use));
    if (added.use == KeyUse::root && !recovers) {
      return Error{Errc::forbidden, "keys.root", field, "a recovery key names the next root key"};
    }
    if (is_bound(signers, added.key.kid())) {
      return invalid("keys.bound", field, "a key is bound once for ever");
    }
    terms_of(signers, added.use).push_back({added.key.kid(), at, std::nullopt});
  }
  NGUON_CHECK(check_count(signers.log, KeyUse::log));
  NGUON_CHECK(check_count(signers.service, KeyUse::service));
  return check_count(signers.root, KeyUse::root);
}

}  // namespace nguon::ledger
