#include "server/cli/commands.hpp"
#include "server/deployment/deployment.hpp"
#include "server/deployment/files.hpp"
#include "server/deployment/genesis.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <ctime>
#include <memory>
#include <utility>

namespace nguon::server {
namespace {

struct InitWishes {
  std::string data, root_file, registrar_file, recovery_file;
  Beginning beginning;
  std::string host;
};

constexpr const char* init_examples = R"(
Begins a deployment: makes its keys, writes entry 0 (genesis, signed by the root key) and
entry 1 (the first registrar, enrolled by the root key). Keys that do not exist yet are made.

Example:
  nguon init --data /var/lib/nguon --host nguon.example --name "Nguồn tỉnh Mẫu" \
    --operator "Liên minh HTX tỉnh Mẫu" --commune 04105 \
    --root root.pem --recovery recovery.pem --registrar registrar.pem

Afterwards take root.pem and recovery.pem off this machine and keep them apart; give
registrar.pem to the first registrar, who comes to the office console with it by `nguon enrol`; copy
DIR/keys to a backup of its own.)";

// The person may bring a key (a smart card's export, an older file) or have one made.
ledger::Result<ledger::PrivateKey> read_or_make(const std::string& path, ledger::Alg alg) {
  if (file_exists(path)) {
    NGUON_TRY(std::string pem, read_secret(path));
    auto key = ledger::PrivateKey::from_pem(pem);
    ledger::wipe(pem);
    return key;
  }
  auto key = ledger::PrivateKey::generate(alg);
  NGUON_CHECK(write_new_secret(path, key.to_pem()));
  std::fprintf(stderr, "made %s\n", path.c_str());
  return key;
}

ledger::Result<void> init(InitWishes wishes) {
  const Places places{wishes.data};
  if (file_exists(places.database())) {
    return ledger::Error{ledger::Errc::conflict, "start.initialised", {}, wishes.data};
  }
  NGUON_TRY(const auto root, read_or_make(wishes.root_file, ledger::Alg::eddsa));
  NGUON_TRY(const auto recovery, read_or_make(wishes.recovery_file, ledger::Alg::eddsa));
  NGUON_TRY(const auto registrar, read_or_make(wishes.registrar_file, ledger::Alg::es256));
  if (root.public_key().alg() != ledger::Alg::eddsa ||
      recovery.public_key().alg() != ledger::Alg::eddsa) {
    return ledger::Error{
        ledger::Errc::invalid, "key.alg", {}, "root and recovery keys are Ed25519"};
  }
  NGUON_CHECK(make_directory(places.data));
  // A keyring without a database is what an init that was interrupted leaves: go on with it.
  if (!file_exists(places.keys() + "/log.pem")) {
    NGUON_CHECK(write_keyring(places.keys(), make_keyring()));
  }
  NGUON_TRY(const Keyring keyring, read_keyring(places.keys()));
  const auto& bundle = schemas::Bundle::built_in();
  wishes.beginning.origin = wishes.host + "/log/0";
  wishes.beginning.iat = std::time(nullptr);
  const auto entropy = ledger::system_entropy();
  NGUON_TRY(
      const auto genesis,
      make_genesis(root, keyring.log.front().public_key(), keyring.service.front().public_key(),
                   {recovery.public_key()}, wishes.beginning, bundle, entropy));
  NGUON_CHECK(Deployment::initialise(places, {}, genesis.jws));
  NGUON_TRY(const auto deployment, Deployment::open(places, {}));
  const auto proof = [&](const std::string& person) {
    return enrolment_proof(registrar, genesis.id, person, genesis.sub, "init");
  };
  NGUON_TRY(const auto enrolment, make_first_registrar(root, genesis, registrar.public_key(), proof,
                                                       wishes.beginning.iat, bundle, entropy));
  const auto outcome = deployment->ledger().submit_and_wait(enrolment.sd_jwt, enrolment.id);
  if (outcome.kind != ledger::Outcome::Kind::created) return outcome.error;
  std::fprintf(stdout, "deployment %s\noperator %s\nregistrar %s\nlog key %s\n", genesis.id.c_str(),
               genesis.sub.c_str(), enrolment.sub.c_str(), deployment->ledger().log_vkey().c_str());
  return {};
}

}  // namespace

void add_init(CLI::App& program, ExitCode& outcome) {
  auto wishes = std::make_shared<InitWishes>();
  auto* command =
      program.add_subcommand("init", "Begin a deployment: its keys, entry 0 and entry 1");
  command->footer(init_examples);
  command->add_option("--data", wishes->data, "Data directory to make")->required();
  command
      ->add_option("--host", wishes->host,
                   "Host that will publish the log, for ever part of its name: HOST/log/0")
      ->required();
  command->add_option("--name", wishes->beginning.name, "Name of the deployment")->required();
  command->add_option("--operator", wishes->beginning.operator_name, "Organisation that runs it")
      ->required();
  command
      ->add_option("--kind", wishes->beginning.operator_kind,
                   "What that organisation is: alliance, union, cooperative, authority")
      ->check(CLI::IsMember({"alliance", "union", "cooperative", "authority"}))
      ->capture_default_str();
  command->add_option("--commune", wishes->beginning.commune, "Its commune, five digits");
  command->add_option("--root", wishes->root_file, "Root key, PKCS #8 PEM, Ed25519")->required();
  command
      ->add_option("--recovery", wishes->recovery_file, "Root recovery key, PKCS #8 PEM, Ed25519")
      ->required();
  command
      ->add_option("--registrar", wishes->registrar_file,
                   "The first registrar's key, PKCS #8 PEM, P-256 or Ed25519")
      ->required();
  command->callback([wishes, &outcome] {
    const auto done = init(*wishes);
    outcome = done ? ExitCode::good : report(done.error());
  });
}

}  // namespace nguon::server
