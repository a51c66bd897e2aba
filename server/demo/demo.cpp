#include "server/demo/demo.hpp"

#include "ledger/keys/sha256.hpp"
#include "server/demo/cast.hpp"
#include "server/demo/deliver.hpp"
#include "server/demo/fixed_signature.hpp"
#include "server/deployment/files.hpp"
#include "server/deployment/genesis.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace nguon::server {
namespace {

// Everything the demo signs is dated in a fixed season, so that the same seed gives the same
// entries on any day. The stars that hold were given in 2026 and last until 2029.
const Day founding = day(2025, 9, 1);

std::string secret(std::uint64_t seed, const std::string& name) {
  return std::string(
      ledger::sha256("nguon demo " + std::to_string(seed) + " secret " + name).view());
}

ledger::PrivateKey secret_key(std::uint64_t seed, const std::string& name, ledger::Alg alg) {
  return ledger::PrivateKey::from_seed(alg, secret(seed, name));
}

struct First {
  ledger::MadeEntry genesis, registrar;
};

ledger::Result<First> first_entries(std::uint64_t seed, const Keyring& keyring) {
  const auto& bundle = schemas::Bundle::built_in();
  // A seeded entropy begins again in every copy, so each entry has its own.
  const auto entropy = [&](const char* name) { return ledger::seeded_entropy(secret(seed, name)); };
  const auto root = secret_key(seed, "root", ledger::Alg::eddsa);
  const auto recovery = secret_key(seed, "recovery", ledger::Alg::eddsa);
  const auto registrar = demo_registrar_key(seed);
  Beginning beginning;
  beginning.name = "Nguồn dùng thử (dữ liệu mẫu)";
  beginning.origin = "nguon.example/log/0";
  beginning.operator_name = "Liên minh HTX Bản Mẫu (dữ liệu mẫu)";
  beginning.commune = "03646";
  beginning.iat = unix_seconds(founding, 7);
  First first;
  NGUON_TRY(
      first.genesis,
      make_genesis(root, keyring.log.front().public_key(), keyring.service.front().public_key(),
                   {recovery.public_key()}, beginning, bundle, entropy("genesis")));
  const auto proof = [&](const std::string& person) {
    return with_fixed_signature(
        enrolment_proof(registrar, first.genesis.id, person, first.genesis.sub, "du-lieu-mau"),
        secret(seed, "registrar"));
  };
  NGUON_TRY(first.registrar,
            make_first_registrar(root, first.genesis, registrar.public_key(), proof, beginning.iat,
                                 bundle, entropy("enrolment")));
  return first;
}

}  // namespace

Keyring demo_keyring(std::uint64_t seed) {
  labels::SerialKey serial;
  const std::string octets = secret(seed, "serials");
  std::copy(octets.begin(), octets.end(), serial.octets.begin());
  Keyring keyring;
  keyring.log.push_back(secret_key(seed, "log", ledger::Alg::eddsa));
  keyring.service.push_back(secret_key(seed, "service", ledger::Alg::eddsa));
  keyring.vault = secret(seed, "vault");
  keyring.serials.emplace(0, serial);
  return keyring;
}

ledger::PrivateKey demo_registrar_key(std::uint64_t seed) {
  return secret_key(seed, "registrar", ledger::Alg::es256);
}

ledger::Result<Demo> open_demo(const Places& places, std::uint64_t seed) {
  const Keyring keyring = demo_keyring(seed);
  NGUON_TRY(const First first, first_entries(seed, keyring));
  Demo demo;
  demo.clock = std::make_shared<SeasonClock>();
  demo.clock->reach(unix_seconds(opening_day(), 7) * 1000);
  DeploymentOptions options;
  options.clock = demo.clock;
  if (!file_exists(places.database())) {
    NGUON_CHECK(make_directory(places.data));
    if (!file_exists(places.keys())) {
      NGUON_CHECK(write_keyring(places.keys(), keyring));
    }
    NGUON_CHECK(Deployment::initialise(places, options, first.genesis.jws));
  }
  NGUON_TRY(demo.deployment, Deployment::open(places, options));
  ledger::Ledger& ledger = demo.deployment->ledger();
  if (ledger.deployment_id() != first.genesis.id) {
    return ledger::Error{ledger::Errc::conflict, "demo.other", {}, places.data};
  }
  // Whatever was recorded here before, by another version or a visitor, lies in the past.
  NGUON_TRY(const ledger::Leaf newest, ledger.leaf(ledger.head().size - 1));
  demo.clock->reach(newest.recorded);
  const auto outcome = ledger.submit_and_wait(first.registrar.sd_jwt, first.registrar.id);
  if (outcome.kind != ledger::Outcome::Kind::created &&
      outcome.kind != ledger::Outcome::Kind::repeated) {
    return outcome.error;
  }
  return demo;
}

ledger::Result<std::vector<Sample>> tell_demo(Demo& demo, std::uint64_t seed,
                                              const std::function<void(std::uint64_t)>& progress) {
  const Keyring keyring = demo_keyring(seed);
  NGUON_TRY(const First first, first_entries(seed, keyring));
  const auto registrar_key = demo_registrar_key(seed);
  Deployment& deployment = *demo.deployment;
  Story story(deployment.ledger().deployment_id(), schemas::Bundle::built_in(), seed);
  const Hand registrar{&registrar_key, first.registrar.sub, first.genesis.sub};
  const auto service_key = deployment.ledger().service_key();
  const Hand service{service_key.get(), {}, first.genesis.sub};
  const Cast cast = assemble_cast(story, registrar, service);
  LabelDesk desk(story, deployment.serials(), keyring.serials.at(0), service);
  std::vector<Sample> samples;
  const auto add = [&samples](std::vector<Sample> shown) {
    std::move(shown.begin(), shown.end(), std::back_inserter(samples));
  };
  add(tell_passion_fruit(story, cast, desk));
  add(tell_coffee(story, cast, desk));
  add(tell_oranges(story, cast, desk));
  add(tell_herd(story, cast));
  NGUON_CHECK(deliver(story.take(), deployment.ledger(), *demo.clock, progress));
  demo.clock->finish();
  return samples;
}

}  // namespace nguon::server
