#include "schemas/places.hpp"

#include "schemas/embedded.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace nguon::schemas {
namespace {

PlaceKind kind_of(std::string_view letter) {
  if (letter == "t") return PlaceKind::province;
  if (letter == "c") return PlaceKind::city;
  if (letter == "x") return PlaceKind::commune;
  if (letter == "p") return PlaceKind::ward;
  if (letter == "d") return PlaceKind::special_zone;
  throw std::logic_error("places: unknown kind " + std::string(letter));
}

/// Calls `row(field)` for each line; field() takes the next of its texts, apart by tabs.
template <class Row>
void each_line(std::string_view path, const Row& row) {
  std::string_view rest = embedded_file(path).value();
  while (!rest.empty()) {
    std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    row([&line] {
      const std::string_view text = line.substr(0, line.find('\t'));
      line.remove_prefix(std::min(line.size(), text.size() + 1));
      return text;
    });
  }
}

// Lines `code TAB province TAB kind TAB name`, ascending by code.
std::vector<Place> read(std::string_view path) {
  std::vector<Place> out;
  each_line(path, [&](const auto& field) {
    const std::string_view code = field();
    const std::string_view province = field();
    const std::string_view kind = field();
    out.push_back({.code = code, .name = field(), .province = province, .kind = kind_of(kind)});
  });
  return out;
}

// Lines `code TAB province TAB name TAB district TAB a|p TAB code now`, ascending by code; the
// provinces' names are in a file of `code TAB name`.
std::vector<FormerPlace> read_former() {
  std::map<std::string_view, std::string_view> provinces;
  each_line("places/former_provinces.tsv", [&](const auto& field) {
    const std::string_view code = field();
    provinces[code] = field();
  });
  std::vector<FormerPlace> out;
  each_line("places/former_communes.tsv", [&](const auto& field) {
    FormerPlace place;
    place.code = field();
    place.province = provinces.at(field());
    place.name = field();
    place.district = field();
    place.part = field() == "p";
    place.now = field();
    out.push_back(place);
  });
  return out;
}

std::optional<Place> find(std::span<const Place> places, std::string_view code) {
  const auto found = std::ranges::lower_bound(places, code, {}, &Place::code);
  if (found == places.end() || found->code != code) return std::nullopt;
  return *found;
}

}  // namespace

std::span<const Place> provinces() {
  static const std::vector<Place> table = read("places/provinces.tsv");
  return table;
}

std::span<const Place> communes() {
  static const std::vector<Place> table = read("places/communes.tsv");
  return table;
}

std::span<const FormerPlace> former_communes() {
  static const std::vector<FormerPlace> table = read_former();
  return table;
}

std::optional<Place> find_province(std::string_view code) { return find(provinces(), code); }

std::optional<Place> find_commune(std::string_view code) { return find(communes(), code); }

std::optional<Place> find_commune(std::string_view code, std::string_view vintage) {
  if (vintage < places_since) return std::nullopt;
  return find_commune(code);
}

}  // namespace nguon::schemas
