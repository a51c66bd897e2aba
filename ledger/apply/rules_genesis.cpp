#include "ledger/apply/common.hpp"
#include "ledger/entry/subject.hpp"

#include <boost/json/serialize.hpp>

namespace nguon::ledger {
namespace {

Result<PublicKey> key_of(const boost::json::value& jwk, const std::string& field) {
  auto key = PublicKey::from_jwk(boost::json::serialize(jwk));
  if (!key) return invalid(key.error().rule, field, key.error().detail);
  return *key;
}

// The operator's own keys belong to no person. A kid is bound once for ever, also among themselves.
Result<std::string> enrol(Work& work, const boost::json::value& jwk, const std::string& field,
                          std::vector<std::string> roles) {
  NGUON_TRY(const auto key, key_of(jwk, field));
  const auto at = state_key::key(key.kid());
  NGUON_TRY(const auto bound, work.find<KeyRecord>(at));
  if (bound) return invalid("key.bound", field, "one key, one use");
  work.put(at, KeyRecord{std::string(alg_name(key.alg())),
                         key.jwk(),
                         {},
                         work.entry().sub,
                         std::move(roles),
                         work.index(),
                         std::nullopt});
  return key.kid();
}

Result<const boost::json::value*> member(const Entry& entry, std::string_view name) {
  const auto* value = entry.data.if_contains(name);
  if (value == nullptr) return invalid("data.member", "/data/" + std::string(name), "missing");
  return value;
}

Result<void> enrol_keys(Work& work, DeploymentRecord& deployment) {
  const auto& entry = work.entry();
  NGUON_TRY(const auto* root, member(entry, "root"));
  NGUON_TRY(const auto* log, member(entry, "log"));
  NGUON_TRY(const auto* service, member(entry, "service"));
  NGUON_TRY(const auto* recovery, member(entry, "recovery"));
  if (!recovery->is_array()) return invalid("data.member", "/data/recovery", "an array of keys");
  NGUON_TRY(auto root_kid, enrol(work, *root, "/data/root", {"operator"}));
  if (root_kid != entry.kid) return invalid("genesis.root", "/data/root", "the key that signs it");
  deployment.root_kids.push_back(std::move(root_kid));
  NGUON_TRY(deployment.log_kid, enrol(work, *log, "/data/log", {}));
  NGUON_TRY(deployment.service_kid, enrol(work, *service, "/data/service", {"service"}));
  for (const auto& jwk : recovery->get_array()) {
    NGUON_TRY(auto kid, enrol(work, jwk, "/data/recovery", {"operator"}));
    deployment.root_kids.push_back(std::move(kid));
  }
  return {};
}

Result<void> create_operator(Work& work, const Data& data) {
  NGUON_TRY(const auto described, data.object("operator"));
  OrgRecord org;
  NGUON_TRY(org.name, described.text("name"));
  NGUON_TRY(org.kind, described.text("kind"));
  NGUON_TRY(org.commune, described.maybe_commune("commune"));
  org.status = "active";
  put_own(work, org);
  return {};
}

}  // namespace

Result<void> apply_genesis(Work& work) {
  const auto& entry = work.entry();
  const Data data(entry.data);
  if (entry.prev || entry.sub != subject_id("org", {}, entry.kid, entry.jti)) {
    return invalid("subject.id", "/sub", "the id the genesis derives from its kid and jti");
  }
  DeploymentRecord deployment;
  deployment.id = entry.id;
  deployment.operator_org = entry.sub;
  NGUON_TRY(deployment.name, data.text("name"));
  NGUON_TRY(deployment.origin, data.text("origin"));
  NGUON_CHECK(enrol_keys(work, deployment));
  NGUON_CHECK(create_operator(work, data));
  RulesRecord rules;
  NGUON_TRY(rules.engine, data.integer("engine"));
  NGUON_TRY(rules.bundle, data.text("bundle"));
  rules.entry = entry.id;
  if (rules.engine != engine_version) {
    return invalid("rules.engine", "/data/engine", "this program does not hold that engine");
  }
  work.put(state_key::deployment(), deployment);
  work.put(state_key::rules(), rules);
  work.set_owner(entry.sub);
  return {};
}

Result<void> activate_rules(Work& work) {
  const Data data(work.entry().data);
  NGUON_TRY(const auto deployment,
            work.need<DeploymentRecord>(state_key::deployment(),
                                        Error{Errc::corrupt, "state.record", {}, "no genesis"}));
  if (work.entry().sub != deployment.operator_org) {
    return invalid("rules.subject", "/sub", "the operator's organisation");
  }
  RulesRecord rules;
  NGUON_TRY(rules.engine, data.integer("engine"));
  NGUON_TRY(rules.bundle, data.text("bundle"));
  rules.entry = work.logged().id;
  if (rules.engine != engine_version) {
    return invalid("rules.engine", "/data/engine", "this program does not hold that engine");
  }
  work.put(state_key::rules(), rules);
  return {};
}

}  // namespace nguon::ledger
