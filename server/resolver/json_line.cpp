#include "server/resolver/json_line.hpp"

#include <algorithm>
#include <optional>

namespace nguon::server {
namespace {

/// Walks over JSON whose syntax is known to hold; stops at the end of any other text.
class Walk {
 public:
  explicit Walk(std::string_view text) : text_(text) {}

  std::size_t at() const { return at_; }

  void blanks() { at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size()); }

  /// Goes to the member or element of that name; false: the value has none.
  bool enter(std::string_view name) {
    blanks();
    const char open = peek();
    if (open != '{' && open != '[') return false;
    ++at_;
    for (std::size_t number = 0;; ++number) {
      blanks();
      if (at_ >= text_.size() || peek() == '}' || peek() == ']') return false;
      bool found = open == '[' && std::to_string(number) == name;
      if (open == '{') {
        const std::size_t begin = at_ + 1;
        skip_string();
        found = at_ > begin && text_.substr(begin, at_ - 1 - begin) == name;
        blanks();
        if (peek() == ':') ++at_;
        blanks();
      }
      if (found) return true;
      skip_value();
      blanks();
      if (peek() != ',') return false;
      ++at_;
    }
  }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  void skip_string() {
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\\') ++at_;
    }
    at_ = std::min(at_ + 1, text_.size());
  }

  void skip_value() {
    std::size_t depth = 0;
    do {
      const char c = peek();
      if (c == '"') {
        skip_string();
        continue;
      }
      if (c == '{' || c == '[') ++depth;
      if (c == '}' || c == ']') {
        if (depth == 0) return;
        --depth;
      }
      if (c == ',' && depth == 0) return;
      ++at_;
    } while (at_ < text_.size() &&
             (depth > 0 || (peek() != ',' && peek() != '}' && peek() != ']')));
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::size_t line_of(std::string_view text, std::size_t octet) {
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(octet, text.size()));
  return 1 + static_cast<std::size_t>(std::count(text.begin(), end, '\n'));
}

std::size_t json_line(std::string_view json, std::string_view pointer) {
  Walk walk(json);
  walk.blanks();
  std::size_t found = walk.at();
  while (pointer.starts_with('/')) {
    pointer.remove_prefix(1);
    const auto name = pointer.substr(0, pointer.find('/'));
    pointer.remove_prefix(name.size());
    if (!walk.enter(name)) break;
    found = walk.at();
  }
  return line_of(json, found);
}

}  // namespace nguon::server
