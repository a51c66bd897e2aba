// PNG, SVG and CSV: the same labels for screens and outside printers.
#include "labels/csv.hpp"
#include "labels/raster.hpp"
#include "labels/svg.hpp"
#include "tests/labels/job.hpp"

#include <gtest/gtest.h>

#include <set>

namespace nguon::labels {
namespace {

TEST(LabelPng, EveryLayoutIsReadBack) {
  const ScratchDir scratch;
  for (const auto& layout : templates()) {
    const auto label = placed(layout.name, crowded_facts(), 300);
    const std::size_t count = std::min<std::size_t>(label.cells.size(), 3);
    std::string links;
    std::set<std::string> wanted;
    for (const auto& item : items_of(label, count)) wanted.insert(item.link);
    std::istringstream found(
        scan(scratch.write("page.png", page_png(label, items_of(label, count)).value())));
    std::set<std::string> got;
    for (std::string line; std::getline(found, line);) got.insert(line);
    EXPECT_EQ(got, wanted) << layout.name;
  }
}

TEST(LabelPng, HasOnePixelADotAndNoMoreLabelsThanPlaces) {
  const auto label = placed("roll-50x30", sample_facts(), 203);
  const auto png = page_png(label, items_of(label, 1)).value();
  const auto number = [&](std::size_t at) {
    return static_cast<unsigned char>(png[at + 2]) * 256 + static_cast<unsigned char>(png[at + 3]);
  };
  EXPECT_EQ(number(16), 400);
  EXPECT_EQ(number(20), 240);
  EXPECT_EQ(page_png(label, items_of(label, 2)).error(), Fault::out_of_range);
  EXPECT_EQ(page_svg(label, items_of(label, 2)).error(), Fault::out_of_range);
}

/// Dark modules of the first symbol, from the path's rectangles.
QrModules drawn_modules(const std::string& svg, const PlacedLabel& label) {
  QrModules out{
      label.code.modules,
      std::vector<std::uint8_t>(static_cast<std::size_t>(label.code.modules * label.code.modules))};
  const auto from = svg.find("d=\"", svg.find("crispEdges")) + 3;
  std::istringstream path(svg.substr(from, svg.find('"', from) - from));
  for (std::string box; std::getline(path, box, 'z');) {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
    if (std::sscanf(box.c_str(), "M%d %dh%dv%d", &x, &y, &width, &height) != 4) continue;
    EXPECT_EQ(height, label.code.module);
    const int row = (y - label.code.box.y) / label.code.module;
    const int column = (x - label.code.box.x) / label.code.module;
    for (int i = 0; i < width / label.code.module; ++i) {
      out.dark.at(static_cast<std::size_t>(row * out.size + column + i)) += 1;
    }
  }
  return out;
}

TEST(LabelSvg, DrawsEveryModuleOnceAndIsAsLargeAsThePaper) {
  const auto label = placed("roll-50x30", sample_facts(), 203);
  const auto items = items_of(label, 1);
  const auto svg = page_svg(label, items).value();
  EXPECT_EQ(drawn_modules(svg, label), label_symbol(label, items[0]).value());
  EXPECT_NE(svg.find("width=\"50.049mm\" height=\"30.030mm\" viewBox=\"0 0 400 240\""),
            std::string::npos);
  EXPECT_NE(svg.find(items[0].shown), std::string::npos);
  EXPECT_NE(svg.find("<title>Chanh leo tím Mai Sơn</title>"), std::string::npos);
}

TEST(LabelSvg, EscapesWhatItSays) {
  auto facts = sample_facts();
  facts.product = "Cam <ngọt> & thơm";
  const auto label = placed("roll-50x30", facts, 203);
  const auto svg = page_svg(label, items_of(label, 1)).value();
  EXPECT_NE(svg.find("<title>Cam &lt;ngọt&gt; &amp; thơm</title>"), std::string::npos);
  EXPECT_EQ(svg.find("<ngọt>"), std::string::npos);
}

TEST(LabelCsv, HasALineALabelAndAHead) {
  const auto label = placed("roll-50x30", sample_facts(), 203);
  std::string csv;
  CsvWriter writer([&csv](std::string_view more) {
    csv += more;
    return true;
  });
  writer.add(label_item(label, "0PDNST6BT16Y0S").value()).value();
  writer.finish().value();
  EXPECT_EQ(csv, "number,link\r\n0PDN-ST6-BT16-Y0S,https://TXNG.EXAMPLE/Q/0PDNST6BT16Y0S\r\n");
}

TEST(LabelCsv, WritesAsItGoesAndEndsOnAFullDisk) {
  const auto label = placed("roll-50x30", sample_facts(), 203);
  const auto item = items_of(label, 1)[0];
  std::size_t longest = 0;
  CsvWriter writer([&longest](std::string_view more) {
    longest = std::max(longest, more.size());
    return true;
  });
  for (int i = 0; i < 10'000; ++i) writer.add(item).value();
  EXPECT_GT(longest, 0u) << "kept all of it";
  EXPECT_LT(longest, 70'000u);
  CsvWriter full([](std::string_view) { return false; });
  EXPECT_EQ(full.finish().error(), Fault::failed);
}

}  // namespace
}  // namespace nguon::labels
