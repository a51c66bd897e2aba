#pragma once

#include "ledger/base/hash.hpp"
#include "ledger/base/result.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace nguon::ledger {

/// The newest head that may have been signed, kept outside the database so that a rolled-back
/// database is seen (DESIGN §4, invariants 4 and 5). A file now; elsewhere with a remote engine.
class Anchor {
 public:
  struct Head {
    std::uint64_t size = 0;
    Hash root;

    bool operator==(const Head&) const = default;
  };

  virtual ~Anchor() = default;
  /// Absent when nothing was ever released. `anchor.corrupt` when slots exist and none is whole.
  virtual Result<std::optional<Head>> read() const = 0;
  /// Durable on return. Called by the sequencer only. `anchor.io` means the outcome is unknown:
  /// stop.
  virtual Result<void> write(const Head& head) = 0;
};

/// Two 512-octet slots written in turn and synced (FORMAT.md "Anchor"): a torn write leaves the
/// other slot whole, and that one is never older than what was released before.
class FileAnchor final : public Anchor {
 public:
  /// Opens or creates `path`; fails with `anchor.io` when that is impossible.
  static Result<std::unique_ptr<FileAnchor>> open(const std::string& path);
  ~FileAnchor() override;

  Result<std::optional<Head>> read() const override;
  Result<void> write(const Head& head) override;

 private:
  explicit FileAnchor(int descriptor) : descriptor_(descriptor) {}
  const int descriptor_;
  std::optional<std::size_t> next_slot_;  // Owned by the writing thread.
};

/// Makes `head` the anchor whatever it was, also a smaller one: for a successor log, and nothing
/// else (FORMAT.md "Successor log"). Durable on return; a crash leaves the old or the new. Errors:
/// `anchor.io`.
Result<void> replace_anchor(const std::string& path, const Anchor::Head& head);

}  // namespace nguon::ledger
