#pragma once

#include "ledger/audit/bundle.hpp"
#include "ledger/audit/links.hpp"
#include "ledger/audit/proof_bundle.hpp"
#include "ledger/base/generation_cache.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace nguon::ledger {

/// A logged entry with all that a bundle asks of it, found once: it never changes.
struct KeptEntry {
  LinkedEntry linked;
  EntryLinks links;
  std::string spelled;                ///< By spell().
  std::vector<std::string> subjects;  ///< Inputs, and the master data that `data` names.
  bool starts_subject = false;        ///< Its own; else another entry did.
  bool strict = false;
  bool moves_keys = false;
};

/// Entries read lately: those of organisations, products and keys are in every bundle. Thread-safe.
class BundleDesk::Shelf {
 public:
  /// Errors: those of Ledger::leaf() and read_linked().
  Result<std::shared_ptr<const KeptEntry>> entry(const Ledger& ledger, std::uint64_t index);
  /// The index of the entry with this id, if it was asked for lately.
  std::optional<std::uint64_t> index_of(const std::string& id);
  /// As Ledger::state(), asked when the log had `size` entries: not older than that, and kept until
  /// another size is asked for. A log is read far more often than it grows.
  Result<std::optional<std::string>> state(const Ledger& ledger, std::uint64_t size,
                                           const std::string& key);

 private:
  static constexpr std::size_t states_kept = 1024;  // Twice this many, some 300 octets each.

  std::mutex mutex_;  // Guards all below.
  // Twice this many, 6 KiB each: 12 MiB, part of what the memory knob leaves.
  GenerationCache<std::shared_ptr<const KeptEntry>, std::uint64_t> kept_{1024};
  GenerationCache<std::uint64_t> indexes_{1024};
  std::uint64_t states_of_ = 0;  // Size of the log that states_ belong to.
  GenerationCache<std::optional<std::string>> states_{states_kept};
};

}  // namespace nguon::ledger
