#include "ledger/audit/audit.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/log/start.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/monitoring.hpp"
#include "server/cli/progress.hpp"
#include "server/control/resting_store.hpp"
#include "server/deployment/anchored.hpp"
#include "server/deployment/deployment.hpp"
#include "server/deployment/files.hpp"
#include "server/deployment/marks.hpp"
#include "server/deployment/temporary_folder.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>

namespace nguon::server {
namespace {

constexpr const char* audit_examples = R"(
Derives everything again from the logged entries and the rule bundles, and compares it with what is
stored: file checksums, hashes, tiles, root, head and anchor, every signature, the whole state and the
public indexes, byte for byte, both ways. Entries whose device had seen a tree that this log never had
are listed as evidence of a split view; they are no divergence. Private values are neither needed nor read. Nothing is
written. A service that runs is asked to keep its files until the audit ends; an erasure waits meanwhile.

Examples:
  nguon audit --data /var/lib/nguon
  nguon audit --folder /mnt/mirror/log/0 --vkey 'nguon.example/log/0+f253f6a5+AZP…'
  nguon audit --url https://nguon.example/log/0 --vkey 'nguon.example/log/0+f253f6a5+AZP…'

--url copies the log into a temporary folder first; to audit it again and again keep a `nguon mirror`.

Exit 0: whole. Exit 1: the first divergence is named, with its log index and both values. Exit 4: the
disk failed, a file's checksum does not hold, or a running service could not hold its files.)";

struct AuditWishes {
  std::string data, folder;
  MonitorWishes log;  ///< Of which --url, --vkey and --ca are asked for.
  unsigned threads = 0;
};

/// A bar per phase.
class Bars {
 public:
  void tell(std::string_view phase, std::uint64_t done, std::uint64_t total) {
    if (!bar_ || phase != phase_) {
      bar_.reset();
      phase_ = phase;
      bar_.emplace("audit: " + phase_, total);
    }
    bar_->at(done);
  }

 private:
  std::string phase_;
  std::optional<Progress> bar_;
};

ledger::Result<ledger::AuditReport> audit_copy(const AuditWishes& wishes, const std::string& folder,
                                               const ledger::AuditOptions& options) {
  NGUON_TRY(const auto log, ledger::NoteVerifier::parse(wishes.log.vkey));
  return ledger::audit_folder(ledger::LogFolder(folder), log, options);
}

ledger::Result<ledger::AuditReport> audit(const AuditWishes& wishes) {
  Bars bars;
  ledger::AuditOptions options;
  options.threads = wishes.threads;
  options.progress = [&bars](std::string_view phase, std::uint64_t done, std::uint64_t total) {
    bars.tell(phase, done, total);
  };
  if (!wishes.folder.empty()) return audit_copy(wishes, wishes.folder, options);
  if (!wishes.log.url.empty()) {
    NGUON_TRY(const auto copy, TemporaryFolder::make("audit"));
    NGUON_TRY(const auto mirror, open_mirror(wishes.log, copy->path()));
    NGUON_CHECK(mirror->look());
    return audit_copy(wishes, copy->path(), options);
  }
  const Places places{wishes.data};
  NGUON_CHECK(check_is_whole(places));
  // The anchor first: it is never ahead of the store that is opened after it.
  NGUON_TRY(const auto anchored, read_anchor(places.anchor()));
  if (!anchored) std::fputs("no anchor beside this database: not checked\n", stderr);
  const auto resting = RestingStore::open(places.data, places.database());
  if (!resting && anchored && resting.error().rule == "start.not-initialised") {
    return ledger::Error{
        ledger::Errc::corrupt,
        "start.behind-anchor",
        {},
        "no database, where " + std::to_string(anchored->size) + " entries were anchored"};
  }
  if (!resting) return resting.error();
  NGUON_TRY(auto report, ledger::audit_store((*resting)->store(), 0, anchored, options));
  NGUON_CHECK((*resting)->finish());
  return report;
}

ExitCode exit_of(const ledger::Error& error) {
  const std::string_view rule = error.rule;
  if (rule == "start.behind-anchor") return ExitCode::check_failed;
  if (rule == "note.vkey" || rule.starts_with("start.")) return ExitCode::usage;
  if (rule.starts_with("monitor.") || rule.starts_with("client.")) return exit_code_of(error);
  // A service whose files another command holds, or that let go of them, says nothing of the log.
  if (rule.starts_with("store.") || rule.starts_with("anchor.") || rule.starts_with("file.") ||
      rule.starts_with("control.")) {
    return ExitCode::storage;
  }
  return ExitCode::check_failed;
}

// An attacker may sign any number of them; all are in the log for who wants the rest.
constexpr std::size_t listed_split_views = 100;

void print_seen(const ledger::SeenReport& seen) {
  if (seen.claims == 0) return;
  std::printf(
      "%llu entries name a checkpoint their device had seen: %llu of other logs, %llu contradict "
      "this one\n",
      static_cast<unsigned long long>(seen.claims), static_cast<unsigned long long>(seen.foreign),
      static_cast<unsigned long long>(seen.disproved.size()));
  for (std::size_t i = 0; i < std::min(seen.disproved.size(), listed_split_views); ++i) {
    const ledger::SplitView& view = seen.disproved[i];
    const std::string ours = view.derived
                                 ? "here it is " + ledger::base64_encode(view.derived->view())
                                 : std::string("the log was not that long yet");
    std::printf("split view: index %llu, entry %s saw size %llu with root %s; %s\n",
                static_cast<unsigned long long>(view.index), view.entry.c_str(),
                static_cast<unsigned long long>(view.size),
                ledger::base64_encode(view.claimed.view()).c_str(), ours.c_str());
  }
  if (seen.disproved.size() > listed_split_views) {
    std::printf("and %llu more\n",
                static_cast<unsigned long long>(seen.disproved.size() - listed_split_views));
  }
}

ExitCode run(const AuditWishes& wishes) {
  const auto found = audit(wishes);
  if (!found) {
    report(found.error());
    return exit_of(found.error());
  }
  std::printf(
      "whole: %s\n%llu state values and %llu index rows follow from the entries; "
      "%llu entries carry flags\n",
      ledger::show(found->head).c_str(), static_cast<unsigned long long>(found->state_keys),
      static_cast<unsigned long long>(found->index_rows),
      static_cast<unsigned long long>(found->flagged));
  print_seen(found->seen);
  return ExitCode::good;
}

}  // namespace

void add_audit(CLI::App& program, ExitCode& outcome) {
  auto wishes = std::make_shared<AuditWishes>();
  auto* command = program.add_subcommand("audit", "Check a whole store from its entries alone");
  command->footer(audit_examples);
  auto* where = command->add_option_group("where");
  where->add_option("--data", wishes->data, "Data directory")->check(CLI::ExistingDirectory);
  auto* folder = where->add_option("--folder", wishes->folder, "Folder copy of /log/0/")
                     ->check(CLI::ExistingDirectory);
  add_log_options(*command, wishes->log);
  auto* url = command->get_option("--url");
  auto* vkey = command->get_option("--vkey");
  where->add_option(url);
  where->require_option(1);
  folder->needs(vkey);
  url->needs(vkey);
  command->add_option("--threads", wishes->threads, "For signatures; default one per core");
  command->callback([wishes, &outcome] { outcome = run(*wishes); });
}

}  // namespace nguon::server
