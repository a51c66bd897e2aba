#pragma once

#include "server/office/sight.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::server {

inline constexpr std::size_t max_question_octets = 200;

/// What somebody typed into the search box, read once and held against many rows. Finds rows in
/// which every word typed begins a word, in any order, blind to marks and case; and rows that bear
/// it as a code, a phone number or a subject's id, punctuation aside. Nothing typed finds all.
class Search {
 public:
  explicit Search(std::string_view typed);

  bool is_empty() const { return words_.empty(); }

  /// The rank of a row that bears what was typed as a code.
  static constexpr int exact = 0;
  /// How well a row answers: the less the better. Absent: not at all. Only what `sight` opens is
  /// looked at, so that nobody learns by asking what he may not read.
  std::optional<int> rank(const Row& row, Sight& sight) const;

 private:
  std::string plain_;               // All words, a blank before each.
  std::vector<std::string> words_;  // One word each, a blank before it.
  std::string exact_;               // As a whole code: between line feeds.
  std::string begins_;              // As the beginning of one.
  std::string phone_;               // The same, where it may be a number with a country code.
  std::string symbols_;             // Upper case, of an id.
};

}  // namespace nguon::server
