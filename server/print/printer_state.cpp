#include "server/print/printer_state.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace nguon::server {
namespace {

using labels::PrinterLanguage;

/// Fields of the lines between STX and ETX; absent while one of the three is not whole.
std::optional<std::vector<std::vector<std::string_view>>> host_status(std::string_view said) {
  std::vector<std::vector<std::string_view>> lines;
  while (lines.size() < 3) {
    const std::size_t from = said.find('\x02');
    const std::size_t to = said.find('\x03', from == std::string_view::npos ? 0 : from);
    if (from == std::string_view::npos || to == std::string_view::npos) return std::nullopt;
    std::string_view line = said.substr(from + 1, to - from - 1);
    said.remove_prefix(to + 1);
    std::vector<std::string_view> fields;
    for (;;) {
      const std::size_t comma = line.find(',');
      fields.push_back(line.substr(0, comma));
      if (comma == std::string_view::npos) break;
      line.remove_prefix(comma + 1);
    }
    lines.push_back(std::move(fields));
  }
  return lines;
}

bool is_zero(std::string_view digits) {
  return !digits.empty() && digits.find_first_not_of('0') == std::string_view::npos;
}

std::optional<PrinterState> read_zpl(std::string_view said) {
  const auto lines = host_status(said);
  // Line 1: 1 paper out, 2 paused, 4 formats waiting, 7 part of a format. Line 2: 2 head up, 3
  // ribbon out, 7 label waiting, 8 labels of the batch to come.
  if (!lines || (*lines)[0].size() < 8 || (*lines)[1].size() < 9) return std::nullopt;
  const auto& first = (*lines)[0];
  const auto& second = (*lines)[1];
  if (!is_zero(second[2])) return PrinterState::head_open;
  if (!is_zero(first[1])) return PrinterState::no_paper;
  if (!is_zero(second[3])) return PrinterState::no_ribbon;
  if (!is_zero(first[2])) return PrinterState::paused;
  const bool all =
      is_zero(first[4]) && is_zero(first[7]) && is_zero(second[7]) && is_zero(second[8]);
  return all ? PrinterState::idle : PrinterState::busy;
}

std::optional<PrinterState> read_tspl(std::string_view said) {
  if (said.empty()) return std::nullopt;
  const auto bits = static_cast<unsigned char>(said.back());
  if ((bits & 0x01) != 0) return PrinterState::head_open;
  if ((bits & 0x02) != 0) return PrinterState::jammed;
  if ((bits & 0x04) != 0) return PrinterState::no_paper;
  if ((bits & 0x08) != 0) return PrinterState::no_ribbon;
  if ((bits & 0x10) != 0) return PrinterState::paused;
  if ((bits & 0xc0) != 0) return PrinterState::jammed;
  return (bits & 0x20) != 0 ? PrinterState::busy : PrinterState::idle;
}

}  // namespace

bool needs_a_person(PrinterState state) {
  return state != PrinterState::idle && state != PrinterState::busy;
}

std::string_view describe(PrinterState state) {
  switch (state) {
    case PrinterState::idle:
      return "rảnh / idle";
    case PrinterState::busy:
      return "đang in / printing";
    case PrinterState::no_paper:
      return "hết tem / out of labels";
    case PrinterState::no_ribbon:
      return "hết ruy băng / out of ribbon";
    case PrinterState::head_open:
      return "nắp máy in mở / head open";
    case PrinterState::jammed:
      return "kẹt giấy hoặc lỗi máy in / jam or printer fault";
    case PrinterState::paused:
      return "máy in tạm dừng / paused at the printer";
  }
  return {};
}

std::string_view state_question(PrinterLanguage language) {
  return language == PrinterLanguage::zpl ? "~HS\r\n" : "\x1b!?";
}

std::string_view forget_command(PrinterLanguage language) {
  return language == PrinterLanguage::zpl ? "~JA\r\n" : "\x1b!.";
}

std::optional<PrinterState> read_state(PrinterLanguage language, std::string_view said) {
  return language == PrinterLanguage::zpl ? read_zpl(said) : read_tspl(said);
}

}  // namespace nguon::server
