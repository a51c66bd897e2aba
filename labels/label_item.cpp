#include "labels/animal_tag.hpp"
#include "labels/placed.hpp"
#include "labels/serial.hpp"
#include "labels/sscc.hpp"

namespace nguon::labels {
namespace {

Result<std::string> canonical(LinkKind kind, std::string_view code) {
  if (kind == LinkKind::tag) return read_animal_tag(code);
  if (kind == LinkKind::carton) return read_sscc(code);
  return read_serial(code);
}

std::string shown(LinkKind kind, const std::string& code) {
  if (kind == LinkKind::tag) return animal_tag_groups(code);
  if (kind == LinkKind::carton) return "(00)" + code;
  return serial_groups(code);
}

std::string part_of(const std::string& whole, NumberPart part) {
  constexpr std::size_t half = 8;  // 0PDN-ST6 | - | BT16-Y0S
  switch (part) {
    case NumberPart::all:
      return whole;
    case NumberPart::first:
      return whole.substr(0, half);
    case NumberPart::second:
      return whole.substr(half + 1);
    case NumberPart::last:
      return whole.substr(whole.size() - 4);
  }
  return whole;
}

}  // namespace

Result<LabelItem> label_item(const PlacedLabel& placed, std::string_view code) {
  auto read = canonical(placed.kind, code);
  if (!read) return read.error();
  LabelItem item;
  item.code = *std::move(read);
  item.link = placed.link_prefix + item.code;
  item.shown = shown(placed.kind, item.code);
  for (const auto& number : placed.numbers) {
    item.numbers.push_back(part_of(item.shown, number.part));
  }
  return item;
}

Result<QrModules> label_symbol(const PlacedLabel& placed, const LabelItem& item) {
  auto modules = encode_qr(item.link, placed.code.level, placed.code.version);
  if (modules && modules->size != placed.code.modules) return Fault::does_not_fit;
  return modules;
}

}  // namespace nguon::labels
