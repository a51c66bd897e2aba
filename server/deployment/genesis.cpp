#include "server/deployment/genesis.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/entry/jws.hpp"
#include "ledger/entry/subject.hpp"
#include "ledger/entry/uuid7.hpp"
#include "ledger/keys/sha256.hpp"
#include "schemas/places.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <utility>

namespace nguon::server {

namespace json = boost::json;

namespace {

constexpr std::size_t jti_octets = 10;

json::value jwk(const ledger::PublicKey& key) { return json::parse(key.jwk()); }

}  // namespace

ledger::Result<ledger::MadeEntry> make_genesis(
    const ledger::PrivateKey& root, const ledger::PublicKey& log, const ledger::PublicKey& service,
    const std::vector<ledger::PublicKey>& recovery, const Beginning& beginning,
    const schemas::Bundle& bundle, const ledger::Entropy& entropy) {
  json::object organisation{{"name", beginning.operator_name}, {"kind", beginning.operator_kind}};
  if (!beginning.commune.empty()) {
    organisation["commune"] = {{"code", beginning.commune}, {"vintage", schemas::places_vintage}};
  }
  json::array recovery_keys;
  for (const auto& key : recovery) recovery_keys.push_back(jwk(key));
  ledger::Draft draft;
  draft.sub = "org";
  draft.iat = beginning.iat;
  draft.data = {{"name", beginning.name},
                {"origin", beginning.origin},
                {"operator", std::move(organisation)},
                {"root", jwk(root.public_key())},
                {"log", jwk(log)},
                {"service", jwk(service)},
                {"recovery", std::move(recovery_keys)},
                {"engine", 1},
                {"bundle", ledger::base64url_encode(ledger::sha256(bundle.text()))}};
  return ledger::EntryMaker({}, entropy).make(root, *bundle.find("genesis/1"), draft);
}

ledger::Result<ledger::MadeEntry> make_first_registrar(const ledger::PrivateKey& root,
                                                       const ledger::MadeEntry& genesis,
                                                       const ledger::PublicKey& registrar,
                                                       const ProofMaker& proof, std::int64_t iat,
                                                       const schemas::Bundle& bundle,
                                                       const ledger::Entropy& entropy) {
  // The proof names the person, and a new person's id follows from the jti: so the jti's octets are
  // drawn first and then given to the maker, which draws nothing else for this type.
  const std::string octets = entropy(jti_octets);
  const std::string person =
      ledger::subject_id("person", genesis.id, root.kid(), ledger::make_uuid7(iat * 1000, octets));
  ledger::Draft draft;
  draft.sub = "person";
  draft.iat = iat;
  draft.data = {{"jwk", jwk(registrar)},
                {"org", genesis.sub},
                {"roles", json::array{"registrar"}},
                {"proof", proof(person)}};
  ledger::EntryMaker maker(genesis.id,
                           [&octets](std::size_t count) { return octets.substr(0, count); });
  return maker.make(root, *bundle.find("key.add/1"), draft);
}

std::string enrolment_proof(const ledger::PrivateKey& device, const std::string& deployment_id,
                            const std::string& person, const std::string& org,
                            const std::string& code) {
  const json::object promise{
      {"aud", deployment_id}, {"person", person}, {"org", org}, {"code", code}};
  return ledger::make_jws(device, ledger::enrolment_typ, json::serialize(promise));
}

}  // namespace nguon::server
