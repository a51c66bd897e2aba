#pragma once

#include "labels/crockford.hpp"
#include "labels/gtin.hpp"
#include "labels/placed.hpp"
#include "tests/labels/tools.hpp"

#include <cstdint>
#include <sstream>
#include <vector>

namespace nguon::labels {

/// What a careful clerk fills in, all of it invented.
inline LabelFacts sample_facts() {
  LabelFacts facts;
  facts.product = "Chanh leo tím Mai Sơn";
  facts.net = "500 g";
  facts.producer = "HTX nông nghiệp mẫu";
  facts.lot = "CL-260801";
  facts.harvested = "01/08/2026";
  facts.packed = "03/08/2026";
  facts.host = "txng.example";
  return facts;
}

/// All there is, as long as it comes.
inline LabelFacts crowded_facts() {
  auto facts = sample_facts();
  facts.product =
      "Cà phê Arabica rang xay nguyên chất đặc sản vùng cao Chiềng Ban, gói hạt, hái chín, chế "
      "biến ướt";
  facts.producer =
      "Hợp tác xã dịch vụ nông nghiệp tổng hợp và du lịch cộng đồng Chiềng Ban Mai Sơn";
  facts.ocop = "OCOP 5 sao, QĐ 1234/QĐ-UBND ngày 01/08/2025, đến hết 31/07/2028";
  facts.storage =
      "nơi khô ráo, thoáng mát, tránh ánh nắng trực tiếp, dùng trong 30 ngày sau khi mở";
  facts.count = "24 gói";
  facts.gtin = "9521234543213";
  facts.sample = true;
  return facts;
}

/// Code number `i` of a job of this kind; no two alike.
inline std::string code_of(LinkKind kind, std::uint64_t i) {
  std::ostringstream digits;
  digits.width(8);
  digits.fill('0');
  digits << i;
  if (kind == LinkKind::tag) return "7040000" + digits.str();
  if (kind == LinkKind::carton) {
    const std::string body = "395212340" + digits.str();
    return body + gs1_check_digit(body);
  }
  std::string serial(13, '0');
  std::uint64_t rest = (i + 1) * 0x9E3779B97F4A7C15u;
  for (std::size_t at = 13; at-- > 1; rest /= 32) serial[at] = crockford_symbols[rest % 32];
  return serial + check_symbol(serial);
}

/// The link of label `i` as the first of the layout's kinds.
inline std::string link_of(const Template& layout, std::uint64_t i = 0) {
  const LinkKind kind = layout.code.links.front();
  const std::string code = code_of(kind, i);
  const std::string origin = "https://txng.example";
  if (kind == LinkKind::tag) return tag_link(origin, code).value();
  if (kind == LinkKind::carton) return code_link(origin, kind, code).value();
  return serial_link(origin, code).value();
}

inline Printer at_dpi(int dpi) {
  Printer printer;
  printer.dpi = dpi;
  return printer;
}

inline PlacedLabel placed(const std::string& name, const LabelFacts& facts, int dpi) {
  const Template& layout = *find_template(name);
  return place_label(layout, facts, at_dpi(dpi), link_of(layout)).value();
}

inline std::vector<LabelItem> items_of(const PlacedLabel& label, std::size_t count) {
  std::vector<LabelItem> out;
  for (std::size_t i = 0; i < count; ++i) {
    out.push_back(label_item(label, code_of(label.kind, i)).value());
  }
  return out;
}

/// A grey picture as poppler writes it.
struct Grey {
  int width = 0;
  int height = 0;
  std::vector<unsigned char> pixels;
  bool dark(int x, int y) const {
    if (x < 0 || y < 0 || x >= width || y >= height) return false;
    return pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                  static_cast<std::size_t>(x)] < 128;
  }
};

inline Grey read_pgm(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string magic;
  int depth = 0;
  Grey grey;
  file >> magic >> grey.width >> grey.height >> depth;
  file.get();
  grey.pixels.resize(static_cast<std::size_t>(grey.width) * static_cast<std::size_t>(grey.height));
  file.read(reinterpret_cast<char*>(grey.pixels.data()),
            static_cast<std::streamsize>(grey.pixels.size()));
  if (!file || magic != "P5" || depth != 255) throw std::runtime_error("no grey picture: " + path);
  return grey;
}

/// First page of a PDF as poppler draws it; returns the path of the picture.
inline std::string rasterised(const ScratchDir& scratch, const std::string& pdf, int dpi) {
  const auto file = scratch.write("page.pdf", pdf);
  run("pdftoppm -gray -singlefile -r " + std::to_string(dpi) + " " + file + " " +
      scratch.file("page"));
  return scratch.file("page.pgm");
}

}  // namespace nguon::labels
