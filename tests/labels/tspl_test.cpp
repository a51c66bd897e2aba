#include "labels/tspl.hpp"

#include "tests/labels/device_support.hpp"
#include "tests/labels/tspl_printer.hpp"

#include <gtest/gtest.h>

namespace nguon::labels {
namespace {

/// What our printer makes of two labels, beside the pictures of the same.
void expect_same_dots(const PlacedLabel& label, Drawing drawing) {
  const auto items = items_of(label, 2);
  const auto writer = TsplWriter::make(label, items[0], drawing).value();
  TsplPrinter printer(label.dpi);
  printer.take(writer.setup());
  for (const auto& item : items) printer.take(writer.label(item).value());
  ASSERT_EQ(printer.printed().size(), items.size()) << label.name;
  for (std::size_t i = 0; i < items.size(); ++i) {
    EXPECT_EQ(first_difference(printer.printed()[i], picture_of(label, items[i])), "")
        << label.name << " at " << label.dpi << ", label " << i;
  }
}

TEST(Tspl, EveryDotIsThatOfThePicture) {
  for (const auto& layout : templates()) {
    if (layout.sheet) continue;
    expect_same_dots(placed(layout.name, crowded_facts(), 203), Drawing::printer);
    expect_same_dots(placed(layout.name, vietnamese_facts(), 300), Drawing::picture);
  }
}

TEST(Tspl, ThePrintersOffsetMovesAllOfItAndCutsWhatFallsOff) {
  const Template& layout = *find_template("roll-50x30");
  Printer printer = at_dpi(203);
  for (const int shift : {-900, 0, 900}) {
    printer.offset_x = shift;
    printer.offset_y = -shift;
    const auto label = place_label(layout, crowded_facts(), printer, link_of(layout)).value();
    expect_same_dots(label, Drawing::printer);
  }
}

TEST(Tspl, AsksForModelTwoWhereThePrinterEncodes) {
  const auto label = placed("roll-50x30", sample_facts(), 203);
  const auto items = items_of(label, 1);
  const auto writer = TsplWriter::make(label, items[0], Drawing::printer, 3).value();
  EXPECT_TRUE(writer.printer_encodes());
  EXPECT_NE(writer.label(items[0]).value().find(",M,5,A,0,M2,\"" + items[0].link + "\"\r\n"),
            std::string::npos);
  TsplPrinter printer(203);
  printer.take(writer.setup());
  EXPECT_EQ(printer.gap_mm(), 3);
  EXPECT_NE(writer.setup().find("SET REPRINT OFF\r\n"), std::string::npos);
}

TEST(Tspl, APrinterThatMightChooseASmallerSymbolGetsAPicture) {
  const auto label = placed("roll-30x20", sample_facts(), 203);
  const auto items = items_of(label, 1);
  const auto writer = TsplWriter::make(label, items[0]).value();
  EXPECT_FALSE(writer.printer_encodes());
  EXPECT_EQ(writer.label(items[0]).value().find("QRCODE"), std::string::npos);
}

TEST(Tspl, NoTextOfAJobBecomesACommand) {
  auto facts = sample_facts();
  facts.product = "\" PRINT 99 ^XZ ~JA";
  const auto label = placed("roll-70x50", facts, 203);
  const auto item = items_of(label, 1)[0];
  const auto writer = TsplWriter::make(label, item).value();
  for (const auto* text : {"PRINT 99", "^XZ", "~JA"}) {
    EXPECT_EQ((writer.setup() + writer.label(item).value()).find(text), std::string::npos) << text;
  }
  for (const char* octets : hostile_octets) {
    LabelItem bad = item;
    bad.link += octets;
    EXPECT_EQ(writer.label(bad).error(), Fault::bad_symbol) << octets;
  }
}

TEST(Tspl, RefusesSheetsOtherNumbersAndGaps) {
  const auto sheet = placed("a4-24", sample_facts(), 300);
  EXPECT_EQ(TsplWriter::make(sheet, items_of(sheet, 1)[0]).error(), Fault::bad_order);
  const auto label = placed("roll-50x30", sample_facts(), 203);
  auto item = items_of(label, 1)[0];
  for (const int gap : {-1, 26}) {
    EXPECT_EQ(TsplWriter::make(label, item, Drawing::printer, gap).error(), Fault::out_of_range);
  }
  const auto writer = TsplWriter::make(label, item).value();
  item.numbers.clear();
  EXPECT_EQ(writer.label(item).error(), Fault::bad_length);
}

}  // namespace
}  // namespace nguon::labels
