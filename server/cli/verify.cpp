#include "ledger/audit/bundle.hpp"
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

The page of every batch offers its bundle for download. Take the vkey from a source of your own, not
from the site you check: its operator prints it, and `nguon init` shows it.
Exit 0: all of it holds. Exit 1: something was changed or left out; the message names the rule, the
place in the file and the log index.)";

struct VerifyWishes {
  std::string bundle, vkey;
};

ledger::Result<std::string> read_bundle(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  // One octet over the limit is enough for the parser to refuse it.
  std::string octets(ledger::max_bundle_octets + 1, '\0');
  file.read(octets.data(), static_cast<std::streamsize>(octets.size()));
  if (file.bad() || !file.is_open()) {
    return ledger::Error{ledger::Errc::unavailable, "file.read", {}, path};
  }
  octets.resize(static_cast<std::size_t>(file.gcount()));
  return octets;
}

ExitCode verify(const VerifyWishes& wishes) {
  const auto text = read_bundle(wishes.bundle);
  if (!text) return report(text.error());
  const auto checked = ledger::verify_bundle(*text, wishes.vkey);
  if (checked) {
    std::fputs(ledger::report_text(*checked).c_str(), stdout);
    return ExitCode::good;
  }
  report(checked.error());
  return checked.error().rule == "note.vkey" ? ExitCode::usage : ExitCode::check_failed;
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
  command->callback([wishes, &outcome] { outcome = verify(*wishes); });
}

}  // namespace nguon::server
