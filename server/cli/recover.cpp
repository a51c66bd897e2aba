#include "ledger/log/recover.hpp"

#include "ledger/store/rocks_store.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/progress.hpp"
#include "server/deployment/deployment.hpp"
#include "server/deployment/marks.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>
#include <string>

namespace nguon::server {
namespace {

constexpr const char* recover_examples = R"(
When `nguon serve` refuses to start because the database is behind the anchor (an older copy was put
back), this refills it from any copy of the log: a mirror, a monitor, a backup of /log/0/.

Example:
  nguon recover --data /var/lib/nguon --from /mnt/mirror/log/0

Everything is checked before anything is written: the folder's checkpoint is signed by this log, its
leaves give that root, and both the anchor and the database agree with it. Private values of what is
refilled are lost, for no log holds them. The command says how many private slots have no value here:
an optional slot that was left empty looks like any other, so these are counted as well.

Interrupted, it is simply run again.)";

struct RecoverWishes {
  std::string data, from;
};

ledger::Result<void> recover(const RecoverWishes& wishes) {
  const Places places{wishes.data};
  NGUON_CHECK(check_may_run(places));
  NGUON_TRY(const Keyring keyring, read_keyring(places.keys()));
  NGUON_TRY(const auto store, ledger::open_rocks_store(places.database()));
  NGUON_TRY(const auto anchor, ledger::FileAnchor::open(places.anchor()));
  const ledger::LogFolder folder(wishes.from);
  NGUON_TRY(const std::string checkpoint, folder.checkpoint());
  const std::string origin = checkpoint.substr(0, checkpoint.find('\n'));
  std::vector<ledger::NoteVerifier> log;
  for (const auto& key : keyring.log) {
    NGUON_TRY(auto verifier, ledger::NoteVerifier::make(origin, key.public_key()));
    log.push_back(std::move(verifier));
  }
  Progress progress("checking and refilling", 0);
  NGUON_TRY(const auto done,
            ledger::recover(*store, *anchor, folder, log, ledger_keys(places.keys(), keyring), 0,
                            [&progress](std::uint64_t at, std::uint64_t) { progress.at(at); }));
  std::fprintf(stderr,
               "before: %llu entries; now: %llu\n"
               "private slots refilled without a value (lost ones, and empty ones that look the "
               "same): %llu\n",
               static_cast<unsigned long long>(done.before.size),
               static_cast<unsigned long long>(done.after.size),
               static_cast<unsigned long long>(done.unheld_slots));
  return {};
}

}  // namespace

void add_recover(CLI::App& program, ExitCode& outcome) {
  auto wishes = std::make_shared<RecoverWishes>();
  auto* command = program.add_subcommand("recover", "Refill a database that is behind its anchor");
  command->footer(recover_examples);
  command->add_option("--data", wishes->data, "Data directory")->required();
  command->add_option("--from", wishes->from, "Folder copy of /log/0/")
      ->required()
      ->check(CLI::ExistingDirectory);
  command->callback([wishes, &outcome] {
    const auto done = recover(*wishes);
    outcome = done ? ExitCode::good : report(done.error());
  });
}

}  // namespace nguon::server
