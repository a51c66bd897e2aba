#include "server/api/geo.hpp"
#include "tests/server/api/test_api.hpp"

namespace nguon::server {
namespace {

class MapApi : public TestApi {
 protected:
  Response post(std::string text) {
    return ask(Method::post, "/api/office/geo", std::move(text), "application/geo+json");
  }
};

constexpr const char* square = R"({"type":"Feature","properties":{"name":"Thửa mẫu"},"geometry":
{"type":"Polygon","coordinates":[[[103.9,21.1],[103.901,21.1],[103.901,21.101],[103.9,21.101],[103.9,21.1]]]}})";

TEST_F(MapApi, AnswersOutlinesWithTheirAreaAndDoubts) {
  EXPECT_EQ(post(square).status, 401);
  enter("clerk");
  const auto answer = post(square);
  ASSERT_EQ(answer.status, 200) << answer.body_view();
  EXPECT_EQ(answer.cache_control, "no-store");
  const auto outline = body(answer).at("outlines").at(0).as_object();
  EXPECT_EQ(outline.at("name").as_string(), "Thửa mẫu");
  EXPECT_EQ(outline.at("ring").as_array().size(), 5U);
  EXPECT_EQ(outline.at("ring").at(0).at("lat").as_int64(), 211'000'000);
  EXPECT_NEAR(static_cast<double>(outline.at("area_m2").as_int64()), 11'500, 20);
  EXPECT_TRUE(outline.at("doubts").as_array().empty());
}

TEST_F(MapApi, WhatCannotBeUsedHasItsDoubtAndNoArea) {
  enter("clerk");
  const auto answer = post(R"({"type":"Polygon","coordinates":
[[[103.9,21.1],[103.901,21.101],[103.901,21.1],[103.9,21.101],[103.9,21.1]]]})");
  ASSERT_EQ(answer.status, 200);
  const auto outline = body(answer).at("outlines").at(0).as_object();
  EXPECT_EQ(outline.at("doubts").at(0).as_string(), "crosses");
  EXPECT_FALSE(outline.contains("area_m2"));
}

TEST_F(MapApi, NonsenseIsNamed) {
  enter("clerk");
  for (const auto& [text, rule] :
       {std::pair{"{}", "geo.shape"},
        std::pair{R"({"type":"Point","coordinates":[103,21]})", "geo.none"}}) {
    const auto answer = post(text);
    EXPECT_EQ(answer.status, 400) << text;
    EXPECT_EQ(body(answer).at("rule").as_string(), rule);
  }
}

}  // namespace
}  // namespace nguon::server
