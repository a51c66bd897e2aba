#pragma once

#include "ledger/base/hash.hpp"
#include "ledger/log/subject_head.hpp"
#include "ledger/log/subject_page.hpp"
#include "ledger/store/store.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::ledger {

/// Page `number` as stored. Errors: `store.corrupt` when it is missing, `store.*`.
Result<SubjectPage> read_subject_page(const Store& store, std::uint32_t log, std::string_view sub,
                                      std::uint64_t number);
/// Log indexes i of the subject's entries with begin ≤ i < end, rising.
Result<std::vector<std::uint64_t>> read_history(const Store& store, std::uint32_t log,
                                                std::string_view sub, std::uint64_t begin,
                                                std::uint64_t end);
/// Entry ids of these leaves. Errors: `store.corrupt` when one is missing, `log.leaf`, `store.*`.
Result<std::vector<Hash>> read_entry_ids(const Store& store, std::uint32_t log,
                                         const std::vector<std::uint64_t>& indexes);

/// The entries of one subject among the first `size` leaves of the log, as an RFC 6962 tree over
/// their ids: full pages, and what is newer from at most 255 leaves. Lives for one answer; not
/// thread-safe, but others may append meanwhile. Errors of all members: `store.*`, `log.leaf`.
class SubjectTree {
 public:
  /// `size`: a released one. A subject without entries there has the count 0.
  static Result<SubjectTree> open(const Store& store, std::uint32_t log, std::string sub,
                                  std::uint64_t size);

  std::uint64_t count() const { return pages_ * subject_page_width + tail_.size(); }
  Result<Hash> root();
  /// RFC 6962 §2.1.1 in the tree of count() leaves. Errors: `tree.index` unless position < count().
  Result<std::vector<Hash>> inclusion(std::uint64_t position);
  /// Where the entry at that log index stands; absent when it is none of these.
  Result<std::optional<std::uint64_t>> position(std::uint64_t index);
  /// Entries 256·number … 256·number + 255 as far as there are; none beyond count().
  Result<std::vector<SubjectEntry>> entries(std::uint64_t number);

 private:
  SubjectTree(const Store& store, std::uint32_t log, std::string sub)
      : store_(&store), log_(log), sub_(std::move(sub)) {}
  Result<const SubjectPage*> page(std::uint64_t number);
  /// Log index from which page `number` may hold entries.
  Result<std::uint64_t> begin_of(std::uint64_t number);
  Result<Hash> node(unsigned level, std::uint64_t index);
  Result<void> load_tail();

  const Store* store_;
  std::uint32_t log_;
  std::string sub_;
  std::uint64_t pages_ = 0;          // Full ones below the size.
  std::vector<std::uint64_t> tail_;  // Log indexes behind them.
  std::vector<Hash> tail_ids_;       // Read when first wanted.
  std::map<std::uint64_t, SubjectPage> held_;
};

}  // namespace nguon::ledger
