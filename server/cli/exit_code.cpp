#include "server/cli/exit_code.hpp"

#include "schemas/problems.hpp"

#include <cstdio>
#include <string_view>

namespace nguon::server {

ExitCode exit_code_of(const ledger::Error& error) {
  const std::string_view rule = error.rule;
  const auto in = [&](std::string_view group) { return rule.starts_with(group); };
  if (in("start.") || in("keyring.") || in("key.") || in("file.mode") || in("config.") ||
      in("policy.") || in("witness.")) {
    return rule == "witness.storage" ? ExitCode::storage : ExitCode::refused_to_start;
  }
  if (in("cli.") || in("draft.") || in("json.")) return ExitCode::usage;
  // A log that is not what it was, or an answer that is none; a disk of one's own that fails.
  if (in("monitor.")) {
    if (rule == "monitor.answer") return ExitCode::network;
    const bool disk = rule == "monitor.folder" && error.code == ledger::Errc::unavailable;
    return disk ? ExitCode::storage : ExitCode::check_failed;
  }
  if (in("client.refused")) return ExitCode::check_failed;
  // A copy of a log that does not prove what it should: the disk is not to blame.
  if (in("recover.") || in("folder.") || in("note.") || in("checkpoint.")) {
    return ExitCode::check_failed;
  }
  if (in("client.") || in("http.") || rule == "restore.witnesses") return ExitCode::network;
  if (rule == "print.address" || rule == "print.job" || rule == "print.no-job") {
    return ExitCode::usage;
  }
  if (rule == "print.link" || rule == "print.silent") return ExitCode::network;
  // The printer, or the doubt it left, wants a person.
  if (in("print.")) return ExitCode::check_failed;
  // Another command is at it.
  if (rule == "backup.folder-busy" || rule == "control.busy") return ExitCode::check_failed;
  if (in("store.") || in("anchor.") || in("file.")) return ExitCode::storage;
  switch (error.code) {
    case ledger::Errc::corrupt:
    case ledger::Errc::unavailable:
      return ExitCode::storage;
    case ledger::Errc::too_busy:
      return ExitCode::network;
    default:
      return ExitCode::check_failed;
  }
}

ExitCode report(const ledger::Error& error) {
  if (const auto* sentences = schemas::find_problem(error.rule)) {
    std::fprintf(stderr, "nguon: %s\n       %s\n", sentences->vi.c_str(), sentences->en.c_str());
  }
  std::fprintf(stderr, "nguon: %s", error.rule.c_str());
  if (!error.field.empty()) std::fprintf(stderr, " at %s", error.field.c_str());
  if (!error.detail.empty()) std::fprintf(stderr, ": %s", error.detail.c_str());
  std::fputc('\n', stderr);
  return exit_code_of(error);
}

}  // namespace nguon::server
