#pragma once

#include "ledger/base/result.hpp"
#include "ledger/store/store.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::ledger {

/// A witness's word that a tree was there, and when.
struct Cosigned {
  std::string name;     ///< Of its key.
  std::int64_t at = 0;  ///< Unix seconds by the witness's clock.

  bool operator==(const Cosigned&) const = default;
};

/// The first cosigned checkpoint that holds an entry: what bounds its time from above.
struct Covering {
  std::uint64_t size = 0;
  std::vector<Cosigned> by;  ///< The earliest first; never empty.
  std::string note;          ///< With those lines, for whoever checks them.
};

/// Every checkpoint that a witness cosigned, with its lines as they came (FORMAT.md "Store", `K`):
/// evidence that others gave, which the leaves cannot give again. At most one a second, as often as
/// checkpoints are published. Thread-safe.
class CosignedBook {
 public:
  /// Commits rows that are no entry's, and waits for it. Thread-safe.
  using Write = std::function<Result<void>(WriteBatch)>;
  /// `store` outlives the book.
  CosignedBook(const Store& store, std::uint32_t log, Write write);

  /// Keeps the witnesses' lines of `note`, which the caller has verified. A witness's first line
  /// for a checkpoint stays: cosigning it again shows that it is fresh, not that it was there
  /// earlier. Errors: those of parse_note() and parse_checkpoint_text(), `store.*`, `log.stopped`.
  Result<void> keep(std::string_view note);
  /// Absent when no witness has cosigned a checkpoint beyond `index`. Errors: `store.*`.
  Result<std::optional<Covering>> covering(std::uint64_t index) const;
  /// Grows with every line kept: what was rendered from the book before may be out of date.
  std::uint64_t revision() const { return revision_; }

 private:
  const Store& store_;
  const std::uint32_t log_;
  const Write write_;
  std::mutex keeping_;  // A row is read and written back under it.
  std::atomic<std::uint64_t> revision_ = 0;
};

}  // namespace nguon::ledger
