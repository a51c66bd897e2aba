#include "server/reports/photo.hpp"

#include "server/blobs/jpeg.hpp"
#include "tests/server/blobs/samples.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace nguon::server {
namespace {

using tests::drawn;
using tests::jpeg_of;
using tests::with_segment;

const std::string secret = "21.3242N 103.9141E, máy của người báo";

TEST(ReportPhoto, NothingOfThePhonesOwnWordsIsLeft) {
  for (const bool progressive : {false, true}) {
    std::string camera = jpeg_of(drawn(1600, 1200), progressive);
    camera = with_segment(camera, 0xe1, std::string("Exif\0\0", 6) + secret);
    camera = with_segment(camera, 0xe2, "MPF" + secret);
    camera = with_segment(camera, 0xfe, secret);
    camera += "a film hung on behind: " + secret;
    const auto kept = clean_photo(camera);
    ASSERT_TRUE(kept) << kept.error().rule;
    EXPECT_EQ(kept->find(secret), std::string::npos);
    EXPECT_TRUE(walk_jpeg(*kept)) << "nothing but what draws it";
    const auto picture = decode_jpeg(*kept);
    ASSERT_TRUE(picture);
    EXPECT_GE(std::max(picture->width, picture->height), 1280U);
    EXPECT_LE(std::max(picture->width, picture->height), 2 * 1280U);
  }
}

TEST(ReportPhoto, SmallOnesStayAsLargeAsTheyAre) {
  const auto kept = clean_photo(jpeg_of(drawn(160, 120)));
  ASSERT_TRUE(kept);
  EXPECT_EQ(decode_jpeg(*kept)->width, 160U);
}

TEST(ReportPhoto, WhatIsNoWholeJpegIsRefused) {
  const std::string good = jpeg_of(drawn(160, 120));
  ASSERT_TRUE(clean_photo(good));
  const std::string wrong[] = {"",
                               "GIF89a",
                               good.substr(0, good.size() / 2),
                               good.substr(0, good.size() - 2),
                               good.substr(1),
                               std::string("\xff\xd8\xff\xd9", 4),
                               std::string("\xff\xd8\xff\xe1\0\1", 6),
                               std::string(max_report_photo + 1, '\xff')};
  for (const std::string& octets : wrong) {
    const auto kept = clean_photo(octets);
    ASSERT_FALSE(kept) << octets.size();
    EXPECT_EQ(kept.error().rule, "report.photo");
  }
}

}  // namespace
}  // namespace nguon::server
