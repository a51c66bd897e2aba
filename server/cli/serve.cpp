#include "server/cli/commands.hpp"
#include "server/cli/front.hpp"
#include "server/cli/signals.hpp"
#include "server/config.hpp"
#include "server/http/access_log.hpp"

#include <CLI/CLI.hpp>

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

ledger::Result<void> serve(const std::string& file) {
  const StopSignals signals;
  raise_open_file_limit();
  NGUON_TRY(const Config config, load_config(file));
  DeploymentOptions options;
  options.queue_length = config.queue_length;
  options.free_space_reserve = config.free_space_reserve_bytes;
  options.memory = config.memory_bytes;
  const Places places{config.data_directory};
  NGUON_TRY(const auto deployment, Deployment::open(places, options));
  FrontOptions face;
  face.label_origin = "https://" + config.label_hosts.front();
  face.admission_threads = config.admission_threads;
  face.queue_length = config.queue_length;
  NGUON_TRY(const auto front, Front::open(*deployment, places, face, listener_options(config)));
  std::fprintf(stderr, "nguon: %llu entries, listening on %s:%u\n",
               static_cast<unsigned long long>(deployment->ledger().head().size),
               config.listen_address.c_str(), static_cast<unsigned>(front->port()));
  signals.wait();
  front->stop();
  return {};
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
