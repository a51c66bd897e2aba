#include "labels/pdf.hpp"

#include "labels/number_run.hpp"
#include "labels/pdf_content.hpp"
#include "labels/pdf_font.hpp"

#include <utility>

namespace nguon::labels {
namespace {

constexpr int pages_of_a_node = 500;  // of the page tree
constexpr int finder = 7;             // modules a side of the three corner patterns

bool in_finder(int x, int y, int size) {
  const bool left = x < finder;
  const bool top = y < finder;
  return (left && (top || y >= size - finder)) || (top && x >= size - finder);
}

/// From here one unit is a module and the symbol's corner is the origin; ends with `Q`.
void begin_symbol(std::string& out, const PlacedCode& code) {
  out += "q ";
  pdf_append(out, code.module);
  out += " 0 0 ";
  pdf_append(out, code.module);
  out += ' ';
  pdf_append(out, code.box.x);
  out += ' ';
  pdf_append(out, code.box.y);
  out += " cm\n";
}

/// Runs of dark modules, one path, so that no reader leaves a seam between rows.
void append_modules(std::string& out, const QrModules& modules) {
  const int size = modules.size;
  const std::uint8_t* row = modules.dark.data();
  for (int y = 0; y < size; ++y, row += size) {
    for (int x = 0; x < size; ++x) {
      if (row[x] == 0 || in_finder(x, y, size)) continue;
      const int from = x;
      while (x < size && row[x] != 0 && !in_finder(x, y, size)) ++x;
      pdf_append_box(out, from, y, x - from, 1);
    }
  }
}

/// The corner patterns, the same on every label; light modules around keep them apart from the
/// rest.
void append_finders(std::string& out, int size) {
  for (const auto& [x, y] :
       {std::pair(0, 0), std::pair(size - finder, 0), std::pair(0, size - finder)}) {
    pdf_append_box(out, x, y, 7, 1);
    pdf_append_box(out, x, y + 6, 7, 1);
    pdf_append_box(out, x, y + 1, 1, 5);
    pdf_append_box(out, x + 6, y + 1, 1, 5);
    pdf_append_box(out, x + 2, y + 2, 3, 3);
  }
}

}  // namespace

struct PdfWriter::State {
  const PlacedLabel& placed;
  PdfFile file;
  int catalog;
  int root;
  int info;
  PdfFonts fonts;
  int form;
  std::string open_page;
  std::string resources;
  std::string content;
  std::size_t labels_on_page = 0;
  int pages = 0;
  int pages_of_node = 0;
  int node = 0;
  std::string kids;
  std::string nodes;

  State(const PlacedLabel& label, Sink sink)
      : placed(label),
        file(std::move(sink)),
        catalog(file.reserve()),
        root(file.reserve()),
        info(file.reserve()),
        fonts(label.glyphs, file),
        form(file.reserve()) {
    open_page = pdf_dots_down(placed.page_height, placed.dpi);
    write_static();
    resources = "/Resources<</Font<<" + fonts.resources() + ">>/XObject<</S " +
                std::to_string(form) + " 0 R>>>>";
  }

  void write_static() {
    std::string out;
    begin_symbol(out, placed.code);
    append_finders(out, placed.code.modules);
    out += "f Q\n";
    for (const auto& text : placed.texts) out += pdf_line(text, placed.glyphs, fonts);
    file.stream(form,
                "/Type/XObject/Subtype/Form/BBox[0 0 " + std::to_string(placed.width) + " " +
                    std::to_string(placed.height) + "]/Resources<</Font<<" + fonts.resources() +
                    ">>>>",
                out);
  }

  Result<void> add_number(const PlacedNumber& number, const std::string& text) {
    const auto run = run_of(placed, number, text);
    if (!run) return run.error();
    if (run->glyphs.empty()) return {};
    content += "BT/F";
    pdf_append(content, static_cast<int>(fonts.font_of(run->glyphs.front())));
    content += ' ' + pdf_number(number.em) + " Tf " + pdf_number(run->squeeze) + " 0 0 -1 " +
               pdf_number(run->x) + ' ';
    pdf_append(content, number.baseline);
    content += " Tm<";
    for (const auto glyph : run->glyphs) content += fonts.code_of(glyph);
    content += ">Tj ET\n";
    return {};
  }

  Result<void> add(const LabelItem& item) {
    const auto modules = label_symbol(placed, item);
    if (!modules) return modules.error();
    const auto bars = label_bars(placed, item);
    if (!bars) return bars.error();
    const DotPoint cell = placed.cells[labels_on_page];
    content += "q 1 0 0 1 ";
    pdf_append(content, cell.x);
    content += ' ';
    pdf_append(content, cell.y);
    content += " cm/S Do\n";
    begin_symbol(content, placed.code);
    append_modules(content, *modules);
    content += "f Q\n";
    for (const auto& bar : *bars) pdf_append_box(content, bar.x, bar.y, bar.width, bar.height);
    if (!bars->empty()) content += "f\n";
    for (std::size_t i = 0; i < placed.numbers.size(); ++i) {
      const auto added = add_number(placed.numbers[i], item.numbers[i]);
      if (!added) return added;
    }
    content += "Q\n";
    if (++labels_on_page == placed.cells.size()) end_page();
    return good();
  }

  void end_page() {
    if (node == 0) node = file.reserve();
    const int stream = file.reserve();
    file.stream(stream, "", open_page + content);
    content.clear();
    labels_on_page = 0;
    const int page = file.reserve();
    file.object(page, "<</Type/Page/Parent " + std::to_string(node) + " 0 R/Contents " +
                          std::to_string(stream) + " 0 R>>");
    kids += std::to_string(page) + " 0 R ";
    ++pages;
    if (++pages_of_node == pages_of_a_node) end_node();
  }

  void end_node() {
    if (node == 0) return;
    file.object(node, "<</Type/Pages/Parent " + std::to_string(root) + " 0 R/Count " +
                          std::to_string(pages_of_node) + "/Kids[" + kids + "]>>");
    nodes += std::to_string(node) + " 0 R ";
    kids.clear();
    pages_of_node = 0;
    node = 0;
  }

  Result<void> finish() {
    if (labels_on_page > 0 || pages == 0) end_page();
    end_node();
    file.object(root, "<</Type/Pages/Count " + std::to_string(pages) + "/Kids[" + nodes + "]" +
                          pdf_media_box(placed.page_width, placed.page_height, placed.dpi) +
                          resources + ">>");
    file.object(catalog, pdf_catalog(root));
    file.object(info, "<</Title" + pdf_text(placed.title) + "/Producer(Nguon)>>");
    file.close(catalog, info);
    return good();
  }

  Result<void> good() const {
    if (!file.good()) return Fault::failed;
    return {};
  }
};

PdfWriter::PdfWriter(const PlacedLabel& placed, Sink sink)
    : state_(std::make_unique<State>(placed, std::move(sink))) {}
PdfWriter::~PdfWriter() = default;
Result<void> PdfWriter::add(const LabelItem& item) { return state_->add(item); }
Result<void> PdfWriter::finish() { return state_->finish(); }

}  // namespace nguon::labels
