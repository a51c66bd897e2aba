#include "schemas/embedded.hpp"
#include "server/api/documents.hpp"
#include "server/api/subjects.hpp"
#include "tests/server/api/test_api.hpp"

namespace nguon::server {
namespace {

class Reading : public TestApi {};

TEST_F(Reading, ASubjectTellsItsRecordHeadAndHistory) {
  const auto made = small.add(small.harvest());
  const Response response = get("/api/subjects/" + made.sub);
  ASSERT_EQ(response.status, 200);
  const auto subject = body(response);
  EXPECT_EQ(subject.at("head").at("head").as_string(), made.id);
  EXPECT_EQ(subject.at("record").at("product").as_string(), small.product);
  ASSERT_EQ(subject.at("history").as_array().size(), 1U);
  EXPECT_EQ(subject.at("history").at(0).at("entry").as_string(), made.jws);
  EXPECT_FALSE(subject.contains("next"));
}

TEST_F(Reading, UnknownSubjectsAre404WhateverTheirShape) {
  for (const std::string sub : {"batch:00000000000000000000000000", "x", "%2F", "deployment"}) {
    EXPECT_EQ(get("/api/subjects/" + sub).status, 404) << sub;
  }
  EXPECT_EQ(get("/api/subjects/" + std::string(4000, 'a')).status, 404);
  EXPECT_EQ(get("/api/subjects/" + small.coop + "?after=x").status, 400);
  EXPECT_EQ(
      body(get("/api/subjects/" + small.coop + "?after=1000")).at("history").as_array().size(), 0U);
}

TEST_F(Reading, BatchesAndBundlesComeFromTheirMakers) {
  EXPECT_EQ(get("/api/batches/batch:known").status, 200);
  EXPECT_EQ(get("/api/batches/batch:other").status, 404);
  const Response bundle_response = get("/api/batches/batch:known/bundle");
  EXPECT_EQ(bundle_response.status, 200);
  EXPECT_EQ(header(bundle_response, "Content-Disposition"),
            "attachment; filename=\"nguon-known.json\"");
  EXPECT_EQ(get("/api/batches/batch:other/bundle").status, 404);
}

TEST_F(Reading, SchemasAreServedByTypeAndMajor) {
  const Response response = get("/schemas/batch.harvest.1.json");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body_view(), schemas::embedded_file("types/batch.harvest.1.json").value());
  for (const char* name : {"batch.harvest.9.json", "x", "..%2Fproblems.json"}) {
    EXPECT_EQ(get(std::string("/schemas/") + name).status, 404) << name;
  }
}

TEST_F(Reading, PlacesAreFoundByTheirNamesOfTodayAndOfBefore) {
  const auto found = body(get("/api/places?q=chieng+ban+mai+son"));
  EXPECT_EQ(found.at("vintage").as_string(), "2026-09-25");
  const auto& best = found.at("places").at(0).as_object();
  EXPECT_EQ(best.at("code").as_string(), "04132");
  EXPECT_EQ(best.at("province_name").as_string(), "Tỉnh Sơn La");
  EXPECT_EQ(best.at("was").at("district").as_string(), "Huyện Mai Sơn");
  EXPECT_FALSE(best.at("was").at("part").as_bool());
  EXPECT_TRUE(body(get("/api/places?q=qqqq")).at("places").as_array().empty());
  EXPECT_EQ(body(get("/api/places?q=tan")).at("places").as_array().size(), 20U);
}

TEST_F(Reading, PlacesWantSomethingToLookFor) {
  EXPECT_EQ(get("/api/places").status, 400);
  EXPECT_EQ(get("/api/places?q=" + std::string(201, 'a')).status, 400);
  EXPECT_TRUE(body(get("/api/places?q=")).at("places").as_array().empty());
}

TEST_F(Reading, AskingAgainWithTheTagCostsNoBody) {
  if_none_match = header(get("/openapi.json"), "ETag");
  ASSERT_FALSE(if_none_match.empty());
  const Response again = get("/openapi.json");
  EXPECT_EQ(again.status, 304);
  EXPECT_TRUE(again.body_view().empty());
  if_none_match = "\"other\"";
  EXPECT_EQ(get("/openapi.json").status, 200);
}

TEST_F(Reading, HealthReadinessAndSmallFiles) {
  EXPECT_EQ(get("/healthz").status, 200);
  EXPECT_EQ(get("/readyz").status, 200);
  EXPECT_NE(get("/robots.txt").body_view().find("Disallow: /"), std::string_view::npos);
  EXPECT_EQ(get("/favicon.svg").content_type, "image/svg+xml");
  EXPECT_EQ(get("/favicon.ico").status, 200);
}

TEST_F(Reading, PrintedPathsAreCaseBlindAndOthersAreNot) {
  EXPECT_EQ(get("/q/0PDNST6BT16Y0S").status, 404);
  EXPECT_EQ(get("/q/0PDNST6BT16Y0X").status, 400);
  EXPECT_EQ(get("/").status, 200);
  EXPECT_EQ(get("/HEALTHZ").status, 404);
}

TEST(Numbers, AreCanonicalDecimal) {
  EXPECT_EQ(parse_number("0"), 0U);
  EXPECT_EQ(parse_number("9223372036854775807"), 9223372036854775807U);
  for (const char* text : {"", "-0", "+1", "01", "1 ", "0x1", "9223372036854775808"}) {
    EXPECT_FALSE(parse_number(text)) << text;
  }
}

}  // namespace
}  // namespace nguon::server
