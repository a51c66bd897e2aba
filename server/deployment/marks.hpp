#pragma once

#include "ledger/base/result.hpp"
#include "server/deployment/deployment.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace nguon::server {

/// Small files in a data directory by which one command tells the next what this copy may not do.
struct Marks {
  std::string data;

  std::string incomplete() const { return data + "/restore-incomplete"; }  ///< Not whole yet.
  std::string read_only() const { return data + "/read-only"; }  ///< Has no keys, by intention.
  std::string moved() const { return data + "/moved"; }          ///< Goes on on another machine.
  /// Holds the size a witness has cosigned: at fewer entries this copy must not sign.
  std::string behind() const { return data + "/behind"; }
};

/// Nothing about this directory forbids to open it for writing. Errors, all Errc::unavailable:
/// `start.incomplete-restore`, `start.read-only`, `start.moved`.
ledger::Result<void> check_may_run(const Places& places);
/// It is whole; reading it is all that is wanted. Error: `start.incomplete-restore`.
ledger::Result<void> check_is_whole(const Places& places);

/// The log must have this many entries before anything is signed; absent when nothing is known.
/// Errors: `file.read`, `start.restored-behind` when the mark cannot be understood.
ledger::Result<std::optional<std::uint64_t>> signed_elsewhere(const Places& places);
/// A log of `size` entries may sign. Error: `start.restored-behind` prints both sizes.
ledger::Result<void> check_not_behind(const Places& places, std::uint64_t size);

}  // namespace nguon::server
