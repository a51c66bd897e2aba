#pragma once

#include "server/cli/exit_code.hpp"

namespace CLI {
class App;
}

namespace nguon::server {

/// `nguon import links`, below the command it is given. `outcome` outlives the parsing.
void add_import_links(CLI::App& import, ExitCode& outcome);

}  // namespace nguon::server
