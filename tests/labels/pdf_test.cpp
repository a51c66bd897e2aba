#include "labels/pdf.hpp"

#include "labels/calibration.hpp"
#include "tests/labels/job.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace nguon::labels {
namespace {

std::string pdf_of(const PlacedLabel& label, std::size_t count) {
  std::string octets;
  PdfWriter writer(label, [&octets](std::string_view more) {
    octets += more;
    return true;
  });
  for (const auto& item : items_of(label, count)) writer.add(item).value();
  writer.finish().value();
  return octets;
}

/// One label cut out of its page, as PGM.
std::string cell_of(const Grey& page, const PlacedLabel& label, DotPoint corner) {
  std::string out =
      "P5\n" + std::to_string(label.width) + " " + std::to_string(label.height) + "\n255\n";
  for (int y = corner.y; y < corner.y + label.height; ++y) {
    for (int x = corner.x; x < corner.x + label.width; ++x) {
      const bool on_page = x >= 0 && y >= 0 && x < page.width && y < page.height;
      out += on_page ? static_cast<char>(page.pixels[static_cast<std::size_t>(y * page.width + x)])
                     : '\xff';
    }
  }
  return out;
}

std::set<std::string> lines_of(const std::string& text) {
  std::istringstream in(text);
  std::set<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.insert(line);
  return lines;
}

std::string text_of(const std::string& pdf) {
  const ScratchDir scratch;
  return run("pdftotext -raw " + scratch.write("label.pdf", pdf) + " -");
}

TEST(LabelPdf, EveryLayoutIsReadBackAfterBothPrinters) {
  const ScratchDir scratch;
  for (const auto& layout : templates()) {
    for (const int dpi : {203, 300}) {
      const auto label = placed(layout.name, crowded_facts(), dpi);
      const auto items = items_of(label, label.cells.size());
      const auto picture = rasterised(scratch, pdf_of(label, items.size()), dpi);
      const auto page = read_pgm(picture);
      std::string cells;
      std::string links;
      for (std::size_t i = 0; i < items.size(); ++i) {
        const std::string name = "cell" + std::to_string(i) + ".pgm";
        cells += scratch.write(name, cell_of(page, label, label.cells[i])) + " ";
        links += items[i].link + "\n";
      }
      EXPECT_EQ(scan(cells), links) << layout.name << " " << dpi;
      if (!label.linear) continue;
      EXPECT_EQ(run("zbarimg -q --raw -Sdisable -Scode128.enable " + picture),
                "00" + items[0].code + "\n");
    }
  }
}

TEST(LabelPdf, MadeForOnePrinterIsReadOnTheOther) {
  const ScratchDir scratch;
  for (const auto& layout : templates()) {
    if (layout.sheet) continue;
    const auto label = placed(layout.name, sample_facts(), 203);
    const auto picture = rasterised(scratch, pdf_of(label, 1), 300);
    EXPECT_EQ(scan(picture), items_of(label, 1)[0].link + "\n") << layout.name;
  }
}

TEST(LabelPdf, EveryModuleIsAWholeNumberOfDots) {
  const ScratchDir scratch;
  for (const auto& layout : templates()) {
    for (const int dpi : {203, 300}) {
      const auto label = placed(layout.name, sample_facts(), dpi);
      const auto item = items_of(label, 1)[0];
      const auto modules = label_symbol(label, item).value();
      const auto page = read_pgm(rasterised(scratch, pdf_of(label, 1), dpi));
      EXPECT_EQ(page.width, label.page_width);
      EXPECT_EQ(page.height, label.page_height);
      const int module = label.code.module;
      const int left = label.cells[0].x + label.code.box.x;
      const int top = label.cells[0].y + label.code.box.y;
      int wrong = 0;
      for (int y = -quiet_zone * module; y < (modules.size + quiet_zone) * module; ++y) {
        for (int x = -quiet_zone * module; x < (modules.size + quiet_zone) * module; ++x) {
          const bool inside =
              x >= 0 && y >= 0 && x < modules.size * module && y < modules.size * module;
          wrong += page.dark(left + x, top + y) != (inside && modules.at(x / module, y / module));
        }
      }
      EXPECT_EQ(wrong, 0) << layout.name << " " << dpi;
    }
  }
}

TEST(LabelPdf, SheetsHoldRowsTimesColumnsAndTheLastPageTheRest) {
  const ScratchDir scratch;
  const auto label = placed("a4-65", sample_facts(), 300);
  EXPECT_EQ(label.cells.size(), 65u);
  const auto pdf = pdf_of(label, 65 + 2);
  const auto file = scratch.write("two.pdf", pdf);
  EXPECT_NE(run("pdfinfo " + file).find("Pages:           2"), std::string::npos);
  run("pdftoppm -gray -singlefile -f 2 -r 300 " + file + " " + scratch.file("second"));
  EXPECT_EQ(lines_of(scan(scratch.file("second.pgm"))).size(), 2u);
}

TEST(LabelPdf, AThousandPagesHaveATreeReadersFollow) {
  const ScratchDir scratch;
  const auto label = placed("roll-30x20", sample_facts(), 203);
  const auto file = scratch.write("many.pdf", pdf_of(label, 1001));
  EXPECT_NE(run("pdfinfo " + file).find("Pages:           1001"), std::string::npos);
  const auto last = items_of(label, 1001).back();
  run("pdftoppm -gray -singlefile -f 1001 -r 203 " + file + " " + scratch.file("last"));
  EXPECT_EQ(scan(scratch.file("last.pgm")), last.link + "\n");
}

TEST(LabelPdf, SaysWhatItWasTold) {
  auto facts = sample_facts();
  facts.ocop = "OCOP 4 sao";
  facts.sample = true;
  const auto label = placed("roll-100x150", facts, 203);
  const auto said = text_of(pdf_of(label, 1));
  for (const auto* part : {"Chanh leo tím", "HTX nông nghiệp mẫu", "Lô CL-260801",
                           "Thu hoạch 01/08/2026", "OCOP 4 sao", "dữ liệu mẫu", "txng.example"}) {
    EXPECT_NE(said.find(part), std::string::npos) << part << " in " << said;
  }
  EXPECT_NE(said.find(items_of(label, 1)[0].shown), std::string::npos) << said;
}

TEST(LabelPdf, EveryVietnameseLetterSurvivesAsText) {
  for (const auto* letters :
       {"aàáảãạăằắẳẵặâầấẩẫậ", "eèéẻẽẹêềếểễệiìíỉĩị", "oòóỏõọôồốổỗộơờớởỡợ", "uùúủũụưừứửữựyỳýỷỹỵđ",
        "AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬ", "EÈÉẺẼẸÊỀẾỂỄỆIÌÍỈĨỊ", "OÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢ", "UÙÚỦŨỤƯỪỨỬỮỰYỲÝỶỸỴĐ"}) {
    auto facts = sample_facts();
    facts.product = letters;
    facts.producer = letters;
    auto said = text_of(pdf_of(placed("roll-100x150", facts, 300), 1));
    std::erase_if(said, [](char c) { return c == ' ' || c == '\n'; });
    const auto first = said.find(letters);
    EXPECT_NE(first, std::string::npos) << said;
    EXPECT_NE(said.find(letters, first + 1), std::string::npos) << said;
  }
}

TEST(LabelPdf, CarriesItsFontsAndAsksForFullSize) {
  const ScratchDir scratch;
  const auto pdf = pdf_of(placed("roll-50x30", sample_facts(), 203), 2);
  const auto fonts = run("pdffonts " + scratch.write("label.pdf", pdf));
  EXPECT_NE(fonts.find("Type 3"), std::string::npos) << fonts;
  EXPECT_EQ(fonts.find("TrueType"), std::string::npos) << fonts;
  EXPECT_NE(pdf.find("/PrintScaling/None"), std::string::npos);
  EXPECT_EQ(pdf, pdf_of(placed("roll-50x30", sample_facts(), 203), 2)) << "bytes differ";
}

TEST(LabelPdf, AFullDiskEndsIt) {
  const auto label = placed("roll-50x30", sample_facts(), 203);
  PdfWriter writer(label, [](std::string_view) { return false; });
  EXPECT_EQ(writer.add(items_of(label, 1)[0]).error(), Fault::failed);
  EXPECT_EQ(writer.finish().error(), Fault::failed);
}

TEST(Calibration, RulersStandWhereTheySayAndFollowThePrinter) {
  const ScratchDir scratch;
  Printer printer = at_dpi(254);  // ten dots a millimetre
  for (const int offset : {0, 2000}) {
    printer.offset_x = offset;
    std::string pdf;
    ASSERT_TRUE(calibration_pdf(*find_template("a4-24"), printer, [&pdf](std::string_view more) {
      pdf += more;
      return true;
    }));
    const auto page = read_pgm(rasterised(scratch, pdf, 254));
    EXPECT_EQ(page.width, 2100);
    // Below the ruler's line, 2.5 mm from it, only the ticks of whole centimetres are so long.
    for (int mm = 20; mm <= 200; mm += 10) {
      const int x = mm * 10 + offset / 100;
      if (mm == 70 || mm == 140) continue;  // edges of labels stand there as well
      EXPECT_TRUE(page.dark(x, 40 + 25)) << mm;
      EXPECT_FALSE(page.dark(x - 5, 40 + 25)) << mm;
      EXPECT_FALSE(page.dark(x + 10, 40 + 25)) << mm;
    }
  }
  printer.scale_x = 2000;
  EXPECT_FALSE(
      calibration_pdf(*find_template("a4-24"), printer, [](std::string_view) { return true; }));
}

}  // namespace
}  // namespace nguon::labels
