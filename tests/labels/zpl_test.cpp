// What is sent; what an interpreter of others makes of it is tests/printers' to say.
#include "labels/device_labels.hpp"
#include "tests/labels/device_support.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace nguon::labels {
namespace {

std::size_t count_of(std::string_view text, std::string_view what) {
  std::size_t count = 0;
  for (auto at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1)) {
    ++count;
  }
  return count;
}

TEST(Zpl, WhatIsTheSameGoesOverOnce) {
  const auto label = placed("roll-50x30", crowded_facts(), 203);
  const auto items = items_of(label, 200);
  const auto writer = ZplWriter::make(label, items[0]).value();
  EXPECT_TRUE(writer.printer_encodes());
  const auto& setup = writer.setup();
  EXPECT_EQ(setup.substr(0, 10), "^XA^JZN^XZ");
  EXPECT_EQ(count_of(setup, "~DGR:NGUON.GRF,"), 1u);
  EXPECT_EQ(count_of(setup, "^DFR:NGUON.ZPL^FS"), 1u);
  EXPECT_EQ(count_of(setup, "^PQ"), 0u) << "nothing is on paper yet";
  std::set<std::string> seen;
  for (const auto& item : items) {
    const auto octets = writer.label(item).value();
    EXPECT_EQ(octets, "^XA^XFR:NGUON.ZPL^FS^FN1^FDMA," + item.link + "^FS^FN2^FD" + item.shown +
                          "^FS^PQ1^XZ\n");
    seen.insert(octets);
  }
  EXPECT_EQ(seen.size(), items.size());
}

TEST(Zpl, EveryRollIsInItsLimitsAndPlainText) {
  for (const auto& layout : templates()) {
    if (layout.sheet) continue;
    for (const auto drawing : {Drawing::printer, Drawing::picture}) {
      const auto label = placed(layout.name, crowded_facts(), 300);
      const auto items = items_of(label, 2);
      const auto writer = ZplWriter::make(label, items[0], drawing).value();
      const auto octets = writer.label(items[1]).value();
      EXPECT_LE(writer.setup().size(), longest_setup);
      EXPECT_LE(octets.size(), longest_label);
      EXPECT_TRUE(octets.starts_with("^XA") && octets.ends_with("^PQ1^XZ\n")) << layout.name;
      EXPECT_EQ(count_of(octets, "^XA"), 1u);
      EXPECT_EQ(count_of(octets, "^XZ"), 1u);
      EXPECT_TRUE(std::all_of(octets.begin(), octets.end(), [](char c) {
        return c == '\n' || (c >= ' ' && c <= '~');
      })) << layout.name;
      EXPECT_EQ(count_of(octets, "^GB"), label_bars(label, items[1]).value().size());
      EXPECT_EQ(drawing == Drawing::picture, octets.find("^FN") == std::string::npos);
    }
  }
}

TEST(Zpl, APrinterThatMightChooseAnotherSymbolGetsAPicture) {
  const auto label = placed("roll-30x20", sample_facts(), 203);
  const auto items = items_of(label, 1);
  const auto writer = ZplWriter::make(label, items[0]).value();
  EXPECT_FALSE(writer.printer_encodes());
  EXPECT_EQ(writer.setup().find("^BQ"), std::string::npos);
  EXPECT_NE(writer.label(items[0]).value().find("^GFA,"), std::string::npos);
}

TEST(Zpl, NoTextOfAJobBecomesACommand) {
  auto facts = sample_facts();
  facts.product = "^XZ~JA^XA";
  const auto label = placed("roll-70x50", facts, 203);
  const auto item = items_of(label, 1)[0];
  const auto writer = ZplWriter::make(label, item).value();
  EXPECT_EQ((writer.setup() + writer.label(item).value()).find("~JA"), std::string::npos);
  for (const char* octets : hostile_octets) {
    LabelItem bad = item;
    bad.link += octets;
    EXPECT_EQ(writer.label(bad).error(), Fault::bad_symbol) << octets;
    bad = item;
    bad.numbers[0].replace(0, 1, octets);
    bad.numbers[0].resize(item.numbers[0].size());
    EXPECT_EQ(writer.label(bad).error(), Fault::bad_symbol) << octets;
  }
}

TEST(Zpl, RefusesSheetsAndOtherNumbers) {
  const auto sheet = placed("a4-24", sample_facts(), 300);
  EXPECT_EQ(ZplWriter::make(sheet, items_of(sheet, 1)[0]).error(), Fault::bad_order);
  const auto label = placed("roll-50x30", sample_facts(), 203);
  auto item = items_of(label, 1)[0];
  const auto writer = ZplWriter::make(label, item).value();
  item.numbers[0] += "0";
  EXPECT_EQ(writer.label(item).error(), Fault::bad_length);
  item.numbers.clear();
  EXPECT_EQ(writer.label(item).error(), Fault::bad_length);
}

TEST(DeviceLabels, SpeakTheLanguageAskedFor) {
  const auto label = placed("roll-50x30", sample_facts(), 203);
  const auto item = items_of(label, 1)[0];
  for (const auto language : {PrinterLanguage::zpl, PrinterLanguage::tspl}) {
    const auto device = DeviceLabels::make(label, item, {language, Drawing::printer, 2}).value();
    const bool zpl = language == PrinterLanguage::zpl;
    EXPECT_EQ(device.setup().find("^XA") != std::string::npos, zpl);
    EXPECT_EQ(device.label(item).value().find("PRINT 1,1\r\n") == std::string::npos, zpl);
  }
  EXPECT_EQ(DeviceLabels::make(label, item, {PrinterLanguage::tspl, Drawing::printer, 99}).error(),
            Fault::out_of_range);
}

}  // namespace
}  // namespace nguon::labels
