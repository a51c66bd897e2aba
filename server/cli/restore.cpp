#include "server/backup/restore.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/log/checkpoint.hpp"
#include "ledger/log/start.hpp"
#include "server/backup/archive.hpp"
#include "server/backup/secrets.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/progress.hpp"
#include "server/cli/witness_post.hpp"
#include "server/deployment/anchored.hpp"
#include "server/deployment/files.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace nguon::server {
namespace {

constexpr const char* restore_examples = R"(
Puts a backup into a new data directory. Every checksum is verified, the database is opened and its
root computed again. Then, before this copy may sign anything, it is asked who knows more: the anchor
file that outlived the old database, and the witnesses. If more was signed than the backup holds, the
copy does not start until `nguon recover` has refilled it from any copy of the log; both heads and the
command are printed, and the exit code is 3.

Examples:
  nguon restore --from /mnt/backups --to /var/lib/nguon --passphrase-file backup.pass \
    --anchor /old-disk/anchor --policy /etc/nguon/witnesses.policy
  nguon restore --from /mnt/backups --backup 12 --to /tmp/then --read-only
  nguon restore --from so.nguon --to /var/lib/nguon --passphrase-file backup.pass --no-witnesses

The configuration that was taken along lies in DIR/config and names DIR and the policy beside it instead
of the old paths; certificates are not in a backup.

--read-only is for looking into the past: no key is written, so the copy can never sign; `nguon audit
--data` works on it. Interrupted, it is simply run again: until it is through nothing starts on the
directory.)";

struct RestoreCommand {
  std::string from, to, passphrase_file, anchor, policy;
  std::optional<std::uint64_t> number;
  bool no_witnesses = false, read_only = false;
};

unsigned long long restored_number(std::uint64_t value) { return value; }

ledger::Result<ledger::Anchor::Head> read_surviving(const std::string& path) {
  NGUON_TRY(const auto head, read_anchor(path));
  if (!head) return ledger::Error{ledger::Errc::corrupt, "anchor.corrupt", {}, path};
  return *head;
}

/// The head of the copy is what the service signed or was about to: the backup was taken between
/// two synced commits. So a checkpoint of it says nothing that the lost service did not say.
ledger::Result<WitnessWord> ask_about(const Inspected& database, const std::string& keys,
                                      ledger::WitnessPolicy policy) {
  NGUON_TRY(const auto signing, signing_of(database, keys, database.head.size));
  NGUON_TRY(const std::string note,
            ledger::sign_checkpoint(database.head.size, database.head.root, *signing));
  OfferedLog offered{[&signing] { return signing->verifiers(); }, [&note] { return note; },
                     [&database](std::uint64_t from, std::uint64_t to) {
                       return database.tree->consistency(from, to);
                     }};
  WitnessWord word;
  std::vector<bool> asked;
  for (const auto& witness : policy.witnesses()) asked.push_back(!witness.url.empty());
  const auto peers = WitnessFeed::ask(std::move(offered), std::move(policy), witness_post());
  for (std::size_t i = 0; i < peers.size(); ++i) {
    if (!asked[i]) continue;
    ++word.asked;
    if (WitnessFeed::is_apart(peers[i])) word.apart = peers[i].name;
    if (WitnessFeed::is_ahead(peers[i])) word.ahead = std::max(word.ahead, peers[i].size);
    const bool answered = peers[i].fault.empty() || WitnessFeed::is_ahead(peers[i]) ||
                          WitnessFeed::is_apart(peers[i]);
    if (answered) ++word.answered;
  }
  return word;
}

ledger::Result<std::uint64_t> newest_backup(const BackupFolder& folder) {
  NGUON_TRY(const auto listing, folder.list());
  if (listing.backups.empty()) {
    return ledger::Error{ledger::Errc::not_found, "backup.not-found", {}, folder.path()};
  }
  return listing.backups.back().number;
}

struct Opened {
  std::unique_ptr<BackupFolder> folder;  ///< None: the source is an archive.
  std::unique_ptr<BackupSource> source;
};

ledger::Result<Opened> open_source(const RestoreCommand& wishes) {
  Opened opened;
  if (!std::filesystem::is_directory(wishes.from)) {
    NGUON_TRY(opened.source, source_in_archive(wishes.from));
    return opened;
  }
  NGUON_TRY(opened.folder, BackupFolder::for_reading(wishes.from));
  std::uint64_t number = wishes.number.value_or(0);
  if (!wishes.number) {
    NGUON_TRY(number, newest_backup(*opened.folder));
  }
  opened.source = source_in(*opened.folder, number);
  return opened;
}

