#include "server/cli/monitoring.hpp"

#include "ledger/log/start.hpp"
#include "server/cli/http_client.hpp"
#include "server/cli/progress.hpp"
#include "server/cli/signals.hpp"
#include "server/deployment/files.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <thread>
#include <utility>

namespace nguon::server {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds first_retry{1'000};
constexpr milliseconds last_retry{60'000};
constexpr int monitor_patience_seconds = 15;
constexpr int monitor_exchange_seconds = 120;

bool may_mend(const ledger::Error& error) {
  return error.code != ledger::Errc::corrupt && error.rule != "monitor.folder" &&
         exit_code_of(error) != ExitCode::usage && error.rule != "note.vkey";
}

}  // namespace

void add_log_options(CLI::App& command, MonitorWishes& wishes) {
  command.add_option("--url", wishes.url, "The log: https://HOST/log/N");
  command.add_option("--vkey", wishes.vkey, "The log's public key, from somebody you trust");
  command.add_option("--ca", wishes.ca_file, "PEM of the authority to trust; default the system's")
      ->check(CLI::ExistingFile);
}

void add_monitor_options(CLI::App& command, MonitorWishes& wishes) {
  add_log_options(command, wishes);
  command.get_option("--url")->required();
  command.get_option("--vkey")->required();
  command
      .add_option("--policy", wishes.policy,
                  "C2SP policy file: its witnesses are asked what they were shown")
      ->check(CLI::ExistingFile);
  auto* again = command.add_option("--interval", wishes.interval_seconds,
                                   "Look every so many seconds until SIGTERM");
  again->check(CLI::Range(1U, 86'400U));
  command.add_flag("--once", wishes.once, "Look once and end (the default)")->excludes(again);
}

ledger::Fetch http_fetch(const std::string& ca_file) {
  return [ca_file](const std::string& url) -> ledger::Result<std::string> {
    Call request;
    request.url = url;
    request.ca_file = ca_file;
    request.patience_seconds = monitor_patience_seconds;
    request.exchange_seconds = monitor_exchange_seconds;
    NGUON_TRY(Answer answer, call(request));
    if (answer.status == 200) return std::move(answer.body);
    const auto code = answer.status == 404 ? ledger::Errc::not_found : ledger::Errc::unavailable;
    return ledger::Error{code, "monitor.answer", {}, url + ": " + std::to_string(answer.status)};
  };
}

ledger::Result<ledger::MirrorOptions> mirror_options(const MonitorWishes& wishes) {
  ledger::MirrorOptions options;
  options.url = wishes.url;
  while (options.url.ends_with('/')) options.url.pop_back();
  options.fetch = http_fetch(wishes.ca_file);
  if (!wishes.policy.empty()) {
    NGUON_TRY(const std::string text, read_file(wishes.policy));
    NGUON_TRY(options.policy, ledger::WitnessPolicy::parse(text));
  }
  options.pause = [](milliseconds time) { std::this_thread::sleep_for(time); };
  options.now_ms = [] { return ledger::SystemClock().now_ms(); };
  const auto bar = std::make_shared<Progress>("reading the log", 0);
  options.progress = [bar](std::uint64_t done, std::uint64_t) { bar->at(done); };
  return options;
}

ledger::Result<std::unique_ptr<ledger::Mirror>> open_mirror(const MonitorWishes& wishes,
                                                            const std::string& folder) {
  NGUON_TRY(auto log, ledger::NoteVerifier::parse(wishes.vkey));
  NGUON_TRY(auto options, mirror_options(wishes));
  return ledger::Mirror::open(folder, std::move(log), std::move(options));
}

void print_look(const ledger::Look& look) {
  std::string line = ledger::show(look.after) + " (" +
                     std::to_string(look.after.size - look.before.size) + " new)";
  if (look.witnesses > 0) {
    line += ", cosigned by " + std::to_string(look.cosigned) + " of " +
            std::to_string(look.witnesses) + " witnesses";
    line += look.quorum ? "" : ", which the policy does not accept";
  }
  for (const std::string& name : look.silent) line += "; witness " + name + " does not answer";
  std::printf("%s\n", line.c_str());
  std::fflush(stdout);
}

ExitCode keep_looking(const MonitorWishes& wishes,
                      const std::function<ledger::Result<void>()>& prepare,
                      const std::function<ledger::Result<void>()>& look) {
  const StopSignals signals;
  if (const auto ready = prepare(); !ready) return report(ready.error());
  const milliseconds interval{1'000LL * wishes.interval_seconds};
  milliseconds retry = first_retry;
  std::string said;
  for (;;) {
    const auto done = look();
    if (interval.count() == 0) return done ? ExitCode::good : report(done.error());
    milliseconds pause = interval;
    if (done) {
      retry = first_retry;
      said.clear();
    } else {
      if (!may_mend(done.error())) return report(done.error());
      // The same trouble is told once.
      if (std::exchange(said, done.error().rule) != done.error().rule) report(done.error());
      pause = std::min(retry, std::max(interval, first_retry));
      retry = std::min(2 * retry, last_retry);
    }
    if (signals.wait_for(pause)) return ExitCode::good;
  }
}

}  // namespace nguon::server
