#include "ledger/base/base64url.hpp"
#include "server/backup/archive.hpp"
#include "server/backup/copying.hpp"
#include "server/backup/secrets.hpp"
#include "server/backup/take.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/progress.hpp"
#include "server/deployment/anchored.hpp"
#include "server/deployment/files.hpp"
#include "server/deployment/marks.hpp"

#include <CLI/CLI.hpp>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nguon::server {
namespace {

constexpr const char* backup_examples = R"(
Copies a deployment into a folder of backups, also while it is served: the database as it stood
between two commits, photos and documents, and the keys wrapped by a passphrase. Files that an earlier backup holds are not
copied again. What is written is synced, read back and compared, and the copied database is opened and
its root computed again before the backup counts.

Examples:
  nguon backup --data /var/lib/nguon --to /mnt/backups --passphrase-file /etc/nguon/backup.pass \
    --config /etc/nguon.toml --keep-days 30
  nguon backup --to /mnt/backups --list
  nguon backup --to /mnt/backups --check
  nguon backup --data /var/lib/nguon --file so.nguon --passphrase-file backup.pass \
    --config /etc/nguon.toml --move          all of it in one file, to go on on another host

Without --keep and --keep-days nothing is ever deleted. With them a backup goes when there are N newer
ones, or when it is older than D days; the newest always stays. What was erased from the deployment
lives on in the backups taken before, so D is how long. Nothing ages while no backup is taken.

--move is for a service that was stopped: once the file is proved this directory is marked, so that the
old copy never starts again beside the new one; then the file gets its name. Interrupted, it is simply
run again. While the file is made, its disk needs room for it twice.

Exit 4: the disk failed, or a copy does not read as it was written; no backup is claimed.)";

constexpr int backup_niceness = 10;
// ioprio_set(2) has no header: the class "best effort", lowest of its eight levels.
constexpr int who_process = 1;
constexpr int lowest_best_effort = (2 << 13) | 7;

struct BackupCommand {
  std::string data, to, file, passphrase_file, config;
  bool list = false, check = false, move = false;
  std::optional<std::uint64_t> number, keep, days;
};

unsigned long long whole_number(std::uint64_t value) { return value; }

/// The service's own reads and writes go first.
void stand_back() {
  ::setpriority(PRIO_PROCESS, 0, backup_niceness);
  ::syscall(SYS_ioprio_set, who_process, 0, lowest_best_effort);
}

std::string utc_text(std::int64_t seconds) {
  const std::time_t time = seconds;
  std::tm parts{};
  char text[32];
  if (::gmtime_r(&time, &parts) == nullptr ||
      std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts) == 0) {
    return std::to_string(seconds);
  }
  return text;
}

void print_backup(const Manifest& backup) {
  std::uint64_t octets = 0;
  for (const BackupFile& file : backup.files) octets += file.size;
  std::printf("%llu  %s  %llu entries  root %s  %zu files  %llu octets%s\n",
              whole_number(backup.number), utc_text(backup.taken).c_str(),
              whole_number(backup.size), ledger::base64_encode(backup.root.view()).c_str(),
              backup.files.size(), whole_number(octets), backup.last ? "  last" : "");
}

ledger::Result<void> list_backups(const BackupCommand& wishes) {
  NGUON_TRY(const auto folder, BackupFolder::for_reading(wishes.to));
  NGUON_TRY(const auto listing, folder->list());
  for (const Manifest& backup : listing.backups) print_backup(backup);
  for (const std::string& name : listing.damaged) std::printf("damaged: %s\n", name.c_str());
  return {};
}

ledger::Result<void> check_backups(const BackupCommand& wishes) {
  NGUON_TRY(const auto folder, BackupFolder::for_reading(wishes.to));
  NGUON_TRY(const auto listing, folder->list());
  if (!listing.damaged.empty()) {
    return ledger::Error{ledger::Errc::corrupt, "backup.manifest", {}, listing.damaged.front()};
  }
  bool found = false;
  for (const Manifest& backup : listing.backups) {
    if (wishes.number && backup.number != *wishes.number) continue;
    found = true;
    NGUON_CHECK(check_backup(*folder, backup));
    std::printf("whole: backup %llu\n", whole_number(backup.number));
  }
  if (found) return {};
  return ledger::Error{ledger::Errc::not_found, "backup.not-found", {}, wishes.to};
}

ledger::Result<void> age_backups(BackupFolder& folder, const BackupCommand& wishes,
                                 std::int64_t now) {
  NGUON_TRY(const auto listing, folder.list());
  for (const std::string& name : listing.damaged) {
    std::fprintf(stderr, "nguon: %s/%s is damaged; no file is deleted while it is there\n",
                 wishes.to.c_str(), name.c_str());
  }
  for (const std::uint64_t number : outlived(listing.backups, wishes.keep, wishes.days, now)) {
    NGUON_CHECK(folder.remove(number));
    std::printf("aged out: backup %llu\n", whole_number(number));
  }
  NGUON_TRY(const std::uint64_t deleted, folder.sweep());
  if (deleted > 0) std::printf("deleted: %llu files that no backup holds\n", whole_number(deleted));
  return {};
}

