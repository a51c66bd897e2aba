#include "server/sheets/cell_text.hpp"
#include "server/sheets/workbook.hpp"
#include "server/sheets/xlsx_parts.hpp"
#include "server/sheets/xml.hpp"
#include "server/sheets/zip.hpp"

#include <map>

namespace nguon::server {
namespace {

using ledger::Result;

constexpr std::size_t max_sheet_name = 60;

/// Where the sheets lie: relation id to file (ECMA-376 Part 2 §9.3).
Result<std::map<std::string, std::string>> read_relations(std::string_view xml) {
  std::map<std::string, std::string> targets;
  NGUON_CHECK(walk_xml(xml, {[&](std::string_view name, const auto& attribute) {
                               if (name != "Relationship") return;
                               std::string target(attribute("Target"));
                               target = target.starts_with('/') ? target.substr(1) : "xl/" + target;
                               targets.emplace(attribute("Id"), std::move(target));
                             },
                             [](std::string_view) {}, [](std::string_view) {}}));
  return targets;
}

}  // namespace

Result<Workbook> read_xlsx(std::string_view octets) {
  if (octets.size() > max_sheet_octets) return sheet_too_large();
  NGUON_TRY(const auto files, unzip(octets, [](std::string_view name) {
              return name == "xl/workbook.xml" || name == "xl/_rels/workbook.xml.rels" ||
                     name == "xl/sharedStrings.xml" || name == "xl/styles.xml" ||
                     (name.starts_with("xl/worksheets/") && name.ends_with(".xml"));
            }));
  const auto book_file = files.find("xl/workbook.xml");
  const auto relation_file = files.find("xl/_rels/workbook.xml.rels");
  if (book_file == files.end() || relation_file == files.end()) {
    return ledger::invalid("sheet.xlsx");
  }
  NGUON_TRY(const BookPart book, read_book_part(book_file->second));
  NGUON_TRY(const auto targets, read_relations(relation_file->second));
  std::vector<std::string> strings;
  if (const auto file = files.find("xl/sharedStrings.xml"); file != files.end()) {
    NGUON_TRY(strings, read_shared_strings(file->second));
  }
  std::vector<bool> dates;
  if (const auto file = files.find("xl/styles.xml"); file != files.end()) {
    NGUON_TRY(dates, read_date_styles(file->second));
  }
  Workbook read;
  for (const BookPart::Named& named : book.sheets) {
    if (read.sheets.size() == max_sheets) return sheet_too_large();
    const auto target = targets.find(named.relation);
    const auto file = target == targets.end() ? files.end() : files.find(target->second);
    // A chart sheet has no cells.
    if (file == files.end()) continue;
    NGUON_TRY(auto sheet, read_sheet_part(file->second, {strings, dates, book.since_1904}));
    sheet.name = clean_cell(named.name, max_sheet_name);
    read.sheets.push_back(std::move(sheet));
  }
  if (read.sheets.empty()) return ledger::invalid("sheet.xlsx");
  return read;
}

Result<Workbook> read_workbook(std::string_view octets) {
  if (octets.starts_with("PK\x03\x04")) return read_xlsx(octets);
  if (octets.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) return ledger::invalid("sheet.xls");
  if (octets.starts_with("%PDF") || octets.starts_with("<") || octets.starts_with("{\\rtf")) {
    return ledger::invalid("sheet.kind");
  }
  return read_csv(octets);
}

}  // namespace nguon::server
