#pragma once

#include "server/cli/exit_code.hpp"

namespace CLI {
class App;
}

namespace nguon::server {

// Each adds its subcommand to the program and, when that was asked for, runs it and stores what the
// process ends with. `outcome` outlives the parsing.
void add_init(CLI::App& program, ExitCode& outcome);
void add_serve(CLI::App& program, ExitCode& outcome);
void add_demo(CLI::App& program, ExitCode& outcome);
void add_entry(CLI::App& program, ExitCode& outcome);
void add_enrol(CLI::App& program, ExitCode& outcome);
void add_label(CLI::App& program, ExitCode& outcome);
void add_print(CLI::App& program, ExitCode& outcome);
void add_backup(CLI::App& program, ExitCode& outcome);
void add_restore(CLI::App& program, ExitCode& outcome);
void add_export(CLI::App& program, ExitCode& outcome);
void add_import(CLI::App& program, ExitCode& outcome);
void add_recover(CLI::App& program, ExitCode& outcome);
void add_verify(CLI::App& program, ExitCode& outcome);
void add_audit(CLI::App& program, ExitCode& outcome);
void add_keys(CLI::App& program, ExitCode& outcome);
void add_successor(CLI::App& program, ExitCode& outcome);
void add_witness(CLI::App& program, ExitCode& outcome);
void add_mirror(CLI::App& program, ExitCode& outcome);
void add_watch(CLI::App& program, ExitCode& outcome);

}  // namespace nguon::server
