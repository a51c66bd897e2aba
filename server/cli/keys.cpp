#include "server/cli/commands.hpp"
#include "server/control/resting_store.hpp"
#include "server/deployment/files.hpp"
#include "server/deployment/key_change.hpp"

#include <CLI/CLI.hpp>
#include <boost/json/serialize.hpp>

#include <cstdio>
#include <ctime>
#include <memory>
#include <string>
#include <vector>

namespace nguon::server {
namespace {

constexpr const char* keys_examples = R"(
Keys of a log are changed by an entry that the root key or a recovery key signs. While two log keys
are in force every checkpoint carries both signatures, so that readers and witnesses that know the old
one go on; give them the new vkey, wait, then retire the old.

The root key on this machine for a moment, the service stopped:
  nguon keys rotate --data /var/lib/nguon --new log --key root.pem
  nguon keys rotate --data /var/lib/nguon --retire KEY --key root.pem      # some weeks later
  nguon keys show --data /var/lib/nguon

The root key elsewhere, the service running:
  nguon keys draft --data /var/lib/nguon --new log > change.json
  nguon entry sign change.json --key root.pem --deployment ID > change.sdjwt   # on the other machine
  nguon entry submit change.sdjwt --to https://nguon.example

The log key stolen: --new log --retire KEY in one step. Lost: the same; without its file no checkpoint
shows the way from the old vkey, so give --before FILE, the newest checkpoint that anybody has kept.
A stolen root key: keys prove on the machine of the next one, then --root-public root-2.json --retire KEY,
signed by the recovery key.

New keys are written beside the old, DIR/keys/log-2.pem, before anything names them: copy DIR/keys to
its backup first. Interrupted, the command is run again and takes the same file.)";

struct KeysWishes {
  std::string data, key, before, root;
  std::vector<std::string> uses, retire;
  bool activate_rules = false;
};

ledger::Result<std::string> text_or_none(const std::string& path) {
  if (path.empty()) return std::string();
  return read_file(path);
}

ledger::Result<KeyWishes> wishes_of(const KeysWishes& wishes) {
  KeyWishes asked;
  for (const auto& use : wishes.uses) {
    (use == "log" ? asked.log : asked.service) = true;
  }
  asked.retire = wishes.retire;
  NGUON_TRY(asked.root, text_or_none(wishes.root));
  NGUON_TRY(asked.before, text_or_none(wishes.before));
  return asked;
}

void warn_unless_led(const KeyDraft& draft) {
  if (!draft.needs_before || draft.draft.data.contains("before")) return;
  std::fputs(
      "nguon: no checkpoint by an old log key could be added: whoever knows only that key must be "
      "given the new vkey\n",
      stderr);
}

ledger::Result<void> draft(const KeysWishes& wishes) {
  NGUON_TRY(const auto asked, wishes_of(wishes));
  NGUON_TRY(const auto made, draft_key_change(Places{wishes.data}, asked));
  warn_unless_led(made);
  std::fprintf(stderr, "deployment %s\n", made.deployment_id.c_str());
  std::fprintf(stdout, "%s\n",
               boost::json::serialize(boost::json::object{{"type", "log.keys/1"},
                                                          {"sub", made.draft.sub},
                                                          {"prev", *made.draft.prev},
                                                          {"data", made.draft.data}})
                   .c_str());
  return {};
}

ledger::Result<ledger::PrivateKey> read_root(const std::string& path) {
  NGUON_TRY(std::string pem, read_secret(path));
  auto key = ledger::PrivateKey::from_pem(pem);
  ledger::wipe(pem);
  return key;
}

ledger::Result<void> show(const std::string& data) {
  const Places places{data};
  NGUON_TRY(const auto resting, RestingStore::open(places.data, places.database()));
  NGUON_TRY(const std::string text, list_keys_of(resting->store()));
  NGUON_CHECK(resting->finish());
  std::fputs(text.c_str(), stdout);
  return {};
}

ledger::Result<void> rotate(const KeysWishes& wishes) {
  NGUON_TRY(const auto root, read_root(wishes.key));
  NGUON_TRY(const auto asked, wishes_of(wishes));
  const Places places{wishes.data};
  if (wishes.activate_rules) {
    NGUON_TRY(const auto index, activate_built_in_rules(places, root));
    std::fprintf(stderr, "rules of this program in force from index %llu\n",
                 static_cast<unsigned long long>(index));
  }
  NGUON_TRY(const auto made, draft_key_change(places, asked));
  warn_unless_led(made);
  NGUON_TRY(const auto index, log_offline(places, root, "log.keys/1", made.draft));
  std::fprintf(stderr, "logged at index %llu\n", static_cast<unsigned long long>(index));
  return show(wishes.data);
}

}  // namespace

void add_keys(CLI::App& program, ExitCode& outcome) {
  auto wishes = std::make_shared<KeysWishes>();
  auto* command = program.add_subcommand("keys", "Change or show the keys of the log itself");
  command->footer(keys_examples);
  command->require_subcommand(1);
  const auto finish = [&outcome](const ledger::Result<void>& done) {
    outcome = done ? ExitCode::good : report(done.error());
  };
  const auto add_change = [wishes](CLI::App* change) {
    change->add_option("--data", wishes->data, "Data directory")
        ->required()
        ->check(CLI::ExistingDirectory);
    change->add_option("--new", wishes->uses, "Make a new key of this use: log, service")
        ->check(CLI::IsMember({"log", "service"}));
    change->add_option("--retire", wishes->retire, "A key that ends, as show names it");
    change->add_option("--root-public", wishes->root,
                       "The next root key with its proof, as `nguon keys prove` prints it");
    change->add_option("--before", wishes->before,
                       "A kept checkpoint by an old log key, if its file is lost");
  };

  auto* drafting = command->add_subcommand("draft", "Make the keys, print the entry to be signed");
  add_change(drafting);
  drafting->callback([wishes, finish] { finish(draft(*wishes)); });

  auto* rotating = command->add_subcommand("rotate", "Make the keys, sign and log the entry");
  add_change(rotating);
  rotating->add_option("--key", wishes->key, "Root or recovery key, PKCS #8 PEM")->required();
  rotating->add_flag(
      "--activate-rules", wishes->activate_rules,
      "First put this program's rules in force, where the log's know no change of keys");
  rotating->callback([wishes, finish] { finish(rotate(*wishes)); });

  auto* showing =
      command->add_subcommand("show", "Every key, with the indexes since and until when");
  showing->add_option("--data", wishes->data, "Data directory")
      ->required()
      ->check(CLI::ExistingDirectory);
  showing->callback([wishes, finish] { finish(show(wishes->data)); });

  auto* proving = command->add_subcommand(
      "prove", "Prove to hold the next root key, on the machine that has it");
  auto org = std::make_shared<std::string>();
  auto deployment = std::make_shared<std::string>();
  proving->add_option("--key", wishes->key, "The new root key, PKCS #8 PEM, Ed25519")->required();
  proving->add_option("--deployment", *deployment, "Deployment id")->required();
  proving->add_option("--org", *org, "The operator's organisation")->required();
  proving->callback([wishes, org, deployment, finish] {
    const auto key = read_root(wishes->key);
    if (!key) return finish(key.error());
    const auto added = new_key(*key, ledger::KeyUse::root, *deployment, *org);
    std::fprintf(stdout, "%s\n", boost::json::serialize(added).c_str());
    finish({});
  });
}

}  // namespace nguon::server
