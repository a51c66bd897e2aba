#include "labels/preview_picture.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace nguon::labels {
namespace {

PreviewText mango() {
  return {"Chanh leo tím Mai Sơn", "Hợp tác xã Nông nghiệp Sương Mai", "Xã Mai Sơn, Tỉnh Sơn La",
          "Nguồn gốc ghi trên tem", "Dữ liệu mẫu"};
}

unsigned number_at(const std::string& png, std::size_t at) {
  unsigned value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value * 256 + static_cast<unsigned char>(png[at + i]);
  return value;
}

TEST(PreviewPicture, IsAPngOfTheSizeThatPreviewsWant) {
  const std::string png = preview_png(mango()).value();
  ASSERT_TRUE(png.starts_with("\x89PNG\r\n"));
  EXPECT_EQ(number_at(png, 16), 1200U);
  EXPECT_EQ(number_at(png, 20), 630U);
}

TEST(PreviewPicture, StaysSmallHoweverLongTheNames) {
  PreviewText text = mango();
  EXPECT_LE(preview_png(text)->size(), 80'000U);
  for (std::string* part : {&text.product, &text.maker, &text.place, &text.lead, &text.note}) {
    for (int i = 0; i < 5; ++i) *part += " Đặc sản ươm ễ ặ Ậ Ỗ Ữ ẵ";
  }
  EXPECT_LE(preview_png(text)->size(), 80'000U);
  EXPECT_TRUE(preview_png({"A", "", "", "", ""}));
}

TEST(PreviewPicture, EveryMarkOfALetterIsDrawn) {
  std::set<std::string> drawn;
  const char* const names[] = {"a", "ă", "â", "ặ", "ậ", "ẵ", "ươ", "uo", "ễ", "ê", "Đ", "D"};
  for (const char* name : names) {
    drawn.insert(preview_png({name, "", "", "", ""}).value());
  }
  EXPECT_EQ(drawn.size(), std::size(names));
}

TEST(PreviewPicture, SaysSoWhereAGlyphIsMissing) {
  EXPECT_EQ(preview_png({"\xf3\xb0\x80\x80", "", "", "", ""}).error(), Fault::bad_text);
}

}  // namespace
}  // namespace nguon::labels
