#include "server/sheets/columns.hpp"

#include "schemas/folding.hpp"

#include <algorithm>
#include <utility>

namespace nguon::server {
namespace {

constexpr std::size_t looked_rows = 40;
constexpr std::size_t max_heading_letters = 80;  // What is longer is a sentence above the table.

struct Heading {
  std::string_view words;  ///< Folded. `=` in front: nothing else stands there.
  Column column;
};

// The first that is found counts: what is longer or more special stands above what it contains.
constexpr std::array<Heading, 134> known_headings{{
    {"cccd", Column::left},
    {"cmnd", Column::left},
    {"cmt", Column::left},
    {"can cuoc", Column::left},
    {"chung minh", Column::left},
    {"national id", Column::left},
    {"id card", Column::left},
    {"ngay sinh", Column::left},
    {"nam sinh", Column::left},
    {"birth", Column::left},
    {"gioi tinh", Column::left},
    {"dan toc", Column::left},
    {"tai khoan", Column::left},
    {"ngan hang", Column::left},
    {"von gop", Column::left},
    {"ghi chu", Column::left},
    {"chu ky", Column::left},
    {"ky ten", Column::left},
    {"ky nhan", Column::left},
    {"nhan khau", Column::left},
    {"san luong", Column::left},
    {"so luong", Column::left},
    {"so thanh vien", Column::left},
    {"noi cap ma", Column::issuer},
    {"co quan cap ma", Column::issuer},
    {"don vi cap ma", Column::issuer},
    {"code issuer", Column::issuer},
    {"ma so vung", Column::code},
    {"ma so dong goi", Column::code},
    {"ma dong goi", Column::code},
    {"ma vung", Column::code},
    {"ma so vietgap", Column::code},
    {"puc", Column::code},
    {"planting area code", Column::code},
    {"plot code", Column::code},
    {"vung trong", Column::left},
    {"ngay vao", Column::joined},
    {"nam vao", Column::joined},
    {"gia nhap", Column::joined},
    {"ngay tham gia", Column::joined},
    {"ket nap", Column::joined},
    {"joined", Column::joined},
    {"join date", Column::joined},
    {"member since", Column::joined},
    {"dien thoai", Column::phone},
    {"so dt", Column::phone},
    {"sdt", Column::phone},
    {"so dd", Column::phone},
    {"di dong", Column::phone},
    {"zalo", Column::phone},
    {"phone", Column::phone},
    {"mobile", Column::phone},
    {"telephone", Column::phone},
    {"tel", Column::phone},
    {"=dt", Column::phone},
    {"dien tich", Column::area},
    {"quy mo", Column::area},
    {"dt ha", Column::area},
    {"dt m2", Column::area},
    {"dt sao", Column::area},
    {"area", Column::area},
    {"=ha", Column::area},
    {"=m2", Column::area},
    {"acreage", Column::area},
    {"nam trong", Column::planted},
    {"ngay trong", Column::planted},
    {"thoi gian trong", Column::planted},
    {"planted", Column::planted},
    {"planting year", Column::planted},
    {"year of planting", Column::planted},
    {"giong", Column::variety},
    {"variety", Column::variety},
    {"cultivar", Column::variety},
    {"cay trong", Column::crop},
    {"loai cay", Column::crop},
    {"=cay", Column::crop},
    {"crop", Column::crop},
    {"xa huyen", Column::address},
    {"ban xa", Column::address},
    {"thon xa", Column::address},
    {"dia chi", Column::address},
    {"dia diem", Column::address},
    {"noi o", Column::address},
    {"cho o", Column::address},
    {"thuong tru", Column::address},
    {"ho khau", Column::address},
    {"address", Column::address},
    {"ten vuon", Column::plot},
    {"ten thua", Column::plot},
    {"ten lo", Column::plot},
    {"ten ruong", Column::plot},
    {"ma vuon", Column::plot},
    {"ma lo", Column::plot},
    {"so thua", Column::plot},
    {"lo so", Column::plot},
    {"thua dat", Column::plot},
    {"lo dat", Column::plot},
    {"=vuon", Column::plot},
    {"=lo", Column::plot},
    {"=thua", Column::plot},
    {"plot", Column::plot},
    {"field", Column::plot},
    {"garden", Column::plot},
    {"loai thanh vien", Column::kind},
    {"loai xa vien", Column::kind},
    {"loai ho", Column::kind},
    {"doi tuong", Column::kind},
    {"membership", Column::kind},
    {"member type", Column::kind},
    {"kind", Column::kind},
    {"ho va ten", Column::name},
    {"ho ten", Column::name},
    {"chu ho", Column::name},
    {"nong ho", Column::name},
    {"ho dan", Column::name},
    {"xa vien", Column::name},
    {"thanh vien", Column::name},
    {"ten ho", Column::name},
    {"ten nguoi", Column::name},
    {"=ten", Column::name},
    {"name", Column::name},
    {"farmer", Column::name},
    {"member", Column::name},
    {"huyen", Column::district},
    {"district", Column::district},
    {"tinh", Column::province},
    {"province", Column::province},
    {"xa", Column::commune},
    {"phuong", Column::commune},
    {"commune", Column::commune},
    {"ward", Column::commune},
    {"=stt", Column::number},
    {"=tt", Column::number},
    {"=no", Column::number},
}};
constexpr std::array<std::string_view, 12> hamlet_words{
    "thon",    "ban",        "xom",      "ap",     "buon",    "bon",
    "khu pho", "to dan pho", "tieu khu", "hamlet", "village", "khoi"};

/// Whole words of `words` in a row.
bool holds(std::string_view folded, std::string_view words) {
  if (words.starts_with('=')) return folded == words.substr(1);
  for (std::size_t at = folded.find(words); at != std::string_view::npos;
       at = folded.find(words, at + 1)) {
    const std::size_t end = at + words.size();
    if ((at == 0 || folded[at - 1] == ' ') && (end == folded.size() || folded[end] == ' '))
      return true;
  }
  return false;
}

std::vector<Column> headed_row(const std::vector<Cell>& row) {
  std::vector<Column> columns;
  for (const Cell& cell : row)
    columns.push_back(cell.number ? Column::left : column_headed(cell.text));
  return columns;
}

/// Different ones, a running number aside: "TT" stands in many a title.
std::size_t headings_in(const std::vector<Column>& columns) {
  std::array<bool, column_names.size()> seen{};
  for (const Column column : columns) seen[static_cast<std::size_t>(column)] = true;
  return static_cast<std::size_t>(std::ranges::count(seen.begin() + 2, seen.end(), true));
}

void put_row(Table& table, const std::vector<Cell>& row) {
  const auto columns = headed_row(row);
  if (table.columns.size() < row.size()) {
    table.columns.resize(row.size(), Column::left);
    table.headings.resize(row.size());
  }
  for (std::size_t at = 0; at < row.size(); ++at) {
    if (row[at].text.empty()) continue;
    // Below "Địa chỉ" stand "Xã" and "Huyện": the lower heading is the nearer one.
    if (columns[at] != Column::left || table.columns[at] == Column::left) {
      table.columns[at] = columns[at];
      table.headings[at] = row[at].text;
    }
  }
}

/// Whether the row below is one of headings too: nobody is named in it. "Bản Mòn", "xã Cò Nòi" and
/// "huyện Mai Sơn" look like headings.
bool goes_on(const std::vector<Cell>& upper, const std::vector<Cell>& lower) {
  const auto columns = headed_row(upper);
  const auto at =
      static_cast<std::size_t>(std::ranges::find(columns, Column::name) - columns.begin());
  return at == columns.size() || at >= lower.size() || lower[at].text.empty() || lower[at].merged;
}

/// "Nơi cấp" is that of a code beside one, and of a person's papers elsewhere; without a code there
/// is nothing to issue.
void find_issuer(Table& table) {
  const auto code = std::ranges::find(table.columns, Column::code);
  const auto issuer = std::ranges::find(table.columns, Column::issuer);
  if (code == table.columns.end()) {
    if (issuer != table.columns.end()) *issuer = Column::left;
    return;
  }
  if (issuer != table.columns.end() || code + 1 == table.columns.end()) return;
  static constexpr std::array<std::string_view, 4> words{"noi cap", "co quan cap", "don vi cap",
                                                         "issuer"};
  const auto beside = static_cast<std::size_t>(code - table.columns.begin()) + 1;
  const std::string heading = schemas::fold(table.headings[beside]);
  if (table.columns[beside] == Column::left &&
      std::ranges::any_of(words, [&](auto word) { return holds(heading, word); }))
    table.columns[beside] = Column::issuer;
}

void finish_table(Table& table) {
  std::array<bool, column_names.size()> seen{};
  for (Column& column : table.columns) {
    auto&& before = seen[static_cast<std::size_t>(column)];
    if (before) column = Column::left;
    before = true;
  }
  find_issuer(table);
  table.found = std::ranges::find(table.columns, Column::name) != table.columns.end();
}

}  // namespace

std::optional<Column> column_of(std::string_view name) {
  const auto* const found = std::ranges::find(column_names, name);
  if (found == column_names.end()) return std::nullopt;
  return static_cast<Column>(found - column_names.begin());
}

std::optional<AreaUnit> area_unit_of(std::string_view name) {
  const auto* const found = std::ranges::find(area_unit_names, name);
  if (found == area_unit_names.end()) return std::nullopt;
  return static_cast<AreaUnit>(found - area_unit_names.begin());
}

std::optional<AreaUnit> unit_named(std::string_view folded) {
  static constexpr std::array<std::pair<std::string_view, AreaUnit>, 12> words{{
      {"m2", AreaUnit::m2},
      {"met vuong", AreaUnit::m2},
      {"m vuong", AreaUnit::m2},
      {"sqm", AreaUnit::m2},
      {"ha", AreaUnit::ha},
      {"hec ta", AreaUnit::ha},
      {"hecta", AreaUnit::ha},
      {"hectare", AreaUnit::ha},
      {"hectares", AreaUnit::ha},
      {"sao", AreaUnit::sao},
      {"cong dat", AreaUnit::cong},
      {"cong", AreaUnit::cong},
  }};
  for (const auto& [word, unit] : words) {
    if (holds(folded, word)) return unit;
  }
  return std::nullopt;
}

Column column_headed(std::string_view heading) {
  if (heading.size() > 3 * max_heading_letters) return Column::left;
  const std::string folded = schemas::fold(heading);
  for (const Heading& known : known_headings) {
    if (!holds(folded, known.words)) continue;
    // "Thôn, bản, xã" is more than a commune.
    const bool with_hamlet =
        std::ranges::any_of(hamlet_words, [&](auto word) { return holds(folded, word); });
    return known.column == Column::commune && with_hamlet ? Column::address : known.column;
  }
  const bool hamlet =
      std::ranges::any_of(hamlet_words, [&](auto word) { return holds(folded, word); });
  return hamlet ? Column::hamlet : Column::left;
}

Table find_table(const Sheet& sheet) {
  std::vector<std::size_t> counts;
  for (std::size_t at = 0; at < std::min(sheet.rows.size(), looked_rows); ++at) {
    counts.push_back(headings_in(headed_row(sheet.rows[at])));
  }
  const auto best = std::ranges::max_element(counts);
  if (best == counts.end() || *best == 0) return {};
  auto first = static_cast<std::size_t>(best - counts.begin());
  auto last = first;
  if (last + 1 < counts.size() && counts[last + 1] >= 2 &&
      goes_on(sheet.rows[last], sheet.rows[last + 1]))
    ++last;
  if (last == first && first > 0 && counts[first - 1] >= 2) --first;
  Table table;
  for (std::size_t at = first; at <= last; ++at) put_row(table, sheet.rows[at]);
  table.header = last + 1;
  finish_table(table);
  return table;
}

Table table_at(const Sheet& sheet, std::size_t header) {
  Table table;
  table.header = std::min(header, sheet.rows.size());
  if (table.header > 0) put_row(table, sheet.rows[table.header - 1]);
  finish_table(table);
  return table;
}

}  // namespace nguon::server
