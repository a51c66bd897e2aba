#include "labels/placed.hpp"
#include "labels/raster.hpp"
#include "labels/serial.hpp"
#include "tests/labels/job.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace nguon::labels {
namespace {

Refusal refusal_of(const std::string& name, const LabelFacts& facts, const Printer& printer,
                   const std::string& link) {
  const auto label = place_label(*find_template(name), facts, printer, link);
  return label ? Refusal{} : label.error();
}

bool within(const DotBox& inner, const DotBox& outer) {
  return inner.x >= outer.x && inner.y >= outer.y &&
         inner.x + inner.width <= outer.x + outer.width &&
         inner.y + inner.height <= outer.y + outer.height;
}
bool meet(const DotBox& a, const DotBox& b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/// Symbol with its quiet zone, bars with theirs, numbers, lines of type.
std::vector<DotBox> boxes_of(const PlacedLabel& label) {
  const int quiet = quiet_zone * label.code.module;
  const DotBox& code = label.code.box;
  std::vector<DotBox> boxes = {
      {code.x - quiet, code.y - quiet, code.width + 2 * quiet, code.height + 2 * quiet}};
  if (label.linear) {
    const DotBox& bars = label.linear->box;
    const int side = 10 * label.linear->module;
    boxes.push_back({bars.x - side, bars.y, bars.width + 2 * side, bars.height});
  }
  for (const auto& number : label.numbers) boxes.push_back(number.box);
  for (const auto& text : label.texts) boxes.push_back(text.box);
  return boxes;
}

TEST(Place, NothingOverlapsOrLeavesTheLabelOnAnyLayoutAndPrinter) {
  for (const auto& layout : templates()) {
    for (const auto& facts : {sample_facts(), crowded_facts()}) {
      for (const int dpi : {203, 300, 600}) {
        const auto label = placed(layout.name, facts, dpi);
        const auto boxes = boxes_of(label);
        for (std::size_t i = 0; i < boxes.size(); ++i) {
          EXPECT_TRUE(within(boxes[i], {0, 0, label.width, label.height}))
              << layout.name << dpi << " " << i;
          for (std::size_t j = 0; j < i; ++j) {
            EXPECT_FALSE(meet(boxes[i], boxes[j])) << layout.name << dpi << " " << i << " " << j;
          }
        }
      }
    }
  }
}

TEST(Place, ModulesAreNeverBelowWhatPrintersAndTillsNeed) {
  for (const auto& layout : templates()) {
    for (const auto& [dpi, least] : {std::pair(203, 4), std::pair(300, 5), std::pair(600, 10)}) {
      const auto label = placed(layout.name, sample_facts(), dpi);
      EXPECT_GE(label.code.module, least) << layout.name << dpi;
      EXPECT_EQ(label.code.box.width, label.code.modules * label.code.module);
      EXPECT_EQ(label.code.modules, 17 + 4 * label.code.version);
    }
  }
}

TEST(Place, WorkedExampleOfTheFormat) {
  const auto bag = placed("roll-50x30", sample_facts(), 203);
  EXPECT_EQ(bag.width, 400);
  EXPECT_EQ(bag.height, 240);
  EXPECT_EQ(bag.code.version, 3);
  EXPECT_EQ(bag.code.module, 5);
  const auto fruit = placed("roll-30x20", sample_facts(), 203);
  EXPECT_EQ(fruit.code.version, 2);
  EXPECT_EQ(fruit.code.level, QrLevel::l);
  EXPECT_EQ(fruit.code.module, 4);
  const auto finer = placed("roll-30x20", sample_facts(), 300);
  EXPECT_EQ(finer.code.version, 3);
  EXPECT_EQ(finer.code.level, QrLevel::m);
  EXPECT_EQ(finer.code.module, 5);
}

TEST(Place, ASymbolTooLargeIsRefusedWithItsArithmetic) {
  auto facts = sample_facts();
  facts.host = "truy-xuat.htx-mau.example";
  const auto link = serial_link("https://" + facts.host, code_of(LinkKind::serial, 0)).value();
  const auto refusal = refusal_of("roll-30x20", facts, at_dpi(203), link);
  EXPECT_EQ(refusal.fault, Fault::does_not_fit);
  EXPECT_NE(refusal.vi.find("29 + 2 × 4 = 37 ô, mỗi ô ít nhất 4 chấm: 37 × 4 = 148 chấm (18,5 mm)"),
            std::string::npos)
      << refusal.vi;
  EXPECT_NE(refusal.en.find("29 + 2 × 4 = 37 modules, at least 4 dots each: 37 × 4 = 148 dots "
                            "(18.5 mm); the room for the code has 132 dots (16.5 mm), 3 a module"),
            std::string::npos)
      << refusal.en;
}

TEST(Place, TheSmallLabelTakesTheShortLinkOnly) {
  const auto link =
      product_link("https://txng.example", "9521234543213", {}, code_of(LinkKind::serial, 0))
          .value();
  EXPECT_EQ(refusal_of("roll-30x20", sample_facts(), at_dpi(300), link).fault, Fault::bad_order);
  EXPECT_EQ(refusal_of("roll-50x30", sample_facts(), at_dpi(300), link).en, "");
  EXPECT_EQ(refusal_of("carton", sample_facts(), at_dpi(300), link).fault, Fault::bad_order);
  EXPECT_EQ(refusal_of("roll-50x30", sample_facts(), at_dpi(300), "https://A.EXAMPLE/x").fault,
            Fault::bad_order);
}

TEST(Place, AnotherGtinOrLotThanInTheLinkIsRefused) {
  const auto link = product_link("https://txng.example", "9521234543213", "CL-260801",
                                 code_of(LinkKind::serial, 0))
                        .value();
  auto facts = sample_facts();
  facts.gtin = "9521234543213";
  EXPECT_EQ(refusal_of("roll-70x50", facts, at_dpi(300), link).en, "");
  facts.gtin = "9521234000004";
  EXPECT_NE(refusal_of("roll-70x50", facts, at_dpi(300), link).en, "");
  facts.gtin = "9521234543214";
  EXPECT_EQ(refusal_of("roll-70x50", facts, at_dpi(300), link).fault, Fault::wrong_check_digit);
  facts.gtin.clear();
  facts.lot = "CL-260802";
  EXPECT_EQ(refusal_of("roll-70x50", facts, at_dpi(300), link).fault, Fault::bad_order);
}

/// A clean label asked for with one thing changed.
Fault fault_with(std::string LabelFacts::*field, std::string value) {
  auto facts = sample_facts();
  facts.*field = std::move(value);
  return refusal_of("roll-50x30", facts, at_dpi(203), link_of(templates().front())).fault;
}

TEST(Place, RefusesTextThatCouldMislead) {
  for (const auto* wrong : {"a\nb", "a\tb", "a\x7f", "\xff\xfe", "\xc3",
                            "a\xe2\x80\xae"
                            "b",
                            "a\xe2\x80\xa8"
                            "b",
                            "a\xe2\x80\x8b"
                            "b",
                            "\xee\x80\x80", "\xed\xa0\x80"}) {
    EXPECT_EQ(fault_with(&LabelFacts::product, wrong), Fault::bad_text) << wrong;
    EXPECT_EQ(fault_with(&LabelFacts::ocop, wrong), Fault::bad_text) << wrong;
  }
  EXPECT_EQ(fault_with(&LabelFacts::producer, std::string(201, 'a')), Fault::bad_text);
  EXPECT_EQ(fault_with(&LabelFacts::producer, std::string("a\0b", 3)), Fault::bad_text);
  EXPECT_EQ(fault_with(&LabelFacts::producer, ""), Fault::bad_text);
  EXPECT_EQ(fault_with(&LabelFacts::host, ""), Fault::bad_text);
  EXPECT_EQ(fault_with(&LabelFacts::product, "茶"), Fault::bad_text);  // not in Noto Sans
  EXPECT_EQ(fault_with(&LabelFacts::lot, "L/1"), Fault::bad_symbol);
}

TEST(Place, CutsNamesWithAWarningAndNeverLotDateOrHost) {
  auto facts = crowded_facts();
  facts.product = std::string(200, 'W');
  const auto label = placed("a4-65", facts, 600);
  ASSERT_EQ(label.cut.size(), 1u);
  EXPECT_EQ(label.cut[0].field, TextField::product);
  std::string all;
  for (const auto& text : label.texts) {
    all += text.text + "\n";
    EXPECT_GE(text.em, 6 / 72.0 * 600 - 1e-9);  // never under 6 pt
  }
  EXPECT_NE(all.find("…"), std::string::npos);
  EXPECT_NE(all.find("Lô CL-260801\n"), std::string::npos) << all;
  EXPECT_NE(all.find("txng.example\n"), std::string::npos) << all;
  EXPECT_EQ(fault_with(&LabelFacts::host, std::string(200, 'h')), Fault::does_not_fit);
  EXPECT_TRUE(placed("roll-50x30", sample_facts(), 203).cut.empty());
}

std::vector<std::string> lines_on(const PlacedLabel& label, TextField field) {
  std::vector<std::string> out;
  for (const auto& text : label.texts) {
    if (text.field == field) out.push_back(text.text);
  }
  return out;
}

TEST(Place, HostsBreakBehindADotAndAmountsKeepTheirUnit) {
  auto facts = sample_facts();
  EXPECT_EQ(lines_on(placed("roll-30x20", facts, 203), TextField::host),
            (std::vector<std::string>{"txng.", "example"}));
  EXPECT_EQ(lines_on(placed("roll-50x30", facts, 203), TextField::host),
            std::vector<std::string>{"txng.example"});
  facts.net = "12 kg";
  EXPECT_EQ(lines_on(placed("carton", facts, 203), TextField::net),
            (std::vector<std::string>{"Khối lượng tịnh", "12 kg"}));
}

TEST(Place, ClaimsNeitherStarsNorSampleDataUnasked) {
  for (const auto& layout : templates()) {
    for (const auto& text : placed(layout.name, sample_facts(), 300).texts) {
      EXPECT_EQ(text.text.find("OCOP"), std::string::npos) << layout.name;
      EXPECT_EQ(text.text.find("dữ liệu"), std::string::npos) << layout.name;
    }
  }
}

TEST(Place, DecomposedLettersAreSetAsComposedOnes) {
  auto composed = sample_facts();
  composed.product = "ươ ễ ặ Đ";
  auto decomposed = sample_facts();
  decomposed.product = "u\u031bo\u031b e\u0302\u0303 a\u0323\u0306 Đ";
  ASSERT_NE(composed.product, decomposed.product);
  const auto one = placed("roll-50x30", composed, 203);
  const auto other = placed("roll-50x30", decomposed, 203);
  EXPECT_EQ(one.texts[0].text, other.texts[0].text);
  EXPECT_EQ(static_picture(one).value(), static_picture(other).value());
}

TEST(Place, OffsetAndScaleAreThePrintersAndMoveEverything) {
  const Template& layout = *find_template("a4-24");
  const auto straight = placed("a4-24", sample_facts(), 600);
  Printer printer = at_dpi(600);
  printer.offset_x = 1000;  // 24 dots
  printer.offset_y = -500;  // 12 dots
  const auto moved = place_label(layout, sample_facts(), printer, link_of(layout)).value();
  for (std::size_t i = 0; i < straight.cells.size(); ++i) {
    EXPECT_EQ(moved.cells[i].x, straight.cells[i].x + 24);
    EXPECT_EQ(moved.cells[i].y, straight.cells[i].y - 12);
  }
  EXPECT_EQ(moved.code.box, straight.code.box);

  printer = at_dpi(600);
  printer.scale_x = 990;
  const auto narrow = place_label(layout, sample_facts(), printer, link_of(layout)).value();
  EXPECT_EQ(narrow.code.module, straight.code.module);  // modules stay whole dots
  EXPECT_EQ(narrow.page_width, straight.page_width);
  EXPECT_EQ(narrow.cells[1].x, 1637);  // round(70 mm · 600 / 25.4 · 0.99)
  EXPECT_EQ(narrow.cells[1].y, straight.cells[1].y);
}

TEST(Place, RefusesPrintersOutOfBoundsAndWhatLeavesThePaper) {
  const auto link = link_of(templates().front());
  for (const Printer& printer :
       {Printer{99, 0, 0, 1000, 1000}, Printer{1201, 0, 0, 1000, 1000},
        Printer{203, 5001, 0, 1000, 1000}, Printer{203, 0, -5001, 1000, 1000},
        Printer{203, 0, 0, 949, 1000}, Printer{203, 0, 0, 1000, 1051}}) {
    EXPECT_EQ(refusal_of("roll-50x30", sample_facts(), printer, link).fault, Fault::out_of_range);
  }
  EXPECT_EQ(refusal_of("roll-50x30", sample_facts(), {203, -3000, 0, 1000, 1000}, link).fault,
            Fault::does_not_fit);
}

TEST(Item, SaysTheSameInItsLinkAndItsNumber) {
  const auto bag = placed("roll-50x30", sample_facts(), 203);
  const auto item = label_item(bag, "0pdn-st6-bt16-y0s").value();
  EXPECT_EQ(item.link, "https://TXNG.EXAMPLE/Q/0PDNST6BT16Y0S");
  EXPECT_EQ(item.shown, "0PDN-ST6-BT16-Y0S");
  EXPECT_EQ(item.numbers, std::vector<std::string>{"0PDN-ST6-BT16-Y0S"});
  const auto fruit = placed("roll-30x20", sample_facts(), 203);
  EXPECT_EQ(label_item(fruit, "0PDNST6BT16Y0S").value().numbers,
            (std::vector<std::string>{"0PDN-ST6", "BT16-Y0S"}));
  const auto tag = placed("ear-tag", sample_facts(), 300);
  EXPECT_EQ(label_item(tag, "704095200000137").value().numbers,
            (std::vector<std::string>{"0137", "704 0952 0000 0137"}));
  EXPECT_EQ(label_item(bag, "0PDNST6BT16Y0T").error(), Fault::mistyped);
  const auto carton = placed("carton", sample_facts(), 300);
  EXPECT_EQ(label_item(carton, "395212340000002001").value().shown, "(00)395212340000002001");
  EXPECT_EQ(label_item(carton, "395212340000002002").error(), Fault::wrong_check_digit);
}

TEST(Item, EverySymbolOfAJobHasOneSize) {
  for (const auto* name : {"roll-50x30", "roll-30x20", "carton", "ear-tag"}) {
    const auto label = placed(name, sample_facts(), 300);
    for (std::uint64_t i = 0; i < 300; ++i) {
      const auto item = label_item(label, code_of(label.kind, i)).value();
      EXPECT_EQ(label_symbol(label, item).value().size, label.code.modules) << name;
    }
  }
  // Nothing but digits would fit a smaller symbol.
  const auto label = placed("roll-50x30", sample_facts(), 300);
  const std::string digits(13, '0');
  const auto item = label_item(label, digits + check_symbol(digits)).value();
  EXPECT_EQ(label_symbol(label, item).value().size, label.code.modules);
}

TEST(Item, BarsFillTheirBoxFromFirstToLast) {
  const auto label = placed("carton", sample_facts(), 203);
  const auto item = label_item(label, "395212340000002001").value();
  const auto bars = label_bars(label, item).value();
  ASSERT_GT(bars.size(), 10u);
  EXPECT_EQ(bars.front().x, label.linear->box.x);
  EXPECT_EQ(bars.back().x + bars.back().width, label.linear->box.x + label.linear->box.width);
  EXPECT_EQ(label.linear->box.width, 156 * label.linear->module);
  EXPECT_TRUE(label_bars(placed("roll-50x30", sample_facts(), 203), item).value().empty());
}

TEST(Place, ManyThreadsMakeTheSamePicture) {
  const auto expected = static_picture(placed("roll-70x50", crowded_facts(), 203)).value();
  std::vector<Bitmap> made(4);
  {
    std::vector<std::jthread> threads;
    for (auto& bitmap : made) {
      threads.emplace_back([&bitmap] {
        bitmap = static_picture(placed("roll-70x50", crowded_facts(), 203)).value();
      });
    }
  }
  for (const auto& bitmap : made) EXPECT_EQ(bitmap, expected);
}

}  // namespace
}  // namespace nguon::labels
