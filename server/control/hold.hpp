#pragma once

#include "ledger/base/result.hpp"
#include "ledger/store/frozen_files.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nguon::server {

/// The files of a database held still to be copied, by whoever has the database open.
class HeldFiles {
 public:
  virtual ~HeldFiles() = default;  ///< Lets go of them as well.
  virtual const std::vector<ledger::FrozenFile>& files() const = 0;
  /// Lets go. An Error: they were not held all the time, and what was copied counts for nothing.
  virtual ledger::Result<void> release() = 0;
};

/// Asks the service that runs on this data directory; null when none does. Blocks while erasures
/// end. Errors: `control.socket`, `control.answer`, `control.busy`, what the service tells.
ledger::Result<std::unique_ptr<HeldFiles>> hold_served(const std::string& data);

}  // namespace nguon::server
