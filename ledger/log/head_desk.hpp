#pragma once

#include "ledger/base/clock.hpp"
#include "ledger/base/generation_cache.hpp"
#include "ledger/keys/key.hpp"
#include "ledger/log/releaser.hpp"
#include "ledger/log/subject_head.hpp"
#include "ledger/store/store.hpp"

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace nguon::ledger {

/// Answers for subjects' heads: statements, kept until the head moves or the minute is over, and
/// the proofs under them. Speaks of released heads alone (invariant 4). Thread-safe.
class HeadDesk {
 public:
  struct Parts {
    const Store& store;
    std::uint32_t log;
    const Releaser& releaser;
    const Clock& clock;
    std::string aud;
    std::string origin;
  };
  explicit HeadDesk(Parts parts) : parts_(std::move(parts)) {}

  /// Errors of all three: `subject.unknown` (Errc::not_found), `store.*`.
  Result<HeadStatement> statement(const std::string& sub);
  /// Entries 256·page … 256·page + 255 of the history as far as they are released. Errors:
  /// `subject.page` (Errc::not_found) beyond the last.
  Result<std::vector<SubjectEntry>> entries(const std::string& sub, std::uint64_t page) const;
  /// Errors: `entry.not-found` (Errc::not_found) when the subject has no such entry.
  Result<SubjectProof> proof(const std::string& sub, const std::string& entry_id);

 private:
  struct Head {
    std::uint64_t count = 0;
    Hash root;
  };
  struct Kept {
    HeadStatement statement;
    std::uint64_t still_at = 0;  ///< Newest log size at which the subject had no newer entry.
  };
  Result<Head> head_at(const std::string& sub, std::uint64_t size) const;
  std::optional<Kept> kept(const std::string& sub, std::int64_t minute);

  const Parts parts_;
  std::mutex mutex_;  // Guards kept_.
  GenerationCache<Kept> kept_{4096};
};

}  // namespace nguon::ledger
