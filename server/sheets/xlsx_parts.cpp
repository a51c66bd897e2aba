#include "server/sheets/xlsx_parts.hpp"

#include "server/sheets/xml.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <map>

namespace nguon::server {
namespace {

using ledger::Result;

std::size_t index_of(std::string_view text) {
  std::size_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  return read.ec == std::errc() ? value : static_cast<std::size_t>(-1);
}

/// §18.8.30: numbers 14 to 17 and 22 are days everywhere, 27 to 36 and 50 to 58 in East Asia.
bool is_day_number(std::size_t id) {
  return (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
}

/// A year or a day outside of quotes and brackets.
bool is_day_format(std::string_view code) {
  char closing = 0;
  for (const char c : code) {
    if (closing != 0) {
      if (c == closing) closing = 0;
    } else if (c == '"') {
      closing = '"';
    } else if (c == '[') {
      closing = ']';
    } else if (c == 'y' || c == 'Y' || c == 'd' || c == 'D') {
      return true;
    }
  }
  return false;
}

}  // namespace

Result<std::vector<std::string>> read_shared_strings(std::string_view xml) {
  std::vector<std::string> strings;
  bool in_text = false;
  int phonetic = 0;
  NGUON_CHECK(walk_xml(xml, {[&](std::string_view name, const auto&) {
                               if (name == "si") strings.emplace_back();
                               if (name == "rPh") ++phonetic;
                               in_text = name == "t" && phonetic == 0 && !strings.empty();
                             },
                             [&](std::string_view name) {
                               if (name == "rPh") --phonetic;
                               in_text = false;
                             },
                             [&](std::string_view text) {
                               if (in_text) strings.back() += text;
                             }}));
  return strings;
}

Result<std::vector<bool>> read_date_styles(std::string_view xml) {
  std::map<std::size_t, bool> formats;
  std::vector<bool> styles;
  bool in_cells = false;
  NGUON_CHECK(walk_xml(
      xml, {[&](std::string_view name, const auto& attribute) {
              if (name == "numFmt") {
                formats[index_of(attribute("numFmtId"))] = is_day_format(attribute("formatCode"));
              }
              if (name == "cellXfs") in_cells = true;
              if (name != "xf" || !in_cells) return;
              const auto id = index_of(attribute("numFmtId"));
              const auto own = formats.find(id);
              styles.push_back(own != formats.end() ? own->second : is_day_number(id));
            },
            [&](std::string_view name) {
              if (name == "cellXfs") in_cells = false;
            },
            [](std::string_view) {}}));
  return styles;
}

Result<BookPart> read_book_part(std::string_view xml) {
  BookPart book;
  NGUON_CHECK(walk_xml(
      xml, {[&](std::string_view name, const auto& attribute) {
              if (name == "workbookPr") {
                const auto flag = attribute("date1904");
                book.since_1904 = flag == "1" || flag == "true";
              }
              if (name != "sheet") return;
              book.sheets.push_back({std::string(attribute("name")), std::string(attribute("id"))});
            },
            [](std::string_view) {}, [](std::string_view) {}}));
  return book;
}

std::optional<std::string> day_of_serial(double serial, bool since_1904) {
  const double first = since_1904 ? 0 : 61;
  if (!(serial >= first && serial < 2'958'466)) return std::nullopt;
  // Days since 1970-01-01; serial 25,569 is that day.
  const auto days =
      static_cast<std::int64_t>(std::floor(serial)) - 25'569 + (since_1904 ? 1'462 : 0);
  // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": civil from days, after
  // 0000-03-01.
  const std::int64_t z = days + 719'468;
  const std::int64_t era = z / 146'097;
  const std::int64_t of_era = z - era * 146'097;
  const std::int64_t year_of_era =
      (of_era - of_era / 1'460 + of_era / 36'524 - of_era / 146'096) / 365;
  const std::int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted = (5 * of_year + 2) / 153;
  const std::int64_t day = of_year - (153 * shifted + 2) / 5 + 1;
  const std::int64_t month = shifted < 10 ? shifted + 3 : shifted - 9;
  const std::int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", static_cast<int>(year),
                static_cast<int>(month), static_cast<int>(day));
  return std::string(text.data());
}

std::optional<CellPlace> read_cell_place(std::string_view text) {
  CellPlace place;
  std::size_t at = 0;
  while (at < text.size() && at < 3 && text[at] >= 'A' && text[at] <= 'Z') {
    place.column = place.column * 26 + static_cast<std::size_t>(text[at++] - 'A' + 1);
  }
  const auto read = std::from_chars(text.data() + at, text.data() + text.size(), place.row);
  if (at == 0 || read.ec != std::errc() || read.ptr != text.data() + text.size() ||
      place.row == 0) {
    return std::nullopt;
  }
  return place;
}

}  // namespace nguon::server
