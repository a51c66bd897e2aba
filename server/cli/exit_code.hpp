#pragma once

#include "ledger/base/error.hpp"

namespace nguon::server {

/// What every subcommand ends with; documented in --help and deploy/README.md.
enum class ExitCode : int {
  good = 0,
  check_failed = 1,      ///< It ran, and the answer is no.
  usage = 2,             ///< The command line or an input file makes no sense.
  refused_to_start = 3,  ///< Running could break a promise: keys, heads or configuration disagree.
  storage = 4,           ///< The disk failed or holds damaged bytes.
  network = 5,           ///< The other side could not be reached or did not answer.
};

/// The code an error ends the process with: by the first word of its rule, else by its class.
ExitCode exit_code_of(const ledger::Error& error);

/// Tells a person on stderr what went wrong, Vietnamese first, and returns exit_code_of().
ExitCode report(const ledger::Error& error);

}  // namespace nguon::server
