#include "server/deployment/successor.hpp"

#include "server/cli/commands.hpp"
#include "server/deployment/files.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>
#include <string>

namespace nguon::server {
namespace {

constexpr const char* successor_examples = R"(
When `nguon serve` refuses to start because the database is behind the anchor, first look for a copy of
the log: `nguon recover` refills it, and nothing is lost but private values. If nobody has one, the tail
is lost, and what was signed about it cannot be made true. Then the same entries go on under the next
name:

  nguon successor --data /var/lib/nguon --key root.pem --checkpoint checkpoint.txt

--checkpoint takes the newest checkpoint of the log that anybody has kept: a witness, a mirror, a phone's
receipt. It is written into the log, so that everybody sees how much was lost. HOST/log/0 stays as it is,
HOST/log/1 begins with the same entries; old labels, receipts and links hold. Phones send again what has
no place in the new log. Give witnesses and mirrors the new vkey: `nguon keys show`.

There is no way back. Interrupted, it is simply run again.)";

struct SuccessorWishes {
  std::string data, key, checkpoint;
};

ledger::Result<void> succeed(const SuccessorWishes& wishes) {
  NGUON_TRY(std::string pem, read_secret(wishes.key));
  auto root = ledger::PrivateKey::from_pem(pem);
  ledger::wipe(pem);
  if (!root) return root.error();
  NGUON_TRY(const std::string last, read_file(wishes.checkpoint));
  NGUON_TRY(const auto done, open_successor(Places{wishes.data}, *root, last));
  std::fprintf(stderr, "%s goes on with the first %llu entries; %llu that were signed are lost\n",
               done.origin.c_str(), static_cast<unsigned long long>(done.kept),
               static_cast<unsigned long long>(done.lost));
  return {};
}

}  // namespace

void add_successor(CLI::App& program, ExitCode& outcome) {
  auto wishes = std::make_shared<SuccessorWishes>();
  auto* command =
      program.add_subcommand("successor", "Go on under a new name after the log's tail was lost");
  command->footer(successor_examples);
  command->add_option("--data", wishes->data, "Data directory")->required();
  command->add_option("--key", wishes->key, "Root or recovery key, PKCS #8 PEM")->required();
  command->add_option("--checkpoint", wishes->checkpoint, "The newest checkpoint anybody has kept")
      ->required()
      ->check(CLI::ExistingFile);
  command->callback([wishes, &outcome] {
    const auto done = succeed(*wishes);
    outcome = done ? ExitCode::good : report(done.error());
  });
}

}  // namespace nguon::server
