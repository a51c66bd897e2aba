#include "server/office/search.hpp"

#include "schemas/folding.hpp"

#include <algorithm>

namespace nguon::server {
namespace {

// Fewer symbols begin too many codes to be meant as one.
constexpr std::size_t min_code_beginning = 3;
// A member card shows as many of its id's last symbols.
constexpr std::size_t min_id_end = 8;

enum Rank : int { exact_code = Search::exact, name_begins, code_begins, words_anywhere };

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace

Search::Search(std::string_view typed) {
  std::string folded = schemas::fold(typed);
  for (std::size_t at = 0; at < folded.size();) {
    const auto end = std::min(folded.find(' ', at), folded.size());
    words_.push_back(" " + folded.substr(at, end - at));
    plain_ += words_.back();
    at = end + 1;
  }
  const std::string_view id = typed.substr(typed.rfind(':') + 1);
  for (const char c : id) {
    if (c != ' ' && c != '-') symbols_ += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  }
  std::erase(folded, ' ');
  if (folded.empty()) return;
  begins_ = "\n" + folded;
  exact_ = begins_ + "\n";
  const std::string phone = plain_phone(typed);
  if (phone.size() >= 8) phone_ = "\n" + phone + "\n";
}

std::optional<int> Search::rank(const Row& row, Sight& sight) const {
  if (words_.empty()) return words_anywhere;
  // Few rows have more than three secrets; none has more than a schema has slots.
  const Findable* texts[9] = {&row.text};
  std::size_t count = 1;
  for (const Secret& secret : row.secrets) {
    if (count < std::size(texts) && sight.opens(secret, row)) texts[count++] = &secret.text;
  }
  const auto any = [&](const auto& test) { return std::any_of(texts, texts + count, test); };
  if ((symbols_.size() >= min_id_end && row.sub.ends_with(symbols_)) ||
      any([&](const Findable* text) {
        return contains(text->codes, exact_) || (!phone_.empty() && contains(text->codes, phone_));
      })) {
    return exact_code;
  }
  const bool all = std::ranges::all_of(words_, [&](const std::string& word) {
    return any([&](const Findable* text) { return contains(text->words, word); });
  });
  if (all) {
    return any([&](const Findable* text) { return text->words.starts_with(plain_); })
               ? name_begins
               : words_anywhere;
  }
  if (begins_.size() > min_code_beginning &&
      any([&](const Findable* text) { return contains(text->codes, begins_); })) {
    return code_begins;
  }
  return std::nullopt;
}

}  // namespace nguon::server
