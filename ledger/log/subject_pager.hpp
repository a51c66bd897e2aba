#pragma once

#include "ledger/log/subject_page.hpp"
#include "ledger/store/store.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace nguon::ledger {

/// Writes the pages of subjects as they fill up (FORMAT.md "Subject pages"): one row in 256
/// appends, for which the ids of the 255 before are read back. Owned by the one writer's thread.
class SubjectPager {
 public:
  SubjectPager(const Store& store, std::uint32_t log) : store_(store), log_(log) {}

  /// A new batch begins: what the one before added is in the store.
  void start_over();
  /// The entry `id` at `index` is the `count`-th of `sub`. Every earlier one is in the store or was
  /// added since start_over(). Puts the page that is now full, if one is, into `batch`. Errors:
  /// `store.*`.
  Result<void> add(std::string_view sub, std::uint64_t index, const Hash& id, std::uint64_t count,
                   WriteBatch& batch);

 private:
  struct Added {
    std::string sub;
    std::uint64_t index;
    Hash id;
  };
  Result<SubjectPage> page(std::string_view sub, std::uint64_t number) const;
  Result<std::vector<Hash>> open_ids(std::string_view sub, std::uint64_t number) const;

  const Store& store_;
  const std::uint32_t log_;
  std::vector<Added> added_;                           // Of the batch, in log order per subject.
  std::unordered_map<std::string, std::string> rows_;  // Of the batch: pages by their key.
};

}  // namespace nguon::ledger
