#include "schemas/places.hpp"

#include "schemas/embedded.hpp"

#include <algorithm>
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

// Lines `code TAB province TAB kind TAB name`, ascending by code.
std::vector<Place> read(std::string_view path) {
  std::vector<Place> out;
  std::string_view rest = embedded_file(path).value();
  while (!rest.empty()) {
    std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    const auto field = [&line] {
      const std::string_view text = line.substr(0, line.find('\t'));
      line.remove_prefix(std::min(line.size(), text.size() + 1));
      return text;
    };
    const std::string_view code = field();
    const std::string_view province = field();
    const std::string_view kind = field();
    out.push_back({.code = code, .name = field(), .province = province, .kind = kind_of(kind)});
  }
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

std::optional<Place> find_province(std::string_view code) { return find(provinces(), code); }

std::optional<Place> find_commune(std::string_view code) { return find(communes(), code); }

std::optional<Place> find_commune(std::string_view code, std::string_view vintage) {
  if (vintage < places_since) return std::nullopt;
  return find_commune(code);
}

}  // namespace nguon::schemas
