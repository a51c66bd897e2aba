#include "labels/label.hpp"

#include "labels/link.hpp"
#include "labels/qr.hpp"
#include "tests/labels/tools.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace nguon::labels {
namespace {

LabelText sample() {
  LabelText text;
  text.url = serial_link("https://txng.example", "0PDNST6BT16Y0S").value();
  text.product = "Chanh leo tím Mai Sơn";
  text.coop = "HTX nông nghiệp mẫu";
  text.lot = "CL-260801";
  text.serial = "0PDNST6BT16Y0S";
  text.host = "txng.example";
  return text;
}

/// As long as a careful clerk makes them, and longer than fits.
LabelText crowded() {
  auto text = sample();
  text.url = product_link("https://txng.longer-name.example", "9521234543213", "CL-2608010",
                          "0PDNST6BT16Y0S")
                 .value();
  text.product =
      "Cà phê Arabica rang xay nguyên chất đặc sản vùng cao Chiềng Ban, gói hạt 500 g, hái chín, "
      "chế biến ướt, rang vừa";
  text.coop = "Hợp tác xã dịch vụ nông nghiệp tổng hợp và du lịch cộng đồng Chiềng Ban Mai Sơn";
  text.ocop = "OCOP 5 sao, QĐ 1234/QĐ-UBND ngày 01/08/2025, đến hết 31/07/2028";
  text.demo = true;
  return text;
}

std::string text_of(const std::string& pdf) {
  const ScratchDir scratch;
  return run("pdftotext -raw " + scratch.write("label.pdf", pdf) + " -");
}

std::string without_spaces(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\f'; });
  return text;
}

TEST(LabelPdf, ScansAfterBothPrinters) {
  const ScratchDir scratch;
  for (const auto& text : {sample(), crowded()}) {
    for (const int made_for : {203, 300}) {
      const auto pdf = scratch.write("label.pdf", label_pdf(text, made_for).value());
      for (const auto* printed_at : {"203", "300"}) {
        run("pdftoppm -gray -singlefile -r " + std::string(printed_at) + " " + pdf + " " +
            scratch.file("page"));
        EXPECT_EQ(scan(scratch.file("page.pgm")), text.url + "\n") << made_for << printed_at;
      }
    }
  }
}

TEST(LabelPng, ScansAtBothResolutions) {
  const ScratchDir scratch;
  for (const auto& text : {sample(), crowded()}) {
    for (const int dpi : {203, 300}) {
      const auto file = scratch.write("label.png", label_png(text, dpi).value());
      EXPECT_EQ(scan(file), text.url + "\n") << dpi;
    }
  }
}

TEST(LabelPdf, EveryModuleIsAWholeNumberOfDots) {
  const ScratchDir scratch;
  const auto text = sample();
  const auto modules = encode_qr(text.url).value();
  for (const auto& [dpi, module] : {std::pair(203, 5), std::pair(300, 8)}) {
    const auto pdf = scratch.write("label.pdf", label_pdf(text, dpi).value());
    run("pdftoppm -gray -singlefile -r " + std::to_string(dpi) + " " + pdf + " " +
        scratch.file("page"));
    std::ifstream page(scratch.file("page.pgm"), std::ios::binary);
    std::string magic;
    int width = 0;
    int height = 0;
    int depth = 0;
    page >> magic >> width >> height >> depth;
    page.get();
    std::vector<char> pixels(static_cast<std::size_t>(width * height));
    ASSERT_TRUE(page.read(pixels.data(), static_cast<std::streamsize>(pixels.size())));
    const auto dark = [&](int x, int y) {
      return static_cast<unsigned char>(pixels.at(static_cast<std::size_t>(y * width + x))) < 128;
    };
    // The symbol's corner: the first dark dot in reading order, left of where the text begins.
    int corner_x = 0;
    int corner_y = 0;
    while (!dark(corner_x, corner_y)) {
      if (++corner_x == width / 4) corner_x = 0, ++corner_y;
    }
    int wrong = 0;
    const int quiet = quiet_zone * module;
    for (int y = -quiet; y < modules.size * module + quiet; ++y) {
      for (int x = -quiet; x < modules.size * module + quiet; ++x) {
        const bool inside =
            x >= 0 && y >= 0 && x < modules.size * module && y < modules.size * module;
        wrong += dark(corner_x + x, corner_y + y) != (inside && modules.at(x / module, y / module));
      }
    }
    EXPECT_EQ(wrong, 0) << "dots of " << modules.size * module * modules.size * module << " at "
                        << dpi;
    EXPECT_GE(corner_x, quiet_zone * module);
    EXPECT_GE(corner_y, quiet_zone * module);
  }
}

TEST(LabelPdf, SaysWhatItWasTold) {
  auto text = sample();
  text.ocop = "OCOP 4 sao";
  text.demo = true;
  const auto said = text_of(label_pdf(text).value());
  for (const auto* part : {"Chanh leo tím", "HTX nông", "Lô CL-260801", "OCOP 4 sao", "dữ liệu mẫu",
                           "0PDN-ST6-BT16-Y0S", "txng.example"}) {
    EXPECT_NE(said.find(part), std::string::npos) << part << " in " << said;
  }
}

TEST(LabelPdf, ClaimsNeitherStarsNorSampleDataUnasked) {
  const auto said = text_of(label_pdf(sample()).value());
  EXPECT_EQ(said.find("OCOP"), std::string::npos);
  EXPECT_EQ(said.find("mẫu\n"), said.rfind("mẫu\n"));  // only in the co-op's name
  EXPECT_EQ(said.find("dữ liệu"), std::string::npos);
}

TEST(LabelPdf, EveryVietnameseLetterSurvives) {
  for (const auto* letters :
       {"aàáảãạăằắẳẵặâầấẩẫậ", "eèéẻẽẹêềếểễệiìíỉĩị", "oòóỏõọôồốổỗộơờớởỡợ", "uùúủũụưừứửữựyỳýỷỹỵđ",
        "AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬ", "EÈÉẺẼẸÊỀẾỂỄỆIÌÍỈĨỊ", "OÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢ", "UÙÚỦŨỤƯỪỨỬỮỰYỲÝỶỸỴĐ"}) {
    auto text = sample();
    text.product = letters;
    text.coop = letters;
    const auto said = without_spaces(text_of(label_pdf(text).value()));
    const auto first = said.find(letters);
    EXPECT_NE(first, std::string::npos) << said;
    EXPECT_NE(said.find(letters, first + 1), std::string::npos) << said;
  }
}

TEST(LabelPdf, IsOnePageOfFiftyByThirtyWithItsFontInside) {
  const ScratchDir scratch;
  const auto file = scratch.write("label.pdf", label_pdf(sample()).value());
  const auto facts = run("pdfinfo " + file);
  EXPECT_NE(facts.find("Pages:           1"), std::string::npos) << facts;
  const auto size = facts.find("Page size:");
  ASSERT_NE(size, std::string::npos);
  double width = 0;
  double height = 0;
  ASSERT_EQ(std::sscanf(facts.c_str() + size, "Page size: %lf x %lf", &width, &height), 2);
  EXPECT_NEAR(width, 50 / 25.4 * 72, 0.5 / 203 * 72);  // rounded to whole dots
  EXPECT_NEAR(height, 30 / 25.4 * 72, 0.5 / 203 * 72);
  const auto fonts = run("pdffonts " + file);
  EXPECT_NE(fonts.find("+NotoSans"), std::string::npos) << fonts;
  EXPECT_EQ(fonts.find(" no "), fonts.rfind(" no ")) << "a font is not embedded:\n" << fonts;
}

TEST(LabelPdf, CutsNamesButNeverTheSerialOrTheHost) {
  auto text = crowded();
  text.host = "192.168.100.234:18443";
  const auto said = text_of(label_pdf(text).value());
  EXPECT_NE(said.find("0PDN-ST6-BT16-Y0S"), std::string::npos);
  EXPECT_NE(said.find("192.168.100.234:18443"), std::string::npos);
  EXPECT_NE(said.find("dữ liệu mẫu"), std::string::npos);
  EXPECT_NE(said.find("Lô CL-260801"), std::string::npos);
}

TEST(LabelPdf, OneEndlessWordFitsToo) {
  auto text = crowded();
  text.product = std::string(200, 'W');
  text.coop = std::string(200, 'M');
  text.ocop = std::string(200, '@');
  text.host = std::string(200, 'h');
  for (const int dpi : {100, 203, 300, 600, 1200}) {
    EXPECT_TRUE(label_pdf(text, dpi)) << dpi;
    EXPECT_TRUE(label_png(text, dpi)) << dpi;
  }
}

TEST(Label, RefusesTextThatCouldMislead) {
  for (const auto* wrong : {"", "a\nb", "a\tb", "a\x7f", "\xff\xfe", "\xc3",
                            "a\xe2\x80\xae"
                            "b",
                            "a\xe2\x80\xa8"
                            "b",
                            "a\xe2\x80\x8b"
                            "b",
                            "\xee\x80\x80", "\xed\xa0\x80"}) {
    auto text = sample();
    text.product = wrong;
    EXPECT_EQ(label_pdf(text).error(), Fault::bad_text) << wrong;
    text = sample();
    text.ocop = wrong;
    EXPECT_EQ(label_png(text).error(), Fault::bad_text) << wrong;
  }
  auto text = sample();
  text.coop = std::string(201, 'a');
  EXPECT_EQ(label_pdf(text).error(), Fault::bad_text);
  text.coop = std::string("a\0b", 3);
  EXPECT_EQ(label_pdf(text).error(), Fault::bad_text);
}

TEST(Label, RefusesWrongIdentifiersAndSizes) {
  auto text = sample();
  text.serial = "0PDNST6BT16Y0T";
  EXPECT_EQ(label_pdf(text).error(), Fault::mistyped);
  text = sample();
  text.lot = "L/1";
  EXPECT_EQ(label_pdf(text).error(), Fault::bad_symbol);
  text = sample();
  text.url = "";
  EXPECT_EQ(label_pdf(text).error(), Fault::bad_length);
  text.url = std::string(2000, 'A');
  EXPECT_EQ(label_pdf(text).error(), Fault::does_not_fit);
  EXPECT_EQ(label_pdf(sample(), 99).error(), Fault::out_of_range);
  EXPECT_EQ(label_png(sample(), 1201).error(), Fault::out_of_range);
}

TEST(Label, ManyThreadsMakeTheSamePicture) {
  const auto expected = label_png(crowded()).value();
  std::vector<std::string> made(4);
  {
    std::vector<std::jthread> threads;
    for (auto& png : made) {
      threads.emplace_back([&png] {
        for (int i = 0; i < 5; ++i) png = label_png(crowded()).value();
      });
    }
  }
  for (const auto& png : made) EXPECT_EQ(png, expected);
}

}  // namespace
}  // namespace nguon::labels
