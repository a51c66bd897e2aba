#include "server/office/xlsx.hpp"

#include "ledger/base/descriptor.hpp"

#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace nguon::server {
namespace {

using ledger::Errc;
using ledger::Error;

// A double holds fifteen decimal digits.
constexpr std::ptrdiff_t max_digits = 15;
constexpr double column_width = 22;

Error export_failed() { return {Errc::unavailable, "export.failed", {}, {}}; }

std::optional<double> number_of(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const auto digits = std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; });
  if (error != std::errc() || end != text.data() + text.size() || digits > max_digits) {
    return std::nullopt;
  }
  return value;
}

}  // namespace

struct XlsxSheet::Parts {
  Parts() : file(memfd_create("export", MFD_CLOEXEC)) {}
  ~Parts() {
    if (workbook != nullptr) static_cast<void>(workbook_close(workbook));
  }

  const ledger::Descriptor file;  // Of memory: what members' names stand in is on no disk.
  lxw_workbook* workbook = nullptr;
  lxw_worksheet* sheet = nullptr;
  lxw_row_t next = 0;
};

XlsxSheet::XlsxSheet(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
XlsxSheet::~XlsxSheet() = default;

ledger::Result<std::unique_ptr<XlsxSheet>> XlsxSheet::open(const std::string& title) {
  auto parts = std::make_unique<Parts>();
  if (parts->file.value() < 0) return export_failed();
  // The library opens files by name alone.
  const std::string path = "/proc/self/fd/" + std::to_string(parts->file.value());
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  parts->workbook = workbook_new_opt(path.c_str(), &options);
  if (parts->workbook == nullptr) return export_failed();
  parts->sheet = workbook_add_worksheet(parts->workbook, title.c_str());
  if (parts->sheet == nullptr) return export_failed();
  return std::unique_ptr<XlsxSheet>(new XlsxSheet(std::move(parts)));
}

void XlsxSheet::add_headings(std::span<const std::string_view> headings) {
  lxw_format* bold = workbook_add_format(parts_->workbook);
  format_set_bold(bold);
  worksheet_set_column(parts_->sheet, 0, static_cast<lxw_col_t>(headings.size() - 1), column_width,
                       nullptr);
  worksheet_freeze_panes(parts_->sheet, 1, 0);
  for (std::size_t i = 0; i < headings.size(); ++i) {
    worksheet_write_string(parts_->sheet, parts_->next, static_cast<lxw_col_t>(i),
                           std::string(headings[i]).c_str(), bold);
  }
  ++parts_->next;
}

void XlsxSheet::add(std::span<const std::string> cells, const std::vector<bool>& is_number) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].empty()) continue;
    const auto column = static_cast<lxw_col_t>(i);
    const auto number = is_number[i] ? number_of(cells[i]) : std::nullopt;
    if (number) {
      worksheet_write_number(parts_->sheet, parts_->next, column, *number, nullptr);
    } else {
      worksheet_write_string(parts_->sheet, parts_->next, column, cells[i].c_str(), nullptr);
    }
  }
  ++parts_->next;
}

ledger::Result<std::string> XlsxSheet::finish() {
  auto* workbook = std::exchange(parts_->workbook, nullptr);
  if (workbook_close(workbook) != LXW_NO_ERROR) return export_failed();
  const off_t size = lseek(parts_->file.value(), 0, SEEK_END);
  std::string octets(size < 0 ? 0 : static_cast<std::size_t>(size), '\0');
  std::size_t done = 0;
  while (done < octets.size()) {
    const auto got = pread(parts_->file.value(), octets.data() + done, octets.size() - done,
                           static_cast<off_t>(done));
    if (got <= 0) return export_failed();
    done += static_cast<std::size_t>(got);
  }
  if (octets.empty()) return export_failed();
  return octets;
}

}  // namespace nguon::server