/// An interrupted --move is run again: the mark is there, the file it names is not. A mark that was
/// cut is a beginning of it.
bool moves_still(const ledger::Error& refusal, const BackupCommand& wishes) {
  if (!wishes.move || std::string_view(refusal.rule) != "start.moved") return false;
  const auto said = read_file(Marks{wishes.data}.moved());
  return said && (wishes.file + '\n').starts_with(*said);
}

ledger::Result<Taken> take_into(BackupFolder& folder, const BackupCommand& wishes,
                                std::int64_t now) {
  BackupWishes backup;
  backup.places = Places{wishes.data};
  backup.config = wishes.config;
  backup.last = wishes.move;
  backup.now = now;
  NGUON_TRY(backup.passphrase, read_passphrase(wishes.passphrase_file));
  if (const auto may = check_may_run(backup.places); !may && !moves_still(may.error(), wishes)) {
    return may.error();
  }
  NGUON_TRY(const auto anchored, read_anchor(backup.places.anchor()));
  NGUON_TRY(const auto held, hold_files(backup.places, wishes.move));
  Progress progress("backup", 0);
  backup.progress = [&progress](std::uint64_t done, std::uint64_t) { progress.at(done); };
  return take_backup(folder, *held, anchored, backup);
}

void print_taken(const Taken& taken) {
  print_backup(taken.manifest);
  std::printf("new: %llu files, %llu octets\n", whole_number(taken.new_files),
              whole_number(taken.new_octets));
  if (taken.damaged_blobs == 0) return;
  std::fprintf(
      stderr,
      "nguon: %llu photos or documents do not read as they were written; none of them is in "
      "this backup\n",
      whole_number(taken.damaged_blobs));
}

/// By way of a folder beside it, which goes again.
ledger::Result<void> take_file(const BackupCommand& wishes, std::int64_t now) {
  if (file_exists(wishes.file)) {
    return ledger::Error{ledger::Errc::conflict, "backup.exists", {}, wishes.file};
  }
  const std::string parts = wishes.file + ".parts";
  std::error_code error;
  std::filesystem::remove_all(parts, error);  // of an interrupted run
  NGUON_TRY(const auto folder, BackupFolder::for_writing(parts));
  NGUON_TRY(const Taken taken, take_into(*folder, wishes, now));
  // Crash order: this copy must not sign any more before there is a file by which another may.
  const std::string moved = Marks{wishes.data}.moved();
  const auto mark = [&]() -> ledger::Result<void> {
    if (!wishes.move || file_exists(moved)) return {};
    NGUON_CHECK(write_new_file(moved, wishes.file + '\n'));
    return sync_folder(wishes.data);
  };
  NGUON_CHECK(write_archive(*folder, taken.manifest, wishes.file, mark));
  std::filesystem::remove_all(parts, error);
  print_taken(taken);
  if (wishes.move) std::printf("moved: %s does not start any more\n", wishes.data.c_str());
  return {};
}

ledger::Result<void> take_wished(const BackupCommand& wishes) {
  if (wishes.data.empty() || wishes.passphrase_file.empty()) {
    return ledger::invalid("cli.backup", {}, "--data and --passphrase-file are needed");
  }
  stand_back();
  const std::int64_t now = std::time(nullptr);
  if (!wishes.file.empty()) return take_file(wishes, now);
  NGUON_TRY(const auto folder, BackupFolder::for_writing(wishes.to));
  NGUON_TRY(const Taken taken, take_into(*folder, wishes, now));
  print_taken(taken);
  return age_backups(*folder, wishes, now);
}

ledger::Result<void> run_backup(const BackupCommand& wishes) {
  if (wishes.list) return list_backups(wishes);
  if (wishes.check) return check_backups(wishes);
  return take_wished(wishes);
}

}  // namespace

void add_backup(CLI::App& program, ExitCode& outcome) {
  auto wishes = std::make_shared<BackupCommand>();
  auto* command = program.add_subcommand("backup", "Copy a deployment, also while it is served");
  command->footer(backup_examples);
  command->add_option("--data", wishes->data, "Data directory")->check(CLI::ExistingDirectory);
  auto* to = command->add_option("--to", wishes->to, "Folder of backups");
  auto* file = command->add_option("--file", wishes->file, "Instead: one file to make");
  file->excludes(to);
  command->add_option("--passphrase-file", wishes->passphrase_file,
                      "Its first line wraps the keys; mode 0600, at least 12 octets");
  command->add_option("--config", wishes->config,
                      "nguon.toml to take along, with the witness policy it names");
  command->add_flag("--move", wishes->move, "With --file: the deployment ends here")->needs(file);
  command->add_option("--keep", wishes->keep, "Keep this many of the newest backups")
      ->check(CLI::PositiveNumber);
  command->add_option("--keep-days", wishes->days, "Keep no backup for more than this many days")
      ->check(CLI::PositiveNumber);
  auto* lists = command->add_flag("--list", wishes->list, "Print what the folder holds");
  auto* checks = command->add_flag("--check", wishes->check, "Read all of it again and compare");
  lists->excludes(checks)->needs(to);
  checks->needs(to);
  command->add_option("--backup", wishes->number, "With --check: only this one")->needs(checks);
  command->callback([wishes, to, file, &outcome] {
    if (to->empty() && file->empty()) throw CLI::RequiredError("--to or --file");
    const auto done = run_backup(*wishes);
    outcome = done ? ExitCode::good : report(done.error());
  });
}

}  // namespace nguon::server
