#include "server/api/encoded.hpp"

#include "tests/server/api/test_api.hpp"

#include <zlib.h>

namespace nguon::server {
namespace {

/// What zlib's own reader makes of a gzip file of at most 1 MiB; empty when it is none.
std::string unpacked(std::string_view packed) {
  std::string octets(1 << 20, '\0');
  z_stream stream{};
  inflateInit2(&stream, 15 + 16);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(octets.data());
  stream.avail_out = static_cast<uInt>(octets.size());
  const bool whole = inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_in == 0;
  octets.resize(whole ? stream.total_out : 0);
  inflateEnd(&stream);
  return octets;
}

TEST(Encoded, GzipIsTakenWhereTheFieldAllowsIt) {
  for (const char* field : {"gzip", "GZip", "br, gzip;q=0.5", "x-gzip", "*", "*;q=0, gzip",
                            "deflate ,\tgzip ; q=1", "gzip;q=0.001"}) {
    EXPECT_TRUE(takes_gzip(field)) << field;
  }
  for (const char* field : {"", "br", "gzip;q=0", "gzip; q=0.000", "identity", "*;q=0",
                            "gzip;q=0, *", ",,;", "gzipped", "-gzip"}) {
    EXPECT_FALSE(takes_gzip(field)) << field;
  }
}

TEST(Encoded, WhatDoesNotShrinkAndWhatIsNoAnswerStaysAsItIs) {
  const Response small = encoded("gzip", reply(200, "text/plain", "ab"));
  EXPECT_EQ(small.body_view(), "ab");
  EXPECT_EQ(small.headers.size(), 1U);  // Vary
  EXPECT_TRUE(encoded("gzip", reply(404, "text/plain", std::string(900, 'a'))).headers.empty());
  EXPECT_EQ(encoded("gzip", reply(200, "text/plain", "")).body_view(), "");
}

class EncodedLog : public TestApi {};

TEST_F(EncodedLog, EntryBundlesGoOutInGzipWhereAskedAndHashesNever) {
  const std::string width = std::to_string(small.log->head().size);
  const std::string entries = "/log/0/tile/entries/000.p/" + width;
  const Response plain = get(entries);
  accept_encoding = "gzip";
  const Response packed = get(entries);
  EXPECT_EQ(header(plain, "Content-Encoding"), "");
  EXPECT_EQ(header(packed, "Content-Encoding"), "gzip");
  EXPECT_EQ(header(plain, "Vary"), "Accept-Encoding");
  EXPECT_LT(packed.body_view().size(), plain.body_view().size());
  EXPECT_EQ(unpacked(packed.body_view()), plain.body_view());
  EXPECT_NE(header(packed, "ETag"), header(plain, "ETag"));
  if_none_match = header(packed, "ETag");
  EXPECT_EQ(get(entries).status, 304);
  if_none_match.clear();
  EXPECT_EQ(header(get("/log/0/tile/0/000.p/" + width), "Vary"), "");
}

}  // namespace
}  // namespace nguon::server
