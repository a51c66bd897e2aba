#include "server/pages/negotiation.hpp"

#include "server/http/request.hpp"

#include <cstddef>

namespace nguon::server {
namespace {

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string_view cut_at(std::string_view& text, char mark) {
  const auto end = text.find(mark);
  const std::string_view part = trim(text.substr(0, end));
  text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  return part;
}

/// `q=0.85` as 850; a broken weight is none at all: 0.
int thousandths(std::string_view weight) {
  if (weight.empty() || weight.size() > 5 || (weight[0] != '0' && weight[0] != '1')) return 0;
  int value = (weight[0] - '0') * 1000;
  if (weight.size() == 1) return value;
  if (weight[1] != '.') return 0;
  int unit = 100;
  for (const char digit : weight.substr(2)) {
    if (digit < '0' || digit > '9') return 0;
    value += (digit - '0') * unit;
    unit /= 10;
  }
  return value > 1000 ? 0 : value;
}

/// How exactly a media range names a type: 3 it, 2 its kind, 1 anything, 0 not at all.
int exactness(std::string_view range, std::string_view type) {
  if (equal_case_blind(range, type)) return 3;
  if (range == "*/*") return 1;
  const std::size_t slash = type.find('/');
  return range.ends_with("/*") && equal_case_blind(range.substr(0, range.size() - 1),
                                                   type.substr(0, slash + 1))
             ? 2
             : 0;
}

/// How exactly a language range names a tag: most where they are equal, then a range that the tag goes
/// on from, then one that goes on from the tag (RFC 4647 §3.4, seen from the tag), then anything.
int language_exactness(std::string_view range, std::string_view tag) {
  if (equal_case_blind(range, tag)) return 4;
  if (range == "*") return 1;
  const auto goes_on = [](std::string_view longer, std::string_view from) {
    return longer.size() > from.size() && longer[from.size()] == '-' &&
           equal_case_blind(longer.substr(0, from.size()), from);
  };
  if (goes_on(tag, range)) return 3;
  return goes_on(range, tag) ? 2 : 0;
}

/// The weight that the most exact range gives it.
int weight_in(std::string_view field, std::string_view offer,
              int (*exactness_of)(std::string_view range, std::string_view offer)) {
  int exact = 0;
  int weight = 0;
  while (!field.empty()) {
    std::string_view item = cut_at(field, ',');
    const int here = exactness_of(cut_at(item, ';'), offer);
    int quality = 1000;
    while (!item.empty()) {
      const std::string_view parameter = cut_at(item, ';');
      if (parameter.starts_with("q=") || parameter.starts_with("Q=")) {
        quality = thousandths(parameter.substr(2));
      }
    }
    if (here <= exact) continue;
    exact = here;
    weight = quality;
  }
  return weight;
}

}  // namespace

int media_weight(std::string_view accept, std::string_view type) {
  return weight_in(accept, type, exactness);
}

int language_weight(std::string_view accept_language, std::string_view tag) {
  return weight_in(accept_language, tag, language_exactness);
}

std::string_view preferred(std::string_view accept,
                           std::initializer_list<std::string_view> offers) {
  std::string_view best = *offers.begin();
  int most = 0;
  for (const std::string_view offer : offers) {
    const int weight = media_weight(accept, offer);
    if (weight <= most) continue;
    best = offer;
    most = weight;
  }
  return best;
}

}  // namespace nguon::server
