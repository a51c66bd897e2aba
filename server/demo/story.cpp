#include "server/demo/story.hpp"

#include "ledger/keys/sha256.hpp"
#include "server/demo/fixed_signature.hpp"
#include "server/deployment/genesis.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value_from.hpp>

#include <utility>

namespace nguon::server {

namespace json = boost::json;
namespace {

std::string seed_text(std::uint64_t seed, std::string_view name) {
  return "nguon demo " + std::to_string(seed) + ' ' + std::string(name);
}

}  // namespace

Story::Story(std::string deployment_id, const schemas::Bundle& bundle, std::uint64_t seed)
    : deployment_id_(std::move(deployment_id)),
      bundle_(bundle),
      seed_(seed),
      maker_(deployment_id_, ledger::seeded_entropy(seed_text(seed, "entropy"))) {}

std::string Story::start(const Hand& by, std::string_view type, std::string_view kind, Day when,
                         const json::object& data, const Circumstances& around) {
  ledger::Draft draft;
  draft.sub = kind;
  return tell(by, type, std::move(draft), when, data, around).sub;
}

std::string Story::follow(const Hand& by, std::string_view type, const std::string& sub, Day when,
                          const json::object& data, const Circumstances& around) {
  ledger::Draft draft;
  draft.sub = sub;
  draft.prev = head(sub);
  return tell(by, type, std::move(draft), when, data, around).id;
}

ledger::MadeEntry Story::tell(const Hand& by, std::string_view type, ledger::Draft draft, Day when,
                              const json::object& data, const Circumstances& around) {
  draft.iat = unix_seconds(when, around.hour, around.minute);
  for (const Consumed& input : around.from) {
    draft.from.push_back({input.sub, head(input.sub), input.amount, input.unit});
  }
  if (!around.on_behalf_of.empty()) draft.on_behalf_of = around.on_behalf_of;
  draft.data = data;
  ledger::MadeEntry made = maker_.make(*by.key, *bundle_.find(type), draft).value();
  heads_[made.sub] = made.id;
  told_.push_back({draft.iat, by.key->kid(), std::string(type), made.sd_jwt, made.id, {}});
  return made;
}

Hand Story::enrol(const Hand& office, const std::string& name, const std::string& org,
                  const std::vector<std::string>& roles, Day when, std::string_view kind) {
  const std::string person =
      start(office, "member.add/1", "person", when, {{"org", org}, {"kind", kind}, {"name", name}});
  // A phone's key, as the name gives it.
  const std::string key_seed(ledger::sha256(seed_text(seed_, "key " + name)).view());
  devices_.push_back(ledger::PrivateKey::from_seed(ledger::Alg::es256, key_seed));
  const ledger::PrivateKey& device = devices_.back();
  const std::string proof = with_fixed_signature(
      enrolment_proof(device, deployment_id_, person, org, "du-lieu-mau"), key_seed);
  follow(office, "key.add/1", person, when,
         {{"jwk", json::parse(device.public_key().jwk())},
          {"org", org},
          {"roles", json::value_from(roles)},
          {"proof", proof}});
  told_.back().enrols = device.kid();
  return {&device, person, org};
}

}  // namespace nguon::server
