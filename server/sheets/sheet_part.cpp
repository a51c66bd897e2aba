#include "server/sheets/legacy.hpp"
#include "server/sheets/xlsx_parts.hpp"
#include "server/sheets/xml.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace nguon::server {
namespace {

using ledger::Result;

// What merged cells may fill in all.
constexpr std::size_t max_merged_cells = 200'000;

/// The shortest decimal that is this number: 9.12345678E8 is "912345678".
std::string decimal_of(double value) {
  std::array<char, 400> text{};
  const auto made =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  return {text.data(), made.ptr};
}

/// Collects cells while the sheet goes by.
class SheetReader {
 public:
  explicit SheetReader(const CellContext& context) : context_(context) {}

  void begin(std::string_view name, const XmlEvents::Attribute& attribute) {
    in_text_ = false;
    if (name == "row") {
      row(attribute("r"));
    } else if (name == "c") {
      cell(attribute);
    } else if (name == "rPh") {
      ++phonetic_;
    } else if (name == "v" || (name == "t" && phonetic_ == 0)) {
      in_text_ = in_cell_;
    } else if (name == "mergeCell") {
      merges_.emplace_back(attribute("ref"));
    }
  }

  void end(std::string_view name) {
    in_text_ = false;
    if (name == "rPh") --phonetic_;
    if (name == "c") keep();
  }

  void text(std::string_view piece) {
    if (in_text_) value_ += piece;
  }

  Result<Sheet> finish() {
    if (failed_ == nullptr) merge();
    if (failed_ != nullptr) return ledger::invalid(failed_);
    for (auto& row : sheet_.rows) {
      while (!row.empty() && row.back().text.empty()) row.pop_back();
    }
    while (!sheet_.rows.empty() && sheet_.rows.back().empty()) sheet_.rows.pop_back();
    return std::move(sheet_);
  }

 private:
  /// §18.3.1.73: without a number it follows the one before.
  void row(std::string_view number) {
    std::size_t wanted = place_.row + 1;
    std::from_chars(number.data(), number.data() + number.size(), wanted);
    place_ = {wanted, 0};
  }

  void cell(const XmlEvents::Attribute& attribute) {
    const auto place = read_cell_place(attribute("r"));
    place_ = place ? *place : CellPlace{place_.row, place_.column + 1};
    kind_ = attribute("t");
    style_ = static_cast<std::size_t>(-1);
    const auto style = attribute("s");
    std::from_chars(style.data(), style.data() + style.size(), style_);
    value_.clear();
    in_cell_ = true;
  }

  void keep() {
    if (!in_cell_) return;
    in_cell_ = false;
    if (value_.empty()) return;
    Cell made = read();
    if (made.text.empty()) return;
    if (place_.row == 0 || place_.row > max_sheet_rows) return fail("sheet.rows");
    if (place_.column > max_sheet_columns) return fail("sheet.columns");
    if (Cell* cell = at(place_)) *cell = std::move(made);
  }

  Cell read() {
    if (kind_ == "s") {
      std::size_t index = 0;
      const auto read = std::from_chars(value_.data(), value_.data() + value_.size(), index);
      if (read.ec != std::errc() || index >= context_.strings.size()) {
        fail("sheet.xlsx");
        return {};
      }
      return read_cell(context_.strings[index], Encoding::unicode);
    }
    if (kind_ == "inlineStr" || kind_ == "str") return read_cell(value_, Encoding::unicode);
    Cell made;
    // §18.18.11: an error's name is no value; "d" is an ISO day already.
    if (kind_ == "e") return made;
    if (kind_ == "d") {
      made.text = value_.substr(0, 10);
      return made;
    }
    double number = 0;
    const auto read = std::from_chars(value_.data(), value_.data() + value_.size(), number);
    if (read.ec != std::errc() || read.ptr != value_.data() + value_.size()) {
      return read_cell(value_, Encoding::unicode);
    }
    if (style_ < context_.date_styles.size() && context_.date_styles[style_]) {
      if (const auto day = day_of_serial(number, context_.since_1904)) {
        made.text = *day;
        return made;
      }
    }
    made.text = decimal_of(number);
    made.number = true;
    return made;
  }

  /// Only rows that hold something have cells. Null beyond max_sheet_cells.
  Cell* at(CellPlace place) {
    if (sheet_.rows.size() < place.row) sheet_.rows.resize(place.row);
    auto& row = sheet_.rows[place.row - 1];
    if (row.size() < place.column) {
      cells_ += place.column - row.size();
      if (cells_ > max_sheet_cells) {
        fail("sheet.too-large");
        return nullptr;
      }
      row.resize(place.column);
    }
    return &row[place.column - 1];
  }

  void merge() {
    std::size_t filled = 0;
    for (const std::string& ref : merges_) {
      const auto colon = ref.find(':');
      if (colon == std::string::npos) continue;
      const auto from = read_cell_place(std::string_view(ref).substr(0, colon));
      auto to = read_cell_place(std::string_view(ref).substr(colon + 1));
      if (!from || !to || from->row > sheet_.rows.size() || from->column > max_sheet_columns ||
          to->column > max_sheet_columns) {
        continue;
      }
      to->row = std::min(to->row, sheet_.rows.size());
      const Cell* const held = at(*from);
      if (held == nullptr) return;
      const Cell first = *held;
      if (first.text.empty()) continue;
      for (std::size_t row = from->row; row <= to->row; ++row) {
        for (std::size_t column = from->column; column <= to->column; ++column) {
          if (++filled > max_merged_cells) return fail("sheet.too-large");
          Cell* const cell = at({row, column});
          if (cell == nullptr) return;
          if (!cell->text.empty()) continue;
          *cell = first;
          cell->merged = true;
        }
      }
    }
  }

  void fail(const char* rule) {
    if (failed_ == nullptr) failed_ = rule;
  }

  const CellContext& context_;
  Sheet sheet_;
  std::size_t cells_ = 0;
  CellPlace place_;
  std::string kind_;
  std::string value_;
  std::size_t style_ = 0;
  std::vector<std::string> merges_;
  const char* failed_ = nullptr;
  int phonetic_ = 0;
  bool in_cell_ = false;
  bool in_text_ = false;
};

}  // namespace

Result<Sheet> read_sheet_part(std::string_view xml, const CellContext& context) {
  SheetReader reader(context);
  NGUON_CHECK(walk_xml(
      xml, {[&](std::string_view name, const auto& attribute) { reader.begin(name, attribute); },
            [&](std::string_view name) { reader.end(name); },
            [&](std::string_view text) { reader.text(text); }}));
  return reader.finish();
}

}  // namespace nguon::server
