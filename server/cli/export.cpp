#include "ledger/log/checkpoint.hpp"
#include "ledger/log/folder.hpp"
#include "ledger/log/recover.hpp"
#include "ledger/log/start.hpp"
#include "ledger/store/rocks_store.hpp"
#include "server/backup/copying.hpp"
#include "server/backup/export_log.hpp"
#include "server/backup/inspect.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/links.hpp"
#include "server/cli/progress.hpp"
#include "server/deployment/anchored.hpp"
#include "server/deployment/files.hpp"
#include "server/deployment/marks.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <set>
#include <string>

namespace nguon::server {
namespace {

namespace fs = std::filesystem;

constexpr const char* export_examples = R"(
Writes the whole public log into a folder: entries, tiles, rule bundles and a signed checkpoint, as
/log/0/ serves them. Anyone can check it (`nguon audit --folder`), serve it as plain files or build a
deployment's database from it again (`nguon import`). Private values, keys and serial keys are not in
it: those are in backups. Stop the service first, or copy a running one over HTTP. The checkpoint is
written last: interrupted, the folder is no log yet; delete it and run this again.

Example:
  nguon export --data /var/lib/nguon --to /mnt/so-cai)";

constexpr const char* import_examples = R"(
Builds a database from a folder copy of a log alone: everything is checked, applied again by the rules in
force at each entry, and ends at the same root and the same state, octet for octet. Private values are
not in a log, so they are missing here. No key is in a log either: put the deployment's own into
DIR/keys to serve it, and first ask the witnesses whether the log has gone on.

Example:
  nguon import --from /mnt/so-cai --vkey 'nguon.example/log/0+f253f6a5+AZP…' --to /var/lib/nguon

Interrupted, it is simply run again. Where GS1 numbers lead: nguon import links --help.)";

struct CopyWishes {
  std::string data, to, from, vkey;
};

unsigned long long copied_number(std::uint64_t value) { return value; }

ledger::Result<void> run_export(const CopyWishes& wishes) {
  const Places places{wishes.data};
  NGUON_CHECK(check_is_whole(places));
  if (file_exists(wishes.to) && !fs::is_empty(wishes.to)) {
    return ledger::Error{ledger::Errc::conflict, "restore.exists", {}, wishes.to};
  }
  NGUON_TRY(const auto anchored, read_anchor(places.anchor()));
  NGUON_TRY(const Inspected database, inspect_database(places.database()));
  // Only what was anchored may be under a signature.
  if (!anchored) return ledger::Error{ledger::Errc::corrupt, "start.no-anchor", {}, wishes.data};
  NGUON_TRY(const Standing standing, compare(database, *anchored));
  const ledger::TreeHead head{anchored->size, anchored->root};
  if (standing != Standing::covered) {
    return ledger::Error{
        ledger::Errc::corrupt,
        standing == Standing::ahead ? "start.behind-anchor" : "start.root-differs",
        {},
        "database " + ledger::show(database.head) + ", anchor " + ledger::show(head)};
  }
  NGUON_TRY(const auto signing, signing_of(database, places.keys(), head.size));
  NGUON_TRY(const std::string checkpoint, ledger::sign_checkpoint(head.size, head.root, *signing));
  Progress progress("export", head.size);
  std::set<std::string> folders;
  const auto write = [&](const std::string& file, std::string_view octets) -> ledger::Result<void> {
    const fs::path to = wishes.to;
    NGUON_CHECK(make_directory((to / file).parent_path()));
    for (fs::path at = fs::path(file).parent_path();; at = at.parent_path()) {
      folders.insert((to / at).string());
      if (at.empty()) break;
    }
    // The checkpoint comes last and says that all is there: the names of folders too, then.
    if (file == "checkpoint") {
      for (const std::string& folder : folders) {
        NGUON_CHECK(sync_folder(folder));
      }
    }
    return write_new_file(to / file, octets);
  };
  NGUON_CHECK(export_log(*database.store, 0, *database.tree, head.size, checkpoint, write,
                         [&progress](std::uint64_t done) { progress.at(done); }));
  std::printf("exported: %s\nlog key %s\nprivate values and keys are not in it\n",
              ledger::show(head).c_str(), signing->verifiers().back().text().c_str());
  return {};
}

ledger::Result<void> run_import(const CopyWishes& wishes) {
  const Places places{wishes.to};
  const Marks marks{wishes.to};
  NGUON_TRY(const auto verifier, ledger::NoteVerifier::parse(wishes.vkey));
  const bool redo = file_exists(marks.incomplete());
  if (!redo && file_exists(wishes.to) && !fs::is_empty(wishes.to)) {
    return ledger::Error{ledger::Errc::conflict, "restore.exists", {}, wishes.to};
  }
  NGUON_CHECK(make_directory(wishes.to, 0700));
  if (!redo) {
    NGUON_CHECK(write_new_file(marks.incomplete(), "nguon import\n"));
    NGUON_CHECK(sync_folder(wishes.to));
  }
  ledger::Recovery done;
  {
    NGUON_TRY(const auto store, ledger::open_rocks_store(places.database()));
    NGUON_TRY(const auto anchor, ledger::FileAnchor::open(places.anchor()));
    // A replay seals nothing and signs nothing: no key is asked for.
    const ledger::LedgerKeys nobody{nullptr, ledger::random_bytes(32)};
    Progress progress("import", 0);
    NGUON_TRY(done, ledger::recover(
                        *store, *anchor, ledger::LogFolder(wishes.from), {&verifier, 1}, nobody, 0,
                        [&progress](std::uint64_t at, std::uint64_t) { progress.at(at); }));
  }
  std::error_code error;
  fs::remove(marks.incomplete(), error);
  if (error) {
    return ledger::Error{ledger::Errc::unavailable, "file.write", {}, marks.incomplete()};
  }
  NGUON_CHECK(sync_folder(wishes.to));
  std::printf(
      "imported: %s\nprivate slots without a value: %llu\nkeys are not in a log: none here\n",
      ledger::show(done.after).c_str(), copied_number(done.unheld_slots));
  return {};
}

}  // namespace

void add_export(CLI::App& program, ExitCode& outcome) {
  auto wishes = std::make_shared<CopyWishes>();
  auto* command = program.add_subcommand("export", "Write the whole public log into a folder");
  command->footer(export_examples);
  command->add_option("--data", wishes->data, "Data directory")
      ->required()
      ->check(CLI::ExistingDirectory);
  command->add_option("--to", wishes->to, "Folder to make")->required();
  command->callback([wishes, &outcome] {
    const auto done = run_export(*wishes);
    outcome = done ? ExitCode::good : report(done.error());
  });
}

void add_import(CLI::App& program, ExitCode& outcome) {
  auto wishes = std::make_shared<CopyWishes>();
  auto* command = program.add_subcommand("import", "Build a database from a folder copy of a log");
  command->footer(import_examples);
  command->add_option("--from", wishes->from, "Folder copy of /log/0/ (needed)")
      ->check(CLI::ExistingDirectory);
  command->add_option("--vkey", wishes->vkey, "The log's public key (needed)");
  command->add_option("--to", wishes->to, "Data directory to make (needed)");
  add_import_links(*command, outcome);
  command->callback([wishes, command, &outcome] {
    if (!command->get_subcommands().empty()) return;
    // Not ->required(): that would ask the commands below for them too.
    for (const char* name : {"--from", "--vkey", "--to"}) {
      if (command->count(name) == 0) throw CLI::RequiredError(name);
    }
    const auto done = run_import(*wishes);
    outcome = done ? ExitCode::good : report(done.error());
  });
}

}  // namespace nguon::server
