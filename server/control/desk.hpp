#pragma once

#include "ledger/base/result.hpp"
#include "ledger/store/frozen_files.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace nguon::server {

struct ControlLimits {
  std::chrono::milliseconds request{10'000};  ///< From connecting to a whole request.
  /// For erasures under way to end before the files are held.
  std::chrono::milliseconds settle{600'000};
  /// Files are held this long at most: what is deleted meanwhile still fills the disk, and an
  /// erasure waits.
  std::chrono::milliseconds hold{4 * 3'600'000};
};

/// The running service's end of the socket `control` in its data directory: holds the store's files
/// while a command beside it copies them. One thread, one holder at a time; another is told
/// `control.busy`. Who connects runs as the same user or as root.
class ControlDesk {
 public:
  /// Holds the store's files; Errc::too_busy: ask again in a moment.
  using Freeze = std::function<ledger::Result<std::unique_ptr<ledger::FrozenFiles>>()>;

  /// The caller holds the database's lock, so a socket that is there is a dead service's. Errors:
  /// `control.socket`. `freeze` is called on the desk's thread until destruction.
  static ledger::Result<std::unique_ptr<ControlDesk>> open(const std::string& data, Freeze freeze,
                                                           ControlLimits limits);
  /// Lets go of what is held, and takes the socket away.
  ~ControlDesk();
  ControlDesk(const ControlDesk&) = delete;
  ControlDesk& operator=(const ControlDesk&) = delete;

 private:
  class Impl;
  explicit ControlDesk(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace nguon::server
