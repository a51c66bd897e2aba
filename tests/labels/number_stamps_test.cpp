#include "labels/number_stamps.hpp"

#include "tests/labels/device_support.hpp"

#include <gtest/gtest.h>

namespace nguon::labels {
namespace {

/// Labels of which some dot of a number is not that of the number drawn at one go.
int labels_unlike(const PlacedLabel& label, std::size_t count) {
  const auto stamps = NumberStamps::make(label).value();
  int found = 0;
  for (const auto& item : items_of(label, count)) {
    for (std::size_t i = 0; i < label.numbers.size(); ++i) {
      const auto stamped = stamps.picture(label, i, item.numbers[i]).value();
      const auto drawn = number_picture(label, label.numbers[i], item.numbers[i]).value();
      const auto difference = first_difference(stamped, drawn);
      if (difference.empty()) continue;
      if (found++ > 0) continue;
      ADD_FAILURE() << label.name << ", " << item.numbers[i] << ": " << difference;
    }
  }
  return found;
}

TEST(NumberStamps, StampedIsAsDrawn) {
  for (const auto& layout : templates()) {
    for (const int dpi : {203, 300}) {
      EXPECT_EQ(labels_unlike(placed(layout.name, sample_facts(), dpi), 200), 0);
    }
  }
}

TEST(NumberStamps, InkOutsideTheBoxIsCutAway) {
  auto label = placed("ear-tag", sample_facts(), 203);
  for (auto& number : label.numbers) {
    number.baseline -= number.box.height / 2;  // too high
    number.align = Align::left;
  }
  // And too far left: the first digit of all.
  for (auto& step : label.glyphs.outlines[*label.glyphs.numerals[1]['7']].steps) {
    for (const std::size_t x : {0u, 2u, 4u}) step.at[x] -= 200;
  }
  EXPECT_EQ(labels_unlike(label, 20), 0);
  for (auto& number : label.numbers) number.baseline += number.box.height;  // too low
  EXPECT_EQ(labels_unlike(label, 20), 0);
}

TEST(NumberStamps, RefusesWhatNumbersDoNotHave) {
  const auto label = placed("roll-100x150", sample_facts(), 203);
  const auto stamps = NumberStamps::make(label).value();
  for (const auto* text : {"ư", "\n", "a", "I"}) {
    EXPECT_EQ(stamps.picture(label, 0, text).error(), Fault::bad_symbol) << text;
  }
  EXPECT_EQ(stamps.picture(label, 0, "").value(),
            number_picture(label, label.numbers[0], "").value());
}

}  // namespace
}  // namespace nguon::labels
