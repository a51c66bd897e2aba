#include "server/cli/commands.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>

namespace {

constexpr const char* about =
    "Nguon (nguồn = source, origin): traceability anyone can check.\n\n"
    "First steps:\n"
    "  nguon demo                      four sample chains on this machine, nothing to set up\n"
    "  nguon init --data DIR …         begin a deployment of your own: keys and entry 0\n"
    "  nguon serve --config FILE       run it until SIGTERM\n"
    "  nguon COMMAND --help            every command shows examples\n";

constexpr const char* footer =
    "\nExit codes: 0 good, 1 a check failed, 2 usage, 3 refused to start, 4 storage, 5 network.";

}  // namespace

int main(int argc, char** argv) {
  using nguon::server::ExitCode;
  CLI::App program(about, "nguon");
  program.footer(footer);
  program.require_subcommand(1);
  program.set_version_flag("--version", NGUON_VERSION);
  ExitCode outcome = ExitCode::good;
  nguon::server::add_demo(program, outcome);
  nguon::server::add_init(program, outcome);
  nguon::server::add_serve(program, outcome);
  nguon::server::add_entry(program, outcome);
  nguon::server::add_enrol(program, outcome);
  nguon::server::add_label(program, outcome);
  nguon::server::add_print(program, outcome);
  nguon::server::add_backup(program, outcome);
  nguon::server::add_restore(program, outcome);
  nguon::server::add_export(program, outcome);
  nguon::server::add_import(program, outcome);
  nguon::server::add_recover(program, outcome);
  nguon::server::add_verify(program, outcome);
  nguon::server::add_audit(program, outcome);
  nguon::server::add_keys(program, outcome);
  nguon::server::add_successor(program, outcome);
  nguon::server::add_witness(program, outcome);
  nguon::server::add_mirror(program, outcome);
  nguon::server::add_watch(program, outcome);
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return program.exit(error) == 0 ? 0 : static_cast<int>(ExitCode::usage);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "nguon: a bug, please report it: %s\n", error.what());
    return static_cast<int>(ExitCode::storage);
  }
  return static_cast<int>(outcome);
}
