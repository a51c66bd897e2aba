// What is printed beside what Pango and cairo draw by themselves, dot by dot.
#include "labels/pdf.hpp"
#include "labels/raster.hpp"
#include "tests/labels/job.hpp"

#include <gtest/gtest.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <functional>

namespace nguon::labels {
namespace {

using Dark = std::function<bool(int, int)>;

/// The ink of part of a picture, cropped to itself.
struct Ink {
  int width = 0;
  int height = 0;
  std::vector<bool> dots;
  bool at(int x, int y) const {
    return x >= 0 && y >= 0 && x < width && y < height &&
           dots[static_cast<std::size_t>(y * width + x)];
  }
};

Ink ink_in(const Dark& dark, DotBox box) {
  int left = box.x + box.width;
  int right = box.x;
  int top = box.y + box.height;
  int bottom = box.y;
  for (int y = box.y; y < box.y + box.height; ++y) {
    for (int x = box.x; x < box.x + box.width; ++x) {
      if (!dark(x, y)) continue;
      left = std::min(left, x);
      right = std::max(right, x + 1);
      top = std::min(top, y);
      bottom = std::max(bottom, y + 1);
    }
  }
  Ink ink{std::max(0, right - left), std::max(0, bottom - top), {}};
  for (int y = 0; y < ink.height; ++y) {
    for (int x = 0; x < ink.width; ++x) ink.dots.push_back(dark(left + x, top + y));
  }
  return ink;
}

/// Pango by itself: no code of ours between the words and the dots.
Ink drawn_by_pango(const std::string& text, double em, bool bold) {
  const int width = static_cast<int>(em * 40);
  const int height = static_cast<int>(em * 3);
  cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_A8, width, height);
  cairo_t* canvas = cairo_create(surface);
  PangoLayout* layout = pango_cairo_create_layout(canvas);
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(pango_layout_get_context(layout), options);
  pango_context_set_round_glyph_positions(pango_layout_get_context(layout), FALSE);
  PangoFontDescription* font =
      pango_font_description_from_string(bold ? "Noto Sans Bold" : "Noto Sans");
  pango_font_description_set_absolute_size(font, em * PANGO_SCALE);
  pango_layout_set_font_description(layout, font);
  pango_layout_set_text(layout, text.c_str(), -1);
  cairo_move_to(canvas, em, em / 2);
  pango_cairo_show_layout(canvas, layout);
  cairo_surface_flush(surface);
  const unsigned char* data = cairo_image_surface_get_data(surface);
  const int stride = cairo_image_surface_get_stride(surface);
  const Ink ink =
      ink_in([&](int x, int y) { return data[y * stride + x] >= 128; }, {0, 0, width, height});
  pango_font_description_free(font);
  cairo_font_options_destroy(options);
  g_object_unref(layout);
  cairo_destroy(canvas);
  cairo_surface_destroy(surface);
  return ink;
}

/// Dots of `one` farther than `reach` from any of `other`.
int strays(const Ink& one, const Ink& other, int reach) {
  int count = 0;
  for (int y = 0; y < one.height; ++y) {
    for (int x = 0; x < one.width; ++x) {
      if (!one.at(x, y)) continue;
      bool near = false;
      for (int dy = -reach; dy <= reach && !near; ++dy) {
        for (int dx = -reach; dx <= reach && !near; ++dx) near = other.at(x + dx, y + dy);
      }
      count += near ? 0 : 1;
    }
  }
  return count;
}

void expect_same(const Ink& ours, const Ink& theirs, int reach, const std::string& what) {
  ASSERT_GT(theirs.dots.size(), 100u) << what;
  EXPECT_NEAR(ours.width, theirs.width, 2 * reach) << what;
  EXPECT_NEAR(ours.height, theirs.height, 2 * reach) << what;
  EXPECT_EQ(strays(ours, theirs, reach), 0) << what << ": ink Pango has not";
  EXPECT_EQ(strays(theirs, ours, reach), 0) << what << ": Pango's ink is missing";
}

constexpr const char* hard_words[] = {"ươ ễ ặ Đ", "Đặng Thượng", "ỨỪỬỮỰ ẤẦẨẪẬ ỔỖỘ", "gói, rượu 5 g"};

TEST(Diacritics, PdfHasTheDotsOfPango) {
  const ScratchDir scratch;
  constexpr int times = 6;  // finer than the printer, so that a mark out of place is seen
  for (const auto* text : hard_words) {
    auto facts = sample_facts();
    facts.product = text;
    facts.producer = text;
    const auto label = placed("roll-100x150", facts, 203);
    std::string pdf;
    PdfWriter writer(label, [&pdf](std::string_view more) {
      pdf += more;
      return true;
    });
    writer.add(items_of(label, 1)[0]).value();
    writer.finish().value();
    const auto page = read_pgm(rasterised(scratch, pdf, 203 * times));
    for (const std::size_t line : {0u, 1u}) {  // bold and plain
      const auto& set = label.texts[line];
      ASSERT_EQ(set.text, text);
      const DotBox box{set.box.x * times - 2, set.box.y * times - 2, set.box.width * times + 4,
                       set.box.height * times + 4};
      const auto ours = ink_in([&](int x, int y) { return page.dark(x, y); }, box);
      expect_same(ours, drawn_by_pango(text, set.em * times, set.bold), 2, text);
    }
  }
}

TEST(Diacritics, TheStaticPictureHasTheDotsOfPango) {
  for (const auto* text : hard_words) {
    auto facts = sample_facts();
    facts.product = text;
    const auto label = placed("roll-100x150", facts, 300);
    const auto picture = static_picture(label).value();
    const auto& set = label.texts[0];
    const auto ours = ink_in([&](int x, int y) { return picture.black(x, y); }, set.box);
    expect_same(ours, drawn_by_pango(text, set.em, set.bold), 1, text);
  }
}

/// The box as it lies on the label, its place kept.
Ink ink_at(const Dark& dark, const DotBox& box) {
  Ink ink{box.width, box.height, {}};
  for (int y = 0; y < box.height; ++y) {
    for (int x = 0; x < box.width; ++x) ink.dots.push_back(dark(box.x + x, box.y + y));
  }
  return ink;
}

TEST(Diacritics, PopplersDotsOfThePdfAreOurs) {
  const ScratchDir scratch;
  for (const int dpi : {203, 300}) {
    auto facts = sample_facts();
    facts.product = hard_words[0];
    facts.producer = hard_words[2];
    const auto label = placed("roll-100x150", facts, dpi);
    const auto ours = static_picture(label).value();
    std::string pdf;
    PdfWriter writer(label, [&pdf](std::string_view more) {
      pdf += more;
      return true;
    });
    writer.add(items_of(label, 1)[0]).value();
    writer.finish().value();
    const auto theirs = read_pgm(rasterised(scratch, pdf, dpi));
    for (const auto& text : label.texts) {
      const auto one = ink_at([&](int x, int y) { return ours.black(x, y); }, text.box);
      const auto other = ink_at([&](int x, int y) { return theirs.dark(x, y); }, text.box);
      EXPECT_EQ(strays(one, other, 1), 0) << text.text << " at " << dpi << ": missing in the PDF";
      EXPECT_EQ(strays(other, one, 1), 0) << text.text << " at " << dpi << ": only in the PDF";
      int unlike = 0;
      for (std::size_t i = 0; i < one.dots.size(); ++i) unlike += one.dots[i] != other.dots[i];
      // Edges: poppler stamps a letter on whole dots, we draw it where it stands.
      EXPECT_LT(unlike, static_cast<int>(one.dots.size() / 10)) << text.text << " at " << dpi;
    }
  }
}

TEST(Diacritics, AMissingMarkWouldBeSeen) {
  const auto right = drawn_by_pango("ươ ễ ặ Đ", 60, false);
  for (const auto* wrong : {"uơ ễ ặ Đ", "ươ ê ặ Đ", "ươ ễ ă Đ", "ươ ễ ặ D"}) {
    EXPECT_GT(strays(right, drawn_by_pango(wrong, 60, false), 2), 0) << wrong;
  }
}

}  // namespace
}  // namespace nguon::labels
