#include "server/cli/commands.hpp"
#include "server/cli/front.hpp"
#include "server/cli/last_word.hpp"
#include "server/cli/reminder_post.hpp"
#include "server/cli/signals.hpp"
#include "server/cli/witness_post.hpp"
#include "server/config.hpp"
#include "server/deployment/files.hpp"
#include "server/http/access_log.hpp"
#include "server/witness/feed.hpp"

#include <CLI/CLI.hpp>
#include <spdlog/spdlog.h>

#include <cstdio>
#include <memory>
#include <string>

namespace nguon::server {
namespace {

constexpr const char* serve_examples = R"(
Runs a deployment that `nguon init` began, until SIGTERM or Ctrl-C. Every key of the file is explained
in deploy/nguon.toml; an unknown one is refused.

Example:
  nguon serve --config /etc/nguon.toml

Exit 3 means it refused to start rather than break a promise: the message prints both heads and the
command that recovers (`nguon recover --help`).)";

ListenerOptions listener_options(const Config& config) {
  ListenerOptions options;
  options.address = config.listen_address;
  options.port = config.listen_port;
  options.io_threads = config.io_threads;
  options.limits = config.limits;
  options.tls_certificate = config.tls_certificate;
  options.tls_key = config.tls_key;
  options.trusted_proxies = config.trusted_proxies;
  if (config.access_log) options.access_log = log_accesses();
  return options;
}

ledger::Result<SignalWishes> signal_wishes(const Config& config) {
  SignalWishes wishes{config.signals != "off", config.signals == "on", {}};
  if (!wishes.counted || config.province_table.empty()) return wishes;
  NGUON_TRY(const std::string text, read_file(config.province_table));
  NGUON_TRY(wishes.table, ProvinceTable::parse(text));
  return wishes;
}

/// The feed to the witnesses of the policy, once each was asked; null without a policy.
ledger::Result<std::unique_ptr<WitnessFeed>> ask_witnesses(const Config& config,
                                                           ledger::Ledger& log) {
  if (config.witness_policy.empty()) return std::unique_ptr<WitnessFeed>();
  NGUON_TRY(const std::string text, read_file(config.witness_policy));
  NGUON_TRY(auto policy, ledger::WitnessPolicy::parse(text));
  OfferedLog offered{
      [&log] { return log.log_keys(); }, [&log] { return log.checkpoint(); },
      [&log](std::uint64_t from, std::uint64_t to) { return log.consistency(from, to); },
      [&log](const std::string& note) {
        if (const auto kept = log.cosigned().keep(note); !kept) {
          spdlog::warn("a cosigned checkpoint was not kept: {}", kept.error().rule);
        }
      }};
  return WitnessFeed::open(std::move(offered), std::move(policy), witness_post());
}

ledger::Result<void> serve(const std::string& file) {
  const StopSignals signals;
  raise_open_file_limit();
  NGUON_TRY(const Config config, load_config(file));
  DeploymentOptions options;
  options.queue_length = config.queue_length;
  options.free_space_reserve = config.free_space_reserve_bytes;
  options.memory = config.memory_bytes;
  LastWord fatal;
  options.on_fatal = [&fatal](const ledger::Error& why) { fatal.say(why); };
  const Places places{config.data_directory};
  NGUON_TRY(const auto deployment, Deployment::open(places, options));
  NGUON_TRY(const auto witnesses, ask_witnesses(config, deployment->ledger()));
  FrontOptions face;
  face.witnesses = witnesses.get();
  face.label_origin = "https://" + config.label_hosts.front();
  face.hosts = config.label_hosts;
  face.hosts.push_back(config.log_host);
  face.admission_threads = config.admission_threads;
  face.queue_length = config.queue_length;
  NGUON_TRY(face.signals, signal_wishes(config));
  face.blobs = {config.blob_quota_bytes, config.free_space_reserve_bytes};
  face.reminders = {config.reminder_targets, reminder_post(config), config.digest_hour};
  NGUON_TRY(const auto front, Front::open(*deployment, places, face, listener_options(config)));
  if (witnesses) {
    const auto standing = witnesses->standing();
    std::fprintf(stderr, "nguon: cosigned by %zu of %zu witnesses\n", standing.cosigned(),
                 standing.times.size());
  }
  if (config.signals != "off" && face.signals.table.size() == 0) {
    std::fprintf(stderr, "nguon: scans are counted; without a table of provinces only shoppers' own"
                         " words say where\n");
  }
  std::fprintf(stderr, "nguon: %llu entries, listening on %s:%u\n",
               static_cast<unsigned long long>(deployment->ledger().head().size),
               config.listen_address.c_str(), static_cast<unsigned>(front->port()));
  signals.wait();
  front->stop();
  return fatal.outcome();
}

}  // namespace

void add_serve(CLI::App& program, ExitCode& outcome) {
  auto file = std::make_shared<std::string>();
  auto* command = program.add_subcommand("serve", "Run a deployment until SIGTERM");
  command->footer(serve_examples);
  command->add_option("--config", *file, "nguon.toml")->required();
  command->callback([file, &outcome] {
    const auto done = serve(*file);
    outcome = done ? ExitCode::good : report(done.error());
  });
}

}  // namespace nguon::server
