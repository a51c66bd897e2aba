#include "server/cli/commands.hpp"
#include "server/cli/monitoring.hpp"

#include <CLI/CLI.hpp>

#include <memory>
#include <string>

namespace nguon::server {
namespace {

constexpr const char* mirror_examples = R"(
Copies a log into a folder and re-checks all of it on the way: the checkpoint's signature, that the new
tree begins with the old one (computed from the entries, never taken from a served proof), every entry's
grammar, deployment, key and signature, and with --policy what the log's witnesses were shown.

Examples:
  nguon mirror --url https://nguon.example/log/0 --vkey 'nguon.example/log/0+f253f6a5+AZP…' --to /srv/nguon
  nguon mirror --url … --vkey … --to /srv/nguon --policy witnesses.policy --interval 60

The folder can be given to `nguon audit --folder`, to `nguon recover --from` when the log has lost its tail,
and to any web server: it is a C2SP tlog-tiles log itself. Killed at any moment it is whole, and the next run
goes on.

Exit 0: good. Exit 1: the log contradicts what it signed before, or what others were shown. Both sides are
kept in evidence/ of the folder, and the copy stays as it was. Exit 4: the folder cannot be written. Exit 5:
the log could not be reached.)";

struct MirrorWishes {
  MonitorWishes monitor;
  std::string to;
};

}  // namespace

void add_mirror(CLI::App& program, ExitCode& outcome) {
  auto wishes = std::make_shared<MirrorWishes>();
  auto* command = program.add_subcommand("mirror", "Copy somebody's log, re-checked as it grows");
  command->footer(mirror_examples);
  add_monitor_options(*command, wishes->monitor);
  command->add_option("--to", wishes->to, "Folder of the copy; made where there is none")
      ->required();
  command->callback([wishes, &outcome] {
    std::unique_ptr<ledger::Mirror> mirror;
    outcome = keep_looking(
        wishes->monitor,
        [&]() -> ledger::Result<void> {
          NGUON_TRY(mirror, open_mirror(wishes->monitor, wishes->to));
          return {};
        },
        [&]() -> ledger::Result<void> {
          NGUON_TRY(const ledger::Look look, mirror->look());
          print_look(look);
          return {};
        });
  });
}

}  // namespace nguon::server
