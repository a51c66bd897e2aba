#pragma once

#include "ledger/base/result.hpp"
#include "ledger/store/store.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::ledger {

/// Where two texts part, a little of each: `stored …, derived …`. Absent ones are `nothing`.
std::string show_difference(const std::optional<std::string_view>& stored,
                            const std::optional<std::string_view>& derived);

/// The rows one family of a log must hold, no more and no less, and which entry says so.
class ExpectedRows {
 public:
  /// `rule` names a divergence; `place` is what its field begins with (`/state/`).
  ExpectedRows(Family family, std::uint32_t log, std::string rule, std::string place);

  /// Keys without the log's number, as are those of get().
  void put(std::string key, std::string value, std::uint64_t index);
  void erase(const std::string& key);
  /// Valid until the next put() or erase().
  const std::string* find(std::string_view key) const;
  std::uint64_t size() const { return rows_.size(); }

  /// Every row of the family in `store` against these, both ways, on `threads` (≥ 1) threads.
  /// Errors: `rule` for the first that differs or is too many in key order, else for the first that
  /// is missing; `store.*`. Once only: the rows are gone after it.
  Result<void> compare(const Store& store, unsigned threads);

 private:
  struct Row {
    std::string value;
    std::uint64_t index = 0;  // Entry that wrote it last.
    bool seen = false;
  };
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  /// Keys that cut all of them into `parts` of about one size, rising; fewer if there are few.
  std::vector<std::string> cuts(unsigned parts) const;
  /// The rows stored from `first` to before `last`, with the log's number.
  Result<void> compare_part(const Store& store, const std::string& first, const std::string& last);
  Error divergence(std::string_view key, const std::optional<std::string_view>& stored,
                   const Row* derived) const;

  const Family family_;
  const std::uint32_t log_;
  const std::string rule_;
  const std::string place_;
  // Flat: millions of rows are looked up once each, and a chain of nodes costs a cache miss a step.
  boost::unordered_flat_map<std::string, Row, TextHash, std::equal_to<>> rows_;
};

}  // namespace nguon::ledger
