#include "ledger/witness/witness.hpp"

#include "ledger/log/witness_policy.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/front.hpp"
#include "server/cli/signals.hpp"
#include "server/deployment/files.hpp"
#include "server/witness/routes.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>
#include <string>
#include <utility>

namespace nguon::server {
namespace {

constexpr const char* witness_examples = R"(
A witness lets nobody rewrite a log: it remembers the newest checkpoint of each log it watches and
cosigns the next one only when that continues it. A university, a union or an association runs one for
the logs of others; a log run by itself needs witnesses that are not its own. It speaks C2SP tlog-witness,
so any log of that kind may ask it.

Example:
  nguon witness init --state /var/lib/nguon-witness --name witness.dai-hoc.example
  nguon witness serve --state /var/lib/nguon-witness --policy logs.policy --listen 0.0.0.0:7380

`init` prints the witness's public key: give it to the logs. logs.policy is a C2SP policy file with a
`log` line for each log to watch, and `quorum none`.

Never put an older copy of the state folder back, and never run two copies: a witness that forgot what it
signed is no witness. If the folder is lost, begin a new one with a new key.)";

constexpr std::chrono::milliseconds witness_drain{2'000};
constexpr unsigned disk_threads = 2;
constexpr std::size_t waiting_requests = 256;

struct WitnessWishes {
  std::string state, name, policy;
  std::string listen = "127.0.0.1:7380";
  std::string certificate, key;
};

struct WitnessPlaces {
  std::string state;

  std::string key() const { return state + "/witness.pem"; }
  std::string name() const { return state + "/name"; }
  std::string logs() const { return state + "/logs"; }
};

ledger::Result<void> begin_witness(const WitnessWishes& wishes) {
  const WitnessPlaces places{wishes.state};
  const auto key = ledger::PrivateKey::generate(ledger::Alg::eddsa);
  const auto name = ledger::NoteVerifier::make_witness(wishes.name, key.public_key());
  if (!name) return ledger::invalid("cli.witness-name", {}, wishes.name);
  if (file_exists(places.key())) {
    return ledger::Error{ledger::Errc::conflict, "witness.begun", {}, wishes.state};
  }
  NGUON_CHECK(make_directory(places.state, 0700));
  NGUON_CHECK(make_directory(places.logs()));
  // The key last: a folder with a key is one that serve may use.
  if (!file_exists(places.name())) {
    NGUON_CHECK(write_new_file(places.name(), wishes.name + "\n"));
  }
  NGUON_CHECK(write_new_secret(places.key(), key.to_pem()));
  std::fprintf(stdout, "%s\n", name->text().c_str());
  return {};
}

ledger::Result<std::unique_ptr<ledger::Witness>> open_witness(const WitnessWishes& wishes,
                                                              const ledger::Clock& clock) {
  const WitnessPlaces places{wishes.state};
  NGUON_TRY(const std::string text, read_file(wishes.policy));
  NGUON_TRY(const auto policy, ledger::WitnessPolicy::parse(text));
  NGUON_TRY(std::string pem, read_secret(places.key()));
  auto key = ledger::PrivateKey::from_pem(pem);
  ledger::wipe(pem);
  if (!key) return key.error();
  NGUON_TRY(std::string name, read_file(places.name()));
  if (name.ends_with('\n')) name.pop_back();
  NGUON_TRY(auto verifier, ledger::NoteVerifier::make_witness(name, key->public_key()));
  return ledger::Witness::open(places.logs(), std::move(verifier), std::move(*key),
                               policy.log_keys(), clock);
}

ledger::Result<void> serve_witness(const WitnessWishes& wishes) {
  const StopSignals signals;
  raise_open_file_limit();
  NGUON_TRY(ListenerOptions options, parse_listen(wishes.listen));
  const std::string address = options.address;
  options.tls_certificate = wishes.certificate;
  options.tls_key = wishes.key;
  const ledger::SystemClock clock;
  NGUON_TRY(const auto witness, open_witness(wishes, clock));
  const Problems problems;
  WorkerPool disk(disk_threads, waiting_requests);
  const Router router(witness_routes({*witness, problems, disk, clock}));
  NGUON_TRY(const auto listener,
            Listener::open(std::move(options), router,
                           [&problems](const Request&, int status, const ledger::Error& error) {
                             return problems.response(status, error);
                           }));
  std::fprintf(stderr, "nguon: %s watches %zu logs, listening on %s:%u\n",
               witness->name().text().c_str(), witness->watched().size(), address.c_str(),
               static_cast<unsigned>(listener->port()));
  signals.wait();
  listener->stop(witness_drain);
  return {};
}

}  // namespace

void add_witness(CLI::App& program, ExitCode& outcome) {
  auto wishes = std::make_shared<WitnessWishes>();
  auto* command =
      program.add_subcommand("witness", "Cosign the checkpoints of other people's logs");
  command->footer(witness_examples);
  command->require_subcommand(1);
  auto* begin = command->add_subcommand("init", "Begin a witness: its folder and its key");
  begin->add_option("--state", wishes->state, "State folder to make")->required();
  begin
      ->add_option("--name", wishes->name,
                   "Its name for ever, a URL without https:// such as witness.dai-hoc.example")
      ->required();
  begin->callback([wishes, &outcome] {
    const auto done = begin_witness(*wishes);
    outcome = done ? ExitCode::good : report(done.error());
  });
  auto* serve = command->add_subcommand("serve", "Run a witness until SIGTERM");
  serve->add_option("--state", wishes->state, "State folder that init made")->required();
  serve->add_option("--policy", wishes->policy, "C2SP policy file: the logs to watch")->required();
  serve->add_option("--listen", wishes->listen, "ADDRESS:PORT")->capture_default_str();
  serve->add_option("--tls-certificate", wishes->certificate, "PEM; without it plain HTTP");
  serve->add_option("--tls-key", wishes->key, "PEM");
  serve->callback([wishes, &outcome] {
    const auto done = serve_witness(*wishes);
    outcome = done ? ExitCode::good : report(done.error());
  });
}

}  // namespace nguon::server
