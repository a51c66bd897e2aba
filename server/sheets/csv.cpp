#include "server/sheets/cell_text.hpp"
#include "server/sheets/legacy.hpp"
#include "server/sheets/workbook.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace nguon::server {
namespace {

using ledger::Result;

/// One record of RFC 4180, its fields unquoted; line ends inside quotes are kept.
class CsvCursor {
 public:
  CsvCursor(std::string_view text, char delimiter) : rest_(text), delimiter_(delimiter) {}

  bool done() const { return rest_.empty(); }

  std::vector<std::string> next() {
    std::vector<std::string> fields;
    do {
      fields.push_back(field());
    } while (take(delimiter_) && fields.size() <= max_sheet_columns);
    if (fields.size() > max_sheet_columns) {
      rest_ = rest_.substr(std::min(rest_.find('\n'), rest_.size()));
    }
    take('\r');
    take('\n');
    return fields;
  }

 private:
  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::string field() {
    std::string value;
    if (take('"')) {
      while (!rest_.empty()) {
        const auto quote = std::min(rest_.find('"'), rest_.size());
        value += rest_.substr(0, quote);
        rest_.remove_prefix(quote);
        if (!take('"') || !take('"')) break;
        value += '"';
      }
    }
    const std::array<char, 3> ends{delimiter_, '\r', '\n'};
    const auto end =
        std::min(rest_.find_first_of(std::string_view(ends.data(), ends.size())), rest_.size());
    value += rest_.substr(0, end);
    rest_.remove_prefix(end);
    return value;
  }

  std::string_view rest_;
  char delimiter_;
};

/// The one that parts the first lines into the most columns, most evenly.
char guess_delimiter(std::string_view text) {
  static constexpr std::array<char, 3> known{';', '\t', ','};
  char best = ',';
  std::size_t most = 0;
  for (const char delimiter : known) {
    CsvCursor cursor(text, delimiter);
    std::map<std::size_t, std::size_t> widths;
    for (int line = 0; line < 50 && !cursor.done(); ++line) ++widths[cursor.next().size()];
    std::size_t value = 0;
    for (const auto& [width, lines] : widths) {
      if (width > 1) value = std::max(value, lines * lines * width);
    }
    if (value > most) {
      most = value;
      best = delimiter;
    }
  }
  return best;
}

/// UTF-16 as UTF-8 (RFC 2781); unpaired surrogates become U+FFFD.
std::string from_utf16(std::string_view octets, bool big_endian) {
  std::string text;
  const auto unit = [&](std::size_t at) -> std::uint32_t {
    const auto a = static_cast<unsigned char>(octets[at]);
    const auto b = static_cast<unsigned char>(octets[at + 1]);
    return big_endian ? a * 256U + b : b * 256U + a;
  };
  for (std::size_t at = 0; at + 1 < octets.size(); at += 2) {
    std::uint32_t code = unit(at);
    if (code >= 0xD800 && code < 0xDC00 && at + 3 < octets.size()) {
      const std::uint32_t low = unit(at + 2);
      if (low >= 0xDC00 && low < 0xE000) {
        code = 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00);
        at += 2;
      }
    }
    text += utf8_of(code);
  }
  return text;
}

/// Octets as they are, but without a byte order mark and out of UTF-16, which is also known
/// without a mark by the noughts of its ASCII.
std::string plain_octets(std::string_view octets) {
  if (octets.starts_with("\xEF\xBB\xBF")) return std::string(octets.substr(3));
  if (octets.starts_with("\xFF\xFE")) return from_utf16(octets.substr(2), false);
  if (octets.starts_with("\xFE\xFF")) return from_utf16(octets.substr(2), true);
  std::array<std::size_t, 2> noughts{};
  const std::size_t looked = std::min<std::size_t>(octets.size(), 4096);
  for (std::size_t at = 0; at < looked; ++at) {
    if (octets[at] == 0) ++noughts[at % 2];
  }
  if (noughts[1] * 4 > looked && noughts[0] == 0) return from_utf16(octets, false);
  if (noughts[0] * 4 > looked && noughts[1] == 0) return from_utf16(octets, true);
  return std::string(octets);
}

/// What most cells beyond ASCII were read as when each was read alone.
Encoding usual_encoding(const std::vector<std::vector<std::string>>& rows) {
  std::map<Encoding, std::size_t> seen;
  std::size_t looked = 0;
  for (const auto& row : rows) {
    for (const auto& field : row) {
      if (looked == 2'000) break;
      if (std::ranges::none_of(field, [](char c) { return (c & 0x80) != 0; })) continue;
      ++looked;
      ++seen[read_cell(field, Encoding::unicode).encoding];
    }
  }
  const auto most =
      std::ranges::max_element(seen, {}, [](const auto& pair) { return pair.second; });
  return most == seen.end() ? Encoding::unicode : most->first;
}

}  // namespace

Result<Workbook> read_csv(std::string_view octets) {
  if (octets.size() > max_sheet_octets) return sheet_too_large();
  const std::string text = plain_octets(octets);
  if (text.find('\0') != std::string::npos) return ledger::invalid("sheet.kind");
  std::vector<std::vector<std::string>> rows;
  std::size_t fields = 0;
  for (CsvCursor cursor(text, guess_delimiter(text)); !cursor.done();) {
    if (rows.size() == max_sheet_rows) return ledger::invalid("sheet.rows");
    rows.push_back(cursor.next());
    if (rows.back().size() > max_sheet_columns) return ledger::invalid("sheet.columns");
    fields += rows.back().size();
    if (fields > max_sheet_cells) return sheet_too_large();
  }
  Workbook book;
  book.usual = usual_encoding(rows);
  Sheet& sheet = book.sheets.emplace_back();
  for (const auto& row : rows) {
    auto& cells = sheet.rows.emplace_back();
    for (const auto& field : row) cells.push_back(read_cell(field, book.usual));
    while (!cells.empty() && cells.back().text.empty()) cells.pop_back();
  }
  return book;
}

}  // namespace nguon::server
