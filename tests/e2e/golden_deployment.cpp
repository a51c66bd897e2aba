// Lays down a deployment that `nguon serve` can run, in which the golden submissions of
// tests/ledger/golden/entry were made: same genesis, same bundle, same keys enrolled. Writes the
// service's public key to stdout. Usage: golden_deployment DATA

#include "ledger/apply/codec.hpp"
#include "ledger/apply/keys.hpp"
#include "ledger/apply/records_core.hpp"
#include "ledger/base/json.hpp"
#include "ledger/store/keys.hpp"
#include "ledger/store/rocks_store.hpp"
#include "server/deployment/deployment.hpp"
#include "tests/support/entry_cases.hpp"
#include "tests/support/files.hpp"

#include <boost/json/serialize.hpp>

#include <cstdio>
#include <filesystem>

namespace {

using namespace nguon;
using namespace nguon::ledger;

int fail(const Error& why) {
  std::fprintf(stderr, "golden_deployment: %s %s\n", why.rule.c_str(), why.detail.c_str());
  return 1;
}

/// The golden bundle knows no `key.add`, so the people's keys go straight into the state.
Result<void> enrol(Store& store, const std::string& org) {
  NGUON_TRY(const auto context,
            parse_json(tests::read_file(tests::golden_directory() + "/context.json")));
  WriteBatch batch;
  for (const auto& jwk : context.at("keys").as_array()) {
    NGUON_TRY(const auto key, PublicKey::from_jwk(boost::json::serialize(jwk)));
    const auto where = keys::state(0, state_key::key(key.kid()));
    NGUON_TRY(const auto known, store.get(Family::state, where));
    if (known) continue;  // of the genesis
    KeyRecord record;
    record.alg = key.alg() == Alg::es256 ? "ES256" : "EdDSA";
    record.jwk = key.jwk();
    record.person = tests::some_subject("person");
    record.org = org;
    record.roles = {"member"};
    batch.put(Family::state, where, encode(record));
  }
  NGUON_TRY(const auto head, store.get(Family::log, keys::head(0)));
  if (store.commit(batch, head.value_or("")) != Commit::done) {
    return Error{Errc::unavailable, "store.io", {}, "not written"};
  }
  return {};
}

Result<void> lay_down(const server::Places& places) {
  auto people = tests::golden_people();
  const auto copy = [&](std::string_view name) {
    return *PrivateKey::from_pem(people.key(name).to_pem());
  };
  server::Keyring keyring = server::make_keyring();
  keyring.log.front() = copy("log");
  keyring.service.front() = copy("service");
  std::filesystem::create_directories(places.data);
  NGUON_CHECK(server::write_keyring(places.keys(), keyring));
  NGUON_TRY(const auto store, open_rocks_store(places.database(), {}));
  NGUON_TRY(const auto anchor, FileAnchor::open(places.anchor()));
  NGUON_CHECK(Ledger::initialise(*store, *anchor, SystemClock(),
                                 server::ledger_keys(places.keys(), keyring), {},
                                 people.genesis().jws, people.bundle().text()));
  NGUON_CHECK(enrol(*store, people.genesis().sub));
  std::puts(people.key("service").public_key().jwk().c_str());
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: golden_deployment DATA\n");
    return 2;
  }
  const auto done = lay_down({argv[1]});
  return done ? 0 : fail(done.error());
}
