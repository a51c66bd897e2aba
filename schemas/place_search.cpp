#include "schemas/place_search.hpp"

#include "schemas/folding.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <string>

namespace nguon::schemas {
namespace {

using Words = std::vector<std::string>;

// A person's query; more of it finds nothing more.
constexpr std::size_t max_words = 12;

Words words_of(std::string_view text) {
  const std::string folded = fold(text);
  Words words;
  std::size_t begin = 0;
  while (begin < folded.size()) {
    const std::size_t end = std::min(folded.find(' ', begin), folded.size());
    words.push_back(folded.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

/// Words that say what kind of place it is, where more words follow.
std::size_t kind_words(const Words& words, std::size_t at) {
  static constexpr std::array<std::array<std::string_view, 2>, 4> pairs{
      {{"thi", "tran"}, {"thi", "xa"}, {"thanh", "pho"}, {"dac", "khu"}}};
  static constexpr std::array<std::string_view, 10> singles{"xa", "phuong", "huyen", "quan", "tinh",
                                                            "tp", "tx",     "tt",    "p",    "h"};
  if (at + 2 < words.size()) {
    for (const auto& pair : pairs) {
      if (words[at] == pair[0] && words[at + 1] == pair[1]) return 2;
    }
  }
  return at + 1 < words.size() && std::ranges::find(singles, words[at]) != singles.end() ? 1 : 0;
}

/// Without the words for kinds: those in front of a name; in a query also those inside.
Words name_words(std::string_view name) {
  Words words = words_of(name);
  words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(kind_words(words, 0)));
  return words;
}

Words query_words(std::string_view text) {
  const Words all = words_of(text);
  Words kept;
  for (std::size_t at = 0; at < all.size() && kept.size() < max_words;) {
    const std::size_t kinds = kind_words(all, at);
    at += kinds;
    kept.push_back(all[at++]);
  }
  return kept;
}

struct Row {
  PlaceMatch match;
  Words name;
  Words around;  ///< Of district and province.
};

void append(Words& words, Words more) {
  words.insert(words.end(), std::make_move_iterator(more.begin()),
               std::make_move_iterator(more.end()));
}

std::vector<Row> make_rows() {
  std::vector<Row> rows;
  for (const Place& place : communes()) {
    rows.push_back(
        {{place, {}}, name_words(place.name), name_words(find_province(place.province)->name)});
  }
  for (const FormerPlace& former : former_communes()) {
    Row row{{*find_commune(former.now), former}, name_words(former.name), {}};
    append(row.around, name_words(former.district));
    append(row.around, name_words(former.province));
    rows.push_back(std::move(row));
  }
  return rows;
}

const std::vector<Row>& table() {
  static const std::vector<Row> rows = make_rows();
  return rows;
}

/// A word of a row: of its name, its district or its province.
struct WordOfRow {
  std::string_view word;
  const Row* row;
};

/// All words in order, so that those with one beginning lie together.
const std::vector<WordOfRow>& words_in_order() {
  static const std::vector<WordOfRow> made = [] {
    std::vector<WordOfRow> words;
    for (const Row& row : table()) {
      for (const auto& word : row.name) words.push_back({word, &row});
      for (const auto& word : row.around) words.push_back({word, &row});
    }
    std::ranges::sort(words, [](const WordOfRow& a, const WordOfRow& b) {
      return std::pair(a.word, a.row) < std::pair(b.word, b.row);
    });
    return words;
  }();
  return made;
}

/// The rows that have a word with the beginning which the fewest have: only among them can be one that
/// has them all.
std::vector<const Row*> likely_rows(const Words& query) {
  std::span<const WordOfRow> fewest = words_in_order();
  for (const std::string& start : query) {
    const auto beginning = [&](const WordOfRow& one) { return one.word.substr(0, start.size()); };
    const auto range = std::ranges::equal_range(words_in_order(), start, std::less<>(), beginning);
    if (range.size() < fewest.size()) fewest = range;
  }
  std::vector<const Row*> rows;
  for (const WordOfRow& one : fewest) rows.push_back(one.row);
  // All rows lie in one table, so that their addresses keep its order.
  std::ranges::sort(rows);
  rows.erase(std::ranges::unique(rows).begin(), rows.end());
  return rows;
}

bool begins_one(const Words& words, const std::string& start) {
  return std::ranges::any_of(words, [&](const auto& word) { return word.starts_with(start); });
}

/// The less the better; absent where a word of the query is nowhere.
std::optional<int> score(const Row& row, const Words& query) {
  std::size_t in_name = 0;
  for (const auto& word : query) {
    if (begins_one(row.name, word)) {
      ++in_name;
    } else if (!begins_one(row.around, word)) {
      return std::nullopt;
    }
  }
  // How many words of the name the query begins with, whole ones but for its last.
  std::size_t along = 0;
  while (along < row.name.size() && along < query.size() && row.name[along] == query[along]) {
    ++along;
  }
  const int rank = along == row.name.size() ? 0
                   : along == query.size() ||
                           (along + 1 == query.size() && row.name[along].starts_with(query[along]))
                       ? 1
                   : in_name > 0 ? 2
                                 : 3;
  return 2 * rank + (row.match.former ? 1 : 0);
}

}  // namespace

std::vector<PlaceMatch> search_places(std::string_view text, std::size_t limit) {
  const Words query = query_words(text);
  if (query.empty()) return {};
  std::vector<std::pair<int, const Row*>> found;
  for (const Row* row : likely_rows(query)) {
    if (const auto value = score(*row, query)) found.emplace_back(*value, row);
  }
  std::ranges::sort(found);  // Among equals by their places in the table.
  std::vector<PlaceMatch> matches;
  std::set<std::pair<std::string_view, std::string_view>> shown;
  for (const auto& [value, row] : found) {
    if (matches.size() == limit) break;
    // A commune that kept name and place is no news under its former self.
    const std::string_view name =
        row->match.former ? row->match.former->name : row->match.place.name;
    if (shown.emplace(row->match.place.code, name).second) matches.push_back(row->match);
  }
  return matches;
}

}  // namespace nguon::schemas
