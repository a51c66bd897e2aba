#include "ledger/audit/bundle.hpp"
#include "ledger/audit/head_verify.hpp"
#include "ledger/audit/proof_bundle.hpp"
#include "server/cli/commands.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <fstream>
#include <memory>
#include <string>

namespace nguon::server {
namespace {

constexpr const char* verify_examples = R"(
Checks a proof bundle without any network, trusting the log's public key alone: the signed checkpoint,
that every entry is in that log, every signature, who enrolled each key, and that no link is broken.

Examples:
  nguon verify nguon-4T5G10XWWJJFJGGDR360E236FT.json --vkey 'nguon.example/log/0+f253f6a5+AZP…'
  nguon verify nguon-4T5G10….json --vkey '…' --head head.jwt

--head takes what /api/subjects/batch:4T5G10…/head answers: the service's signature under how many
entries the subject has. With it the command also says that none of them is missing in the file.

The page of every batch offers its bundle for download. Take the vkey from a source of your own, not
from the site you check: its operator prints it, and `nguon init` shows it.
Exit 0: all of it holds. Exit 1: something was changed or left out; the message names the rule, the
place in the file and the log index.)";

struct VerifyWishes {
  std::string bundle, vkey, head;
};

ledger::Result<std::string> read_proof(const std::string& path, std::size_t limit) {
  std::ifstream file(path, std::ios::binary);
  // One octet over the limit is enough for the parser to refuse it.
  std::string octets(limit + 1, '\0');
  file.read(octets.data(), static_cast<std::streamsize>(octets.size()));
  if (file.bad() || !file.is_open()) {
    return ledger::Error{ledger::Errc::unavailable, "file.read", {}, path};
  }
  octets.resize(static_cast<std::size_t>(file.gcount()));
  return octets;
}

ExitCode failed_check(const ledger::Error& error) {
  report(error);
  return error.rule == "note.vkey" ? ExitCode::usage : ExitCode::check_failed;
}

ExitCode verify(const VerifyWishes& wishes) {
  const auto text = read_proof(wishes.bundle, ledger::max_bundle_octets);
  if (!text) return report(text.error());
  const auto checked = ledger::verify_bundle(*text, wishes.vkey);
  if (!checked) return failed_check(checked.error());
  std::string complete;
  if (!wishes.head.empty()) {
    auto statement = read_proof(wishes.head, ledger::max_head_octets);
    if (!statement) return report(statement.error());
    // A statement saved by an editor or `curl -w` ends a line.
    if (statement->ends_with('\n')) statement->pop_back();
    const auto head = ledger::verify_head(*statement, *checked);
    if (!head) return failed_check(head.error());
    complete = ledger::head_text(*head);
  }
  std::fputs(ledger::report_text(*checked).c_str(), stdout);
  std::fputs(complete.c_str(), stdout);
  return ExitCode::good;
}

}  // namespace

void add_verify(CLI::App& program, ExitCode& outcome) {
  auto wishes = std::make_shared<VerifyWishes>();
  auto* command = program.add_subcommand("verify", "Check a proof bundle offline");
  command->footer(verify_examples);
  command->add_option("bundle", wishes->bundle, "Proof bundle")
      ->required()
      ->check(CLI::ExistingFile);
  command->add_option("--vkey", wishes->vkey, "The log's public key, NAME+ID+KEY")->required();
  command->add_option("--head", wishes->head, "Head statement of its subject")
      ->check(CLI::ExistingFile);
  command->callback([wishes, &outcome] { outcome = verify(*wishes); });
}

}  // namespace nguon::server
