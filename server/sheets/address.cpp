#include "server/sheets/address.hpp"

#include "schemas/folding.hpp"
#include "schemas/place_search.hpp"
#include "server/sheets/cell_text.hpp"
#include "server/sheets/legacy.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <unordered_map>

namespace nguon::server {
namespace {

using schemas::fold;
using schemas::FormerPlace;
using schemas::Place;

// A search reads all names there are: a sheet of ten thousand misspelt addresses must end too.
constexpr std::size_t most_searches = 500;
constexpr std::size_t most_alike = 6;

enum class Level { commune, district, province };

struct KindWord {
  std::string_view word;
  Level level;
};
// Folded. "TP" is a former district's or a province's: whichever is missing.
constexpr std::array<KindWord, 11> kind_words{{
    {"xa", Level::commune},
    {"phuong", Level::commune},
    {"thi tran", Level::commune},
    {"tt", Level::commune},
    {"huyen", Level::district},
    {"quan", Level::district},
    {"thi xa", Level::district},
    {"thanh pho", Level::district},
    {"tp", Level::district},
    {"tx", Level::district},
    {"tinh", Level::province},
}};

/// What stands behind a word for a kind, folded; absent where none stands in front.
std::optional<std::pair<Level, std::string>> behind_kind(const std::string& folded) {
  for (const auto& [word, level] : kind_words) {
    if (folded.size() > word.size() + 1 && folded.starts_with(word) && folded[word.size()] == ' ') {
      return std::pair{level, folded.substr(word.size() + 1)};
    }
  }
  return std::nullopt;
}

std::string bare(std::string_view name) {
  std::string folded = fold(name);
  if (auto found = behind_kind(folded)) return std::move(found->second);
  return folded;
}

/// One commune by today's name or a former one.
struct Named {
  const Place* now = nullptr;
  const FormerPlace* former = nullptr;  ///< Null: found by today's name.
};

struct PlaceIndex {
  std::unordered_multimap<std::string, Named> communes;  ///< By bare name.
  std::set<std::string, std::less<>> districts, provinces;
};

const PlaceIndex& place_index() {
  static const PlaceIndex made = [] {
    PlaceIndex index;
    std::unordered_map<std::string_view, const Place*> by_code;
    for (const Place& place : schemas::communes()) {
      by_code[place.code] = &place;
      index.communes.emplace(bare(place.name), Named{&place, nullptr});
    }
    for (const FormerPlace& former : schemas::former_communes()) {
      index.communes.emplace(bare(former.name), Named{by_code.at(former.now), &former});
      index.districts.insert(bare(former.district));
      index.provinces.insert(bare(former.province));
    }
    for (const Place& place : schemas::provinces()) index.provinces.insert(bare(place.name));
    return index;
  }();
  return made;
}

bool in_province(const Named& named, const std::string& wanted) {
  if (wanted.empty()) return true;
  if (bare(schemas::find_province(named.now->province)->name) == wanted) return true;
  return named.former != nullptr && bare(named.former->province) == wanted;
}

std::vector<std::string> parted(std::string_view text) {
  std::vector<std::string> parts(1);
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const bool dash =
        c == '-' && at > 0 && at + 1 < text.size() && (text[at - 1] == ' ' || text[at + 1] == ' ');
    if (c == ',' || c == ';' || c == '\n' || c == '/' || dash) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

/// Where a word for a kind begins inside a part without commas, as in "Bản Mòn xã Cò Nòi".
std::size_t inner_kind(std::string_view part) {
  static constexpr std::array<std::string_view, 16> words{
      " xã ",        " Xã ",    " phường ", " Phường ", " thị trấn ", " Thị trấn ",
      " huyện ",     " Huyện ", " thị xã ", " Thị xã ", " quận ",     " thành phố ",
      " Thành phố ", " tỉnh ",  " Tỉnh ",   " TP "};
  std::size_t first = std::string_view::npos;
  for (const auto word : words) first = std::min(first, part.find(word, 1));
  return first;
}

/// "H. Mai Sơn": a letter and a point stand for a kind, a letter alone may be a name.
std::string kind_written_out(std::string part) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 10> letters{
      {{"X.", "xã "},
       {"x.", "xã "},
       {"P.", "phường "},
       {"p.", "phường "},
       {"H.", "huyện "},
       {"h.", "huyện "},
       {"Q.", "quận "},
       {"q.", "quận "},
       {"T.", "tỉnh "},
       {"t.", "tỉnh "}}};
  for (const auto& [letter, word] : letters) {
    if (part.starts_with(letter)) part.replace(0, letter.size(), word);
  }
  return clean_cell(part, max_cell_text);
}

std::vector<std::string> segments_of(std::string_view text) {
  std::vector<std::string> segments;
  for (const std::string& part : parted(text)) {
    std::string rest = kind_written_out(clean_cell(part, max_cell_text));
    for (auto at = inner_kind(rest); at != std::string::npos; at = inner_kind(rest)) {
      segments.push_back(rest.substr(0, at));
      rest.erase(0, at + 1);
    }
    if (!rest.empty()) segments.push_back(std::move(rest));
  }
  return segments;
}

void put_first(std::string& into, std::string_view text) {
  into = into.empty() ? std::string(text) : std::string(text) + ", " + into;
}

/// The same name by its letters and tone, wherever the tone mark stands.
bool same_name(const Named& named, std::string_view written) {
  const std::string_view name = named.former == nullptr ? named.now->name : named.former->name;
  const std::string with_tones = tone_last(name);
  const std::string wanted = tone_last(written);
  return with_tones == wanted || with_tones.ends_with(" " + wanted) ||
         wanted.ends_with(" " + with_tones);
}

}  // namespace

AddressParts split_address(std::string_view text) {
  const PlaceIndex& index = place_index();
  AddressParts parts;
  std::vector<std::string> left;
  for (const auto& segment : segments_of(text)) {
    const auto kind = behind_kind(fold(segment));
    if (!kind) {
      left.push_back(segment);
    } else if (kind->first == Level::commune && parts.commune.empty()) {
      parts.commune = segment;
    } else if (kind->first == Level::district && parts.district.empty() &&
               (index.districts.contains(kind->second) ||
                !index.provinces.contains(kind->second))) {
      parts.district = segment;
    } else if (kind->first != Level::commune && parts.province.empty()) {
      parts.province = segment;
    } else {
      left.push_back(segment);
    }
  }
  // From the end, as people write: province, district, commune.
  const auto take = [&](std::string& into, const auto& names) {
    if (!into.empty() || left.empty() || !names(fold(left.back()))) return;
    into = left.back();
    left.pop_back();
  };
  take(parts.province, [&](const auto& name) { return index.provinces.contains(name); });
  take(parts.district, [&](const auto& name) { return index.districts.contains(name); });
  take(parts.commune,
       [&](const auto& name) { return index.communes.contains(name) || left.size() > 1; });
  for (auto at = left.rbegin(); at != left.rend(); ++at) put_first(parts.hamlet, *at);
  return parts;
}

const FoundPlace& PlaceFinder::find(const AddressParts& parts) {
  const std::string key = parts.commune + '\n' + parts.district + '\n' + parts.province;
  const auto at = known_.find(key);
  return at != known_.end() ? at->second : known_.emplace(key, look_up(parts)).first->second;
}

FoundPlace PlaceFinder::look_up(const AddressParts& parts) {
  using enum FoundPlace::How;
  if (parts.commune.empty()) return {};
  const auto range = place_index().communes.equal_range(bare(parts.commune));
  std::vector<Named> all;
  for (auto at = range.first; at != range.second; ++at) all.push_back(at->second);
  // An unordered map has no order of its own: codes give one.
  std::ranges::sort(all, {}, [](const Named& one) {
    return std::pair(one.now->code, one.former == nullptr ? std::string_view() : one.former->code);
  });
  const auto keep = [&](const auto& wanted) {
    std::vector<Named> kept;
    std::ranges::copy_if(all, std::back_inserter(kept), wanted);
    if (!kept.empty()) all = std::move(kept);
    return !kept.empty() || all.empty();
  };
  const std::string district = bare(parts.district);
  const std::string province = bare(parts.province);
  bool strict = true;
  if (!province.empty() &&
      std::ranges::none_of(all, [&](const Named& one) { return in_province(one, province); }))
    all.clear();
  if (!province.empty()) keep([&](const Named& one) { return in_province(one, province); });
  if (!district.empty()) {
    const auto there = [&](const Named& one) {
      return one.former != nullptr && bare(one.former->district) == district;
    };
    strict = std::ranges::any_of(all, there);
    keep(there);
  }
  if (province.empty() && district.empty())
    keep([&](const Named& one) { return one.now->province == province_; });
  keep([&](const Named& one) { return same_name(one, parts.commune); });
  const bool is_ward =
      fold(parts.commune).starts_with("phuong ") || fold(parts.commune).starts_with("thi tran ");
  if (is_ward)
    keep([&](const Named& one) {
      return fold(one.former == nullptr ? one.now->name : one.former->name) == fold(parts.commune);
    });
  // Who names no district means today's commune, where there is one of that name.
  if (district.empty()) keep([](const Named& one) { return one.former == nullptr; });
  FoundPlace found;
  bool today = false;
  bool was_split = false;
  for (const Named& one : all) {
    today = today || one.former == nullptr;
    was_split = was_split || (one.former != nullptr && one.former->part);
    if (std::ranges::find(found.places, one.now->code, &Place::code) == found.places.end())
      found.places.push_back(*one.now);
  }
  // Of the parts of a split commune the one that kept its name is the likeliest.
  std::ranges::partition(
      found.places, [&](const Place& place) { return bare(place.name) == bare(parts.commune); });
  const bool kept_name = !found.places.empty() && bare(found.places[0].name) == bare(parts.commune);
  if (found.places.size() == 1) {
    const bool guessed = province.empty() && district.empty() &&
                         (province_.empty() || found.places[0].province != province_);
    found.how = guessed || !strict ? several : today || kept_name ? now : old;
  } else if (!found.places.empty()) {
    found.how = was_split && !district.empty() ? split : several;
  } else if (searched_ < most_searches) {
    ++searched_;
    std::string words = parts.commune + ' ' + parts.district;
    for (const std::string& tried : {words + ' ' + parts.province, words, parts.commune}) {
      for (const auto& match : schemas::search_places(tried, most_alike)) {
        if (std::ranges::find(found.places, match.place.code, &Place::code) == found.places.end())
          found.places.push_back(match.place);
      }
      if (!found.places.empty()) break;
    }
    if (!found.places.empty()) found.how = alike;
  }
  return found;
}

}  // namespace nguon::server
