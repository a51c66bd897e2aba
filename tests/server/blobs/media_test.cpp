#include "server/blobs/media.hpp"

#include "server/blobs/jpeg.hpp"
#include "server/blobs/webp.hpp"
#include "tests/server/blobs/samples.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace nguon::server {
namespace {

using namespace std::string_view_literals;
using tests::drawn;
using tests::jpeg_of;
using tests::object_stream;
using tests::pdf_of;
using tests::webp_of;
using tests::with_chunk;
using tests::with_segment;

/// The rule that refuses it; empty where it is taken.
std::string verdict(std::string_view type, const std::string& octets) {
  const auto checked = check_media(type, octets);
  return checked ? std::string() : checked.error().rule;
}

const std::string jpeg = jpeg_of(drawn(160, 120));
const std::string webp = webp_of(drawn(160, 120));

TEST(Media, WhatIsWhatItClaimsIsTaken) {
  EXPECT_EQ(verdict(jpeg_type, jpeg), "");
  EXPECT_EQ(verdict(jpeg_type, jpeg_of(drawn(161, 121), true)), "");
  EXPECT_EQ(verdict(webp_type, webp), "");
  EXPECT_EQ(verdict(webp_type, webp_of(drawn(33, 7), true)), "");
  EXPECT_EQ(verdict(pdf_type, pdf_of()), "");
  EXPECT_EQ(verdict(pdf_type, pdf_of(object_stream("5 0 <</Type/Annot>>"))), "");
}

TEST(Media, NothingPassesAsAnotherType) {
  EXPECT_EQ(verdict(webp_type, jpeg), "blob.type");
  EXPECT_EQ(verdict(pdf_type, jpeg), "blob.type");
  EXPECT_EQ(verdict(jpeg_type, webp), "blob.type");
  EXPECT_EQ(verdict(jpeg_type, pdf_of()), "blob.type");
  EXPECT_EQ(verdict("image/png", jpeg), "blob.type");
  for (const auto type : {jpeg_type, webp_type, pdf_type}) {
    EXPECT_EQ(verdict(type, ""), "blob.type");
    EXPECT_EQ(verdict(type, "<script>"), "blob.type");
  }
}

TEST(Media, MetadataIsRefusedWhereverItStands) {
  EXPECT_EQ(verdict(jpeg_type, with_segment(jpeg, 0xe1, "Exif\0\0II*\0"sv)), "blob.metadata");
  EXPECT_EQ(verdict(jpeg_type, with_segment(jpeg, 0xe1, "http://ns.adobe.com/xap/1.0/\0<x/>"sv)),
            "blob.metadata");
  EXPECT_EQ(verdict(jpeg_type, with_segment(jpeg, 0xed, "Photoshop 3.0\0"sv)), "blob.metadata");
  EXPECT_EQ(verdict(jpeg_type, with_segment(jpeg, 0xe2, "ICC_PROFILE\0\1\1"sv)), "blob.metadata");
  EXPECT_EQ(verdict(jpeg_type, with_segment(jpeg, 0xe0, "JFXX\0\x10"sv)), "blob.metadata");
  EXPECT_EQ(verdict(jpeg_type, with_segment(jpeg, 0xfe, "chụp tại vườn")), "blob.metadata");
  // A JFIF header with a thumbnail of one pixel.
  EXPECT_EQ(verdict(jpeg_type, with_segment(jpeg, 0xe0, "JFIF\0\1\1\0\0\1\0\1\1\1rgb"sv)),
            "blob.metadata");
  EXPECT_EQ(verdict(webp_type, with_chunk(webp, "EXIF", "II*")), "blob.metadata");
  EXPECT_EQ(verdict(webp_type, with_chunk(webp, "XMP ", "<x/>")), "blob.metadata");
  EXPECT_EQ(verdict(webp_type, with_chunk(webp, "note", "vườn")), "blob.metadata");
}

TEST(Media, NothingFollowsTheEndAndNothingIsMissing) {
  EXPECT_EQ(verdict(jpeg_type, jpeg + "x"), "blob.trailing");
  EXPECT_EQ(verdict(jpeg_type, jpeg + jpeg), "blob.trailing");
  EXPECT_EQ(verdict(webp_type, webp + "x"), "blob.trailing");
  EXPECT_EQ(verdict(pdf_type, pdf_of() + "x"), "blob.trailing");
  for (const std::size_t cut : {jpeg.size() - 1, jpeg.size() / 2, std::size_t{21}}) {
    EXPECT_EQ(verdict(jpeg_type, jpeg.substr(0, cut)), "blob.damaged") << cut;
  }
  for (const std::size_t cut : {webp.size() - 1, webp.size() / 2, std::size_t{21}}) {
    EXPECT_EQ(verdict(webp_type, webp.substr(0, cut)), "blob.damaged") << cut;
  }
  EXPECT_EQ(verdict(pdf_type, pdf_of().substr(0, 80)), "blob.damaged");
}

/// Markers alone do not make a picture: its last pixel is decoded.
TEST(Media, APictureThatOnlyBeginsWellIsDamaged) {
  // The scan cut short, and an end put behind it.
  const auto scan = jpeg.find("\xff\xda");
  const std::string half = jpeg.substr(0, scan + (jpeg.size() - scan) / 2) + "\xff\xd9";
  EXPECT_EQ(verdict(jpeg_type, half), "blob.damaged");
  // Octets between the last row and the end, where no decoder looks.
  const std::string hidden = jpeg.substr(0, jpeg.size() - 2) + std::string(64, 'h') + "\xff\xd9";
  EXPECT_EQ(verdict(jpeg_type, hidden), "blob.damaged");
  std::string broken = webp;
  for (std::size_t i = webp.size() / 2; i < webp.size(); ++i) broken[i] = '\xff';
  broken.resize(40);
  broken.replace(4, 4, "\x20\0\0\0"sv).replace(16, 4, "\x14\0\0\0"sv);
  EXPECT_EQ(verdict(webp_type, broken), "blob.damaged");
}

TEST(Media, ASizeThatWouldTakeTooMuchMemoryIsNeverDecoded) {
  const auto frame = jpeg.find("\xff\xc0") + 5;
  std::string wide = jpeg;
  wide.replace(frame, 4, "\x20\x01\x20\x01");  // 8193 by 8193
  EXPECT_EQ(verdict(jpeg_type, wide), "blob.pixels");
  wide.replace(frame, 4, "\x1f\xff\x1f\xff");  // each side is allowed, 64 megapixels are not
  EXPECT_EQ(verdict(jpeg_type, wide), "blob.pixels");
  const std::string large = webp_of(drawn(8193, 1));
  EXPECT_EQ(verdict(webp_type, large), "blob.pixels");
}

TEST(Media, ADocumentThatActsIsRefusedHoweverItIsWritten) {
  for (const auto* name : {"/JavaScript", "/Java#53cript", "/#4aavaScript", "/Launch",
                           "/EmbeddedFile", "/RichMedia", "/XFA", "/SubmitForm", "/Encrypt"}) {
    const std::string object = std::string("5 0 obj\n<</S ") + name + "/JS(x)>>\nendobj\n";
    EXPECT_EQ(verdict(pdf_type, pdf_of(object)), "blob.active") << name;
    EXPECT_EQ(verdict(pdf_type, pdf_of(object_stream(object))), "blob.active") << name;
  }
  EXPECT_EQ(verdict(pdf_type, pdf_of("5 0 obj\n<</S/JavaScripts>>\nendobj\n")), "");
  // What cannot be looked into is not taken on trust.
  std::string other = object_stream("5 0 <<>>");
  other.replace(other.find("FlateDecode"), 11, "LZWDecode##");
  EXPECT_EQ(verdict(pdf_type, pdf_of(other)), "blob.active");
  std::string torn = object_stream("5 0 <<>>");
  torn.erase(torn.find("\nendstream") - 4, 4);
  EXPECT_EQ(verdict(pdf_type, pdf_of(torn)), "blob.active");
}

TEST(Media, ABombIsNotUnpacked) {
  EXPECT_EQ(verdict(pdf_type, pdf_of(object_stream(std::string(40 << 20, ' ')))), "blob.active");
}

TEST(Thumbnail, IsSmallLooksAlikeAndSaysWhatItIs) {
  for (const auto& [type, octets] : {std::pair(jpeg_type, jpeg_of(drawn(1600, 1201))),
                                     std::pair(jpeg_type, jpeg_of(drawn(1600, 1201), true)),
                                     std::pair(webp_type, webp_of(drawn(1600, 1201)))}) {
    const auto small = thumbnail_of(type, octets, "derived from x");
    ASSERT_TRUE(small) << small.error().rule;
    EXPECT_NE(small->find("derived from x"), std::string::npos);
    const auto picture = decode_jpeg(*small);
    ASSERT_TRUE(picture);
    EXPECT_EQ(picture->width, thumbnail_side);
    EXPECT_EQ(picture->height, 240U);
    // The middle of the square, and a corner.
    const auto red = [&](std::uint32_t x, std::uint32_t y) {
      return int{picture->rgb[(std::size_t{y} * picture->width + x) * 3]};
    };
    EXPECT_NEAR(red(120, 90), 250, 12);
    EXPECT_NEAR(red(300, 220), 300 * 200 / 320, 12);
  }
}

TEST(Thumbnail, ASmallPictureIsNotBlownUpAndADocumentHasNone) {
  const auto small = thumbnail_of(jpeg_type, jpeg, "x");
  EXPECT_EQ(decode_jpeg(*small)->width, 160U);
  EXPECT_EQ(thumbnail_of(pdf_type, pdf_of(), "x").error().rule, "blob.thumbnail");
}

}  // namespace
}  // namespace nguon::server
