#include "server/office/label_page.hpp"

#include "schemas/folding.hpp"

#include <string>
#include <vector>

namespace nguon::server {
namespace {

namespace json = boost::json;

/// Each with a blank before it, so that what is found is where a word begins.
std::vector<std::string> words_of_question(std::string_view typed) {
  std::vector<std::string> words;
  std::string folded = schemas::fold(typed) + ' ';
  for (std::size_t at = 0, end = 0; (end = folded.find(' ', at)) != std::string::npos;
       at = end + 1) {
    if (end > at) words.push_back(' ' + folded.substr(at, end - at));
  }
  return words;
}

bool answers(LabelList which, const json::object& row, const std::vector<std::string>& words) {
  if (words.empty()) return true;
  std::string text;
  for (const auto& cell : label_cells(which, row)) text += ' ' + schemas::fold(cell);
  for (const auto& word : words) {
    if (text.find(word) == std::string::npos) return false;
  }
  return true;
}

}  // namespace

json::object label_page(LabelList which, const json::array& rows, std::string_view typed,
                        std::size_t from, std::size_t limit) {
  const auto words = words_of_question(typed);
  json::array shown;
  std::size_t total = 0;
  for (const auto& row : rows) {
    if (!answers(which, row.get_object(), words)) continue;
    if (total >= from && shown.size() < limit) shown.push_back(row);
    ++total;
  }
  json::object page{{"rows", std::move(shown)}, {"total", total}};
  if (from + limit < total) page["next"] = from + limit;
  return page;
}

}  // namespace nguon::server
