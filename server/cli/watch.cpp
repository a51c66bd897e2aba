#include "ledger/monitor/watch.hpp"

#include "server/cli/commands.hpp"
#include "server/cli/monitoring.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>
#include <string>
#include <utility>

namespace nguon::server {
namespace {

constexpr const char* watch_examples = R"(
Keeps an eye on one batch, or on one organisation with all that it began, for the people it belongs to: a
re-checked copy of the log, and everything the service states of these subjects held against its entries.

Examples:
  nguon watch --url https://nguon.example/log/0 --vkey 'nguon.example/log/0+f253f6a5+AZP…' \
    --org org:4T5G10XWWJJFJGGDR360E236FT --state /var/lib/nguon-watch --policy witnesses.policy --interval 60
  nguon watch --url … --vkey … --sub batch:… --state /var/lib/nguon-watch --once

An alarm (exit 1) means that two things which the operator signed, or showed to different people, cannot both
be true: a smaller or another log, an entry kept back, edited, moved or back-dated, an old head given for a new
one, a log that witnesses saw grow and that stands still here. Both sides are kept in log/evidence/ of the
state folder. Exit 5: the log could not be reached, which is no alarm.)";

constexpr unsigned seconds_in_minute = 60;

struct WatchWishes {
  MonitorWishes monitor;
  std::string org, sub, state;
  unsigned stale_minutes = 30;
  unsigned clock_minutes = 60;
};

ledger::Result<std::unique_ptr<ledger::Watch>> open_watch(const WatchWishes& wishes) {
  NGUON_TRY(auto log, ledger::NoteVerifier::parse(wishes.monitor.vkey));
  ledger::WatchOptions options;
  NGUON_TRY(options.log, mirror_options(wishes.monitor));
  options.of = wishes.org.empty() ? wishes.sub : wishes.org;
  options.stale_seconds = wishes.stale_minutes * seconds_in_minute;
  options.clock_seconds = wishes.clock_minutes * seconds_in_minute;
  return ledger::Watch::open(wishes.state, std::move(log), std::move(options));
}

}  // namespace

void add_watch(CLI::App& program, ExitCode& outcome) {
  auto wishes = std::make_shared<WatchWishes>();
  auto* command = program.add_subcommand("watch", "Watch the history of one organisation or batch");
  command->footer(watch_examples);
  add_monitor_options(*command, wishes->monitor);
  auto* whose = command->add_option_group("whose");
  whose->add_option("--org", wishes->org, "An organisation and all subjects that it began");
  whose->add_option("--sub", wishes->sub, "One subject, such as a batch");
  whose->require_option(1);
  command->add_option("--state", wishes->state, "Folder to remember in; made where there is none")
      ->required();
  command
      ->add_option("--stale", wishes->stale_minutes,
                   "Minutes after which a head or cosignature that is not renewed is an alarm")
      ->capture_default_str();
  command
      ->add_option("--clock", wishes->clock_minutes,
                   "Minutes by which the operator's clock may differ from this machine's")
      ->capture_default_str();
  command->callback([wishes, &outcome] {
    std::unique_ptr<ledger::Watch> watch;
    outcome = keep_looking(
        wishes->monitor,
        [&]() -> ledger::Result<void> {
          NGUON_TRY(watch, open_watch(*wishes));
          return {};
        },
        [&]() -> ledger::Result<void> {
          NGUON_TRY(const ledger::WatchLook look, watch->look());
          print_look(look.log);
          std::printf("watched: %zu subjects with %zu entries; %zu heads checked\n", look.subjects,
                      look.entries, look.checked);
          std::fflush(stdout);
          return {};
        });
  });
}

}  // namespace nguon::server