void tell_restored(const Restored& restored, const RestoreCommand& wishes) {
  const Manifest& manifest = restored.manifest;
  std::printf("restored: backup %llu, %s, into %s\n", restored_number(manifest.number),
              ledger::show({manifest.size, manifest.root}).c_str(), wishes.to.c_str());
  if (wishes.read_only) {
    std::puts("read-only: no key was written; this copy can never sign");
    return;
  }
  if (!restored.config.empty()) {
    std::printf("configuration: %s, with this directory's paths\n", restored.config.c_str());
  }
  for (const std::string& file : restored.outside) {
    std::printf("not in a backup: %s\n", file.c_str());
  }
  const WitnessWord& word = restored.witnesses;
  if (word.asked > 0) {
    std::printf("witnesses: %zu of %zu answered\n", word.answered, word.asked);
  }
  if (!restored.behind && wishes.anchor.empty() && word.answered == 0 && !manifest.last) {
    std::fputs(
        "nguon: neither an anchor nor a witness was asked: whether more was signed after this "
        "backup, nobody knows here\n",
        stderr);
  }
}

ledger::Result<ExitCode> run_restore(const RestoreCommand& wishes) {
  RestoreWishes restoring;
  restoring.to = Places{wishes.to};
  restoring.read_only = wishes.read_only;
  if (!wishes.passphrase_file.empty()) {
    NGUON_TRY(restoring.passphrase, read_passphrase(wishes.passphrase_file));
  } else if (!wishes.read_only) {
    return ledger::invalid("cli.restore", {}, "--passphrase-file or --read-only is needed");
  }
  if (!wishes.anchor.empty()) {
    NGUON_TRY(restoring.surviving, read_surviving(wishes.anchor));
  }
  if (!wishes.policy.empty()) {
    NGUON_TRY(const std::string text, read_file(wishes.policy));
    NGUON_TRY(auto policy, ledger::WitnessPolicy::parse(text));
    restoring.ask_witnesses = [policy](const Inspected& database, const std::string& keys) {
      return ask_about(database, keys, policy);
    };
  } else if (!wishes.no_witnesses && !wishes.read_only) {
    return ledger::invalid("cli.restore", {}, "--policy or --no-witnesses is needed");
  }
  NGUON_TRY(const Opened opened, open_source(wishes));
  Progress progress("restore", 0);
  restoring.progress = [&progress](std::uint64_t done, std::uint64_t) { progress.at(done); };
  NGUON_TRY(const Restored restored, restore_backup(*opened.source, restoring));
  tell_restored(restored, wishes);
  if (!restored.behind || wishes.read_only) return ExitCode::good;
  return report({ledger::Errc::unavailable,
                 "start.restored-behind",
                 {},
                 "this copy " + ledger::show({restored.manifest.size, restored.manifest.root}) +
                     ", signed " +
                     (restoring.surviving && restoring.surviving->size == restored.signed_size
                          ? ledger::show({restoring.surviving->size, restoring.surviving->root})
                          : std::to_string(restored.signed_size) + " entries") +
                     "; refill it: nguon recover --data " + wishes.to + " --from COPY"});
}

}  // namespace

void add_restore(CLI::App& program, ExitCode& outcome) {
  auto wishes = std::make_shared<RestoreCommand>();
  auto* command = program.add_subcommand("restore", "Put a backup into a new data directory");
  command->footer(restore_examples);
  command->add_option("--from", wishes->from, "Folder of backups, or one file of --file")
      ->required()
      ->check(CLI::ExistingPath);
  command->add_option("--backup", wishes->number, "Its number; default the newest");
  command->add_option("--to", wishes->to, "Data directory to make")->required();
  command->add_option("--passphrase-file", wishes->passphrase_file, "As given to nguon backup");
  command->add_option("--anchor", wishes->anchor, "The anchor file that outlived the database")
      ->check(CLI::ExistingFile);
  auto* policy =
      command->add_option("--policy", wishes->policy, "C2SP policy file: witnesses to ask")
          ->check(CLI::ExistingFile);
  command->add_flag("--no-witnesses", wishes->no_witnesses, "Ask nobody")->excludes(policy);
  command->add_flag("--read-only", wishes->read_only, "To look into: without keys");
  command->callback([wishes, &outcome] {
    const auto done = run_restore(*wishes);
    outcome = done ? *done : report(done.error());
  });
}

}  // namespace nguon::server
