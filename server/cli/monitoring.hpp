#pragma once

#include "ledger/monitor/mirror.hpp"
#include "server/cli/exit_code.hpp"

#include <functional>
#include <string>

namespace CLI {
class App;
}

namespace nguon::server {

/// What every command that looks at somebody's log over the network is told.
struct MonitorWishes {
  std::string url, vkey, policy, ca_file;
  unsigned interval_seconds = 0;
  bool once = false;
};

/// --url, --vkey, --ca.
void add_log_options(CLI::App& command, MonitorWishes& wishes);
/// Those, --policy, --interval and --once.
void add_monitor_options(CLI::App& command, MonitorWishes& wishes);

/// GET by libcurl. Errors: Errc::not_found `monitor.answer` for a 404, Errc::unavailable
/// `monitor.answer` for any other status but 200, `client.*`.
ledger::Fetch http_fetch(const std::string& ca_file);

/// How a Mirror is to look at that log. Errors: `file.read`, `policy.*`.
ledger::Result<ledger::MirrorOptions> mirror_options(const MonitorWishes& wishes);
/// A mirror of that log in that folder. Errors: `note.vkey`, those of mirror_options() and
/// Mirror::open().
ledger::Result<std::unique_ptr<ledger::Mirror>> open_mirror(const MonitorWishes& wishes,
                                                            const std::string& folder);

/// One line on stdout for people and their logs.
void print_look(const ledger::Look& look);

/// Runs `look` once, or again and again until SIGTERM. Then whatever another look may mend (no
/// network, a service that restarts, a page of some hotel instead of the log) is said and tried
/// again, each time later; a contradiction or a failing disk ends it. `prepare` runs first, with
/// the signals already waited for.
ExitCode keep_looking(const MonitorWishes& wishes,
                      const std::function<ledger::Result<void>()>& prepare,
                      const std::function<ledger::Result<void>()>& look);

}  // namespace nguon::server
