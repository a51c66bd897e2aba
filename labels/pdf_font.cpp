#include "labels/pdf_font.hpp"

#include "labels/shape.hpp"

#include <algorithm>
#include <cstdio>

namespace nguon::labels {
namespace {

std::string hex_of(std::uint32_t code) {
  char out[3];
  std::snprintf(out, sizeof out, "%02X", code & 0xffu);
  return out;
}

std::string glyph_program(const Outline& outline) {
  const auto at = [](float value) { return pdf_number(static_cast<double>(value), 1) + " "; };
  const InkBox ink = ink_of(outline, 1000);
  // d1 declares a shape without colour of its own, which readers may keep and paint again.
  std::string out = pdf_number(outline.advance, 1) + " 0 " + pdf_number(ink.left, 1) + " " +
                    pdf_number(-ink.bottom, 1) + " " + pdf_number(ink.right, 1) + " " +
                    pdf_number(-ink.top, 1) + " d1\n";
  for (const auto& [kind, p] : outline.steps) {
    switch (kind) {
      case OutlineStep::Kind::move:
        out += at(p[0]) + at(p[1]) + "m\n";
        break;
      case OutlineStep::Kind::line:
        out += at(p[0]) + at(p[1]) + "l\n";
        break;
      case OutlineStep::Kind::cubic:
        out += at(p[0]) + at(p[1]) + at(p[2]) + at(p[3]) + at(p[4]) + at(p[5]) + "c\n";
        break;
      case OutlineStep::Kind::close:
        out += "h\n";
        break;
    }
  }
  return outline.steps.empty() ? out : out + "f\n";
}

std::string unicode_map(const std::vector<std::string>& texts) {
  std::string out =
      "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
      "/CMapName /Nguon-Label def\n/CMapType 2 def\n"
      "1 begincodespacerange\n<00> <FF>\nendcodespacerange\n";
  constexpr std::size_t longest_section = 100;  // Adobe Technical Note #5014
  for (std::size_t from = 0; from < texts.size(); from += longest_section) {
    const std::size_t to = std::min(texts.size(), from + longest_section);
    out += std::to_string(to - from) + " beginbfchar\n";
    for (std::size_t i = from; i < to; ++i) {
      out += "<" + hex_of(static_cast<std::uint32_t>(i + 1)) + "> <" + pdf_utf16(texts[i]) + ">\n";
    }
    out += "endbfchar\n";
  }
  return out + "endcmap\nend\nend\n";
}

}  // namespace

PdfFonts::PdfFonts(const GlyphBook& book, PdfFile& file) {
  for (std::size_t from = 0; from < book.outlines.size(); from += font_size) {
    const std::size_t to = std::min<std::size_t>(book.outlines.size(), from + font_size);
    std::string shapes;
    std::string names;
    std::string widths;
    std::vector<std::string> texts;
    InkBox all;
    for (std::size_t i = from; i < to; ++i) {
      const Outline& outline = book.outlines[i];
      const InkBox ink = ink_of(outline, 1000);
      all.left = std::min(all.left, ink.left);
      all.top = std::min(all.top, ink.top);
      all.right = std::max(all.right, ink.right);
      all.bottom = std::max(all.bottom, ink.bottom);
      const std::string name = "/g" + std::to_string(i);
      const int number = file.reserve();
      file.stream(number, "", glyph_program(outline));
      shapes += name + " " + std::to_string(number) + " 0 R";
      names += name;
      widths += pdf_number(outline.advance, 1) + " ";
      texts.push_back(outline.text);
    }
    const int unicode = file.reserve();
    file.stream(unicode, "", unicode_map(texts));
    numbers_.push_back(file.reserve());
    file.object(numbers_.back(),
                "<</Type/Font/Subtype/Type3/Name/NotoSans/FontMatrix[.001 0 0 .001 0 0]/FontBBox[" +
                    pdf_number(all.left, 1) + " " + pdf_number(-all.bottom, 1) + " " +
                    pdf_number(all.right, 1) + " " + pdf_number(-all.top, 1) +
                    "]/Resources<<>>/CharProcs<<" + shapes +
                    ">>/Encoding<</Type/Encoding/Differences[1" + names +
                    "]>>/FirstChar 1/LastChar " + std::to_string(to - from) + "/Widths[" + widths +
                    "]/ToUnicode " + std::to_string(unicode) + " 0 R>>");
  }
}

std::string PdfFonts::resources() const {
  std::string out;
  for (std::size_t i = 0; i < numbers_.size(); ++i) {
    out += "/F" + std::to_string(i) + " " + std::to_string(numbers_[i]) + " 0 R";
  }
  return out;
}

std::string PdfFonts::code_of(std::uint32_t glyph) const { return hex_of(glyph % font_size + 1); }

}  // namespace nguon::labels
