#include "ledger/apply/rules.hpp"
#include "ledger/base/json.hpp"
#include "ledger/entry/jws.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace nguon::ledger {
namespace {

// A person changes phones; this many keys in one life is a mistake, and bounds the record.
constexpr std::size_t max_keys = 64;

// The new key signs {aud, person, org, code}: whoever asks holds it, for this person, here and now.
// The office made the one-time code; that it is unused is the office's to see, not the log's.
Result<void> check_proof(const Work& work, const PublicKey& key, const std::string& org,
                         const std::string& proof) {
  const std::string field = "/data/proof";
  const auto jws = parse_jws(proof, enrolment_typ);
  if (!jws) return invalid("key.proof", field, jws.error().rule);
  if (jws->kid != key.kid() || !verify_jws(*jws, key)) {
    return invalid("key.proof", field, "not signed by the new key");
  }
  const auto payload = parse_json(jws->payload);
  if (!payload || !payload->is_object() || payload->get_object().size() != 4) {
    return invalid("key.proof", field, "exactly aud, person, org, code");
  }
  const Data said(payload->get_object(), field);
  NGUON_TRY(const auto aud, said.text("aud"));
  NGUON_TRY(const auto person, said.text("person"));
  NGUON_TRY(const auto named_org, said.text("org"));
  NGUON_CHECK(said.text("code"));
  if (aud != work.entry().aud || person != work.entry().sub || named_org != org) {
    return invalid("key.proof", field, "made for another deployment, person or organisation");
  }
  return {};
}

// A key gives away only what its own role may give, and outside its organisation only with a role
// that reaches there. The same bounds whose keys it may end.
bool may_grant(const Work& work, const std::string& org, const std::string& granted) {
  const auto& table = work.bundle().roles();
  const auto base = base_of(work.entry().type);
  return std::any_of(work.signer().roles.begin(), work.signer().roles.end(), [&](const auto& role) {
    return table.may_grant(role, granted) &&
           (org == work.signer().org || table.relation(base, role) == schemas::Relation::any);
  });
}

Result<void> check_grants(const Work& work, const KeyRecord& key, const std::string& field) {
  for (const auto& role : key.roles) {
    if (!may_grant(work, key.org, role)) {
      return Error{Errc::forbidden, "role.grant", field,
                   "not this signer's to give or take: " + role};
    }
  }
  return {};
}

// Who speaks for the public, or for the operator, does so in an organisation that people know as
// one: an "authority" of a co-operative would confirm its own goods.
Result<void> check_seats(Work& work, const KeyRecord& key, const OrgRecord& org) {
  NGUON_TRY(const auto deployment, work.find<DeploymentRecord>(state_key::deployment()));
  const bool operates = deployment && deployment->operator_org == key.org;
  for (const auto& role : key.roles) {
    if (!work.bundle().roles().may_sit(role, org.kind, operates)) {
      return Error{Errc::forbidden, "role.seat", "/data/roles",
                   "not in an organisation of this kind: " + role};
    }
  }
  return {};
}

}  // namespace

Result<void> add_key(Work& work) {
  const Data data(work.entry().data);
  const auto* jwk = work.entry().data.if_contains("jwk");
  if (jwk == nullptr) return invalid("data.member", "/data/jwk", "missing");
  const auto key = PublicKey::from_jwk(boost::json::serialize(*jwk));
  if (!key) return invalid(key.error().rule, "/data/jwk", key.error().detail);

  KeyRecord record;
  record.alg = alg_name(key->alg());
  record.jwk = key->jwk();
  record.person = work.entry().sub;
  record.added = work.index();
  NGUON_TRY(record.org, data.text("org"));
  NGUON_TRY(record.roles, data.texts("roles"));
  std::sort(record.roles.begin(), record.roles.end());
  NGUON_TRY(const auto proof, data.text("proof"));
  NGUON_TRY(const auto org, standing_org(work, record.org, "/data/org"));
  NGUON_CHECK(check_grants(work, record, "/data/roles"));
  NGUON_CHECK(check_seats(work, record, org));
  NGUON_CHECK(check_proof(work, *key, record.org, proof));

  const auto at = state_key::key(key->kid());
  NGUON_TRY(const auto bound, work.find<KeyRecord>(at));
  if (bound) return invalid("key.bound", "/data/jwk", "a key is bound once for ever");
  NGUON_TRY(const auto known, work.find<PersonRecord>(state_key::subject(work.entry().sub)));
  PersonRecord person = known.value_or(PersonRecord{});
  if (person.kids.size() == max_keys) return invalid("key.too-many", "/sub", "at most 64 keys");
  person.kids.push_back(key->kid());
  work.set_owner(record.org);
  work.put(at, record);
  put_own(work, person);
  return {};
}

Result<void> revoke_key(Work& work) {
  NGUON_TRY(const auto kid, Data(work.entry().data).text("kid"));
  NGUON_TRY(auto key, work.need<KeyRecord>(state_key::key(kid),
                                           invalid("key.not-theirs", "/data/kid", "no such key")));
  if (key.person != work.entry().sub) {
    return invalid("key.not-theirs", "/data/kid", "not a key of this person");
  }
  if (key.revoked) return invalid("key.revoked-already", "/data/kid", "it ended before");
  const auto& signer = work.signer().person;
  if (signer.empty() || signer != key.person) {
    NGUON_CHECK(check_grants(work, key, "/data/kid"));
  }
  key.revoked = work.index();
  work.put(state_key::key(kid), key);
  return {};
}

}  // namespace nguon::ledger
