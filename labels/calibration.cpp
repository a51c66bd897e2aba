#include "labels/calibration.hpp"

#include "labels/pdf_content.hpp"
#include "labels/place.hpp"

#include <algorithm>
#include <string>

namespace nguon::labels {
namespace {

constexpr int millimetre = 1000;
constexpr int ruler_at =
    4 * millimetre;  // from the paper's edge: nearer, many printers do not print
constexpr int numeral_size = 60;

/// Rectangles and lines of type of one page, in dots of the printer.
class Page {
 public:
  Page(const Template& layout, const Printer& printer)
      : grid_(printer),
        left_(grid_.plain(printer.offset_x)),
        top_(grid_.plain(printer.offset_y)),
        line_(std::max(1, grid_.plain(150))),
        width_um_(layout.sheet ? layout.sheet->page_width : layout.width),
        height_um_(layout.sheet ? layout.sheet->page_height : layout.height) {}

  /// Micrometres from the paper's corner.
  void across(int x, int y, int length) {
    pdf_append_box(boxes_, left_ + grid_.x(x), top_ + grid_.y(y),
                   std::max(1, grid_.x(x + length) - grid_.x(x)), line_);
  }
  void down(int x, int y, int length) {
    pdf_append_box(boxes_, left_ + grid_.x(x), top_ + grid_.y(y), line_,
                   std::max(1, grid_.y(y + length) - grid_.y(y)));
  }
  bool words(int x, int y, int size, const std::string& text) {
    const double em = grid_.em(size);
    const auto shaped = shaper_.shape(text, {em, false, 1, 0});
    if (!shaped) return false;
    for (const auto& line : shaped->lines) {
      PlacedText out;
      out.em = em;
      out.glyphs = line.glyphs;
      for (auto& glyph : out.glyphs) {
        glyph.x += left_ + grid_.x(x);
        glyph.y += top_ + grid_.y(y);
      }
      texts_.push_back(std::move(out));
    }
    return true;
  }

  int width_um() const { return width_um_; }
  int height_um() const { return height_um_; }

  bool write(const std::string& title, int dpi, const Sink& sink) {
    PdfFile file(sink);
    const int catalog = file.reserve();
    const int pages = file.reserve();
    const int info = file.reserve();
    const int page = file.reserve();
    const int content = file.reserve();
    const PdfFonts fonts(shaper_.book(), file);
    const int width = grid_.plain(width_um_);
    const int height = grid_.plain(height_um_);
    std::string octets = pdf_dots_down(height, dpi) + boxes_ + "f\n";
    for (const auto& text : texts_) octets += pdf_line(text, shaper_.book(), fonts);
    file.stream(content, "", octets);
    file.object(page, "<</Type/Page/Parent " + std::to_string(pages) + " 0 R/Contents " +
                          std::to_string(content) + " 0 R/Resources<</Font<<" + fonts.resources() +
                          ">>>>" + pdf_media_box(width, height, dpi) + ">>");
    file.object(pages, "<</Type/Pages/Count 1/Kids[" + std::to_string(page) + " 0 R]>>");
    file.object(catalog, pdf_catalog(pages));
    file.object(info, "<</Title" + pdf_text(title) + "/Producer(Nguon)>>");
    file.close(catalog, info);
    return file.good();
  }

 private:
  DotGrid grid_;
  int left_;
  int top_;
  int line_;
  int width_um_;
  int height_um_;
  Shaper shaper_;
  std::string boxes_;
  std::vector<PlacedText> texts_;
};

int tick_length(int mm) { return mm % 10 == 0 ? 3000 : mm % 5 == 0 ? 2000 : 1200; }

bool draw_rulers(Page& page) {
  const int last_x = page.width_um() / millimetre - 5;
  const int last_y = page.height_um() / millimetre - 5;
  page.across(5 * millimetre, ruler_at, (last_x - 5) * millimetre);
  page.down(ruler_at, 5 * millimetre, (last_y - 5) * millimetre);
  for (int mm = 5; mm <= last_x; ++mm) {
    page.down(mm * millimetre, ruler_at, tick_length(mm));
    if (mm % 10 == 0 &&
        !page.words(mm * millimetre + 300, ruler_at + 5500, numeral_size, std::to_string(mm))) {
      return false;
    }
  }
  for (int mm = 5; mm <= last_y; ++mm) {
    page.across(ruler_at, mm * millimetre, tick_length(mm));
    // The first would stand on the other ruler's.
    if (mm % 10 == 0 && mm > 10 &&
        !page.words(ruler_at + 3500, mm * millimetre + 700, numeral_size, std::to_string(mm))) {
      return false;
    }
  }
  return true;
}

void draw_cells(Page& page, const Template& layout) {
  if (!layout.sheet) return;
  const Sheet& sheet = *layout.sheet;
  for (int row = 0; row < sheet.rows; ++row) {
    for (int column = 0; column < sheet.columns; ++column) {
      const int x = sheet.left + column * sheet.pitch_x;
      const int y = sheet.top + row * sheet.pitch_y;
      page.across(x, y, layout.width);
      page.across(x, y + layout.height, layout.width);
      page.down(x, y, layout.height);
      page.down(x + layout.width, y, layout.height);
    }
  }
}

bool draw_words(Page& page, const Template& layout) {
  if (page.width_um() < 100 * millimetre) return true;  // no room: the office's page says it
  const std::string lines[] = {
      "Trang căn chỉnh máy in: " + layout.vi,
      "In ở 100 %, không co giãn. Vạch ghi N phải cách mép giấy đúng N mm.",
      "Độ lệch = N trừ khoảng cách đo được từ mép giấy.",
      "Tỷ lệ = độ dài ghi trên thước chia cho độ dài đo được.",
      "Printer calibration: " + layout.en,
      "Print at 100 %, not scaled. The mark N stands N mm from the paper's edge.",
      "Offset = N less the distance measured from the edge.",
      "Scale = length written on the ruler over length measured."};
  int y = 22 * millimetre;
  for (const auto& line : lines) {
    if (!page.words(14 * millimetre, y, 80, line)) return false;
    y += 5 * millimetre;
  }
  return true;
}

}  // namespace

Ruled<void> calibration_pdf(const Template& layout, const Printer& printer, const Sink& sink) {
  const auto sound = check_printer(printer);
  if (!sound) return sound.error();
  Page page(layout, printer);
  draw_cells(page, layout);
  if (!draw_rulers(page) || !draw_words(page, layout) ||
      !page.write("Trang căn chỉnh máy in", printer.dpi, sink)) {
    return Refusal{Fault::failed, "Không làm được trang căn chỉnh.",
                   "The calibration page could not be made."};
  }
  return {};
}

}  // namespace nguon::labels
