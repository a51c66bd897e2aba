// Where a name leads: our own page in place, the one default link, one of a type, all of them, none.
#include "labels/ai_table.hpp"
#include "server/pages/negotiation.hpp"
#include "server/resolver/choice.hpp"
#include "server/resolver/linkset.hpp"
#include "tests/server/resolver/resolver_world.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <set>

namespace nguon::server {
namespace {

namespace json = boost::json;

constexpr const char* known_links = R"json({
 "resolverRoot": "https://id.example",
 "entries": [
  {"anchor": "/01/09521234543213", "itemDescription": "Chanh leo (dữ liệu mẫu)", "links": [
    {"linkType": "gs1:defaultLink", "href": "https://web.example/p#top", "title": "Trang"},
    {"linkType": "gs1:defaultLinkMulti", "href": "https://web.example/en", "title": "Page", "hreflang": ["en"]},
    {"linkType": "gs1:defaultLinkMulti", "href": "https://web.example/la", "title": "Page", "hreflang": ["lo"]},
    {"linkType": "gs1:dpp", "href": "https://web.example/dpp?v=1", "title": "Hộ chiếu", "context": ["eu"]},
    {"linkType": "gs1:dpp", "href": "https://web.example/vn", "title": "Hộ chiếu", "fwqs": false}]},
  {"anchor": "/01/09521234543213/10/L%2F1", "itemDescription": "Lô", "links": [
    {"linkType": "gs1:defaultLink", "href": "https://web.example/lot", "title": "Lô"}]},
  {"anchor": "/coop-a/class/chanh-leo", "itemDescription": "Chanh leo", "sameAs": "/01/09521234543213"},
  {"anchor": "/coop-a/class/chanh-leo/batch/L26A", "itemDescription": "Lô cũ", "links": [
    {"linkType": "gs1:defaultLink", "href": "https://web.example/old", "title": "Lô cũ"}]},
  {"anchor": "/01/09521234543213/10/L26B", "itemDescription": "Lô mới", "links": [
    {"linkType": "gs1:defaultLink", "href": "https://web.example/new", "title": "Lô mới"}]},
  {"anchor": "/coop-a/loc/kho-mot", "itemDescription": "Kho", "links": [
    {"linkType": "gs1:defaultLink", "href": "https://web.example/kho", "title": "Kho"}]}
 ]
})json";

class Resolver : public testing::Test, public ResolverWorld {
 protected:
  void SetUp() override { know(known_links); }
  std::string location(std::string_view target, Fields fields = {}) {
    const Response response = get(target, fields);
    EXPECT_EQ(response.status, 307) << target;
    return field(response, "Location");
  }
  std::vector<std::string> anchors(std::string_view target) {
    const Response response = get(target);
    EXPECT_EQ(response.status, 200) << target;
    EXPECT_EQ(response.content_type, linkset_json) << target;
    std::vector<std::string> found;
    const json::value body = json::parse(response.body_view());
    EXPECT_EQ(body.as_object().size(), 1U);
    for (const auto& item : body.at("linkset").as_array()) {
      found.emplace_back(item.at("anchor").as_string());
    }
    return found;
  }
};

using Anchors = std::vector<std::string>;

TEST_F(Resolver, AnswersForEveryPrimaryKeyThereIs) {
  std::set<std::string> served;
  for (const Route& route : router.routes()) {
    const std::string pattern(route.pattern.substr(1, route.pattern.find('/', 1) - 1));
    if (pattern.find_first_not_of("0123456789") == std::string::npos) served.insert(pattern);
  }
  const auto keys = labels::primary_keys();
  EXPECT_EQ(served, std::set<std::string>(keys.begin(), keys.end()));
}

TEST_F(Resolver, OurPageIsAnsweredInPlaceWithItsLinksNamed) {
  for (const auto& [target, path] :
       {std::pair{"/Q/0PDNST6BT16Y0S", "/Q/0PDNST6BT16Y0S"},
        std::pair{"/q/0pdn-st6-bt16-y0s?linkType=gs1:defaultLink", "/Q/0PDNST6BT16Y0S"},
        std::pair{"/01/09521234543213/21/0pdnst6bt16y0s", "/01/09521234543213/21/0PDNST6BT16Y0S"}}) {
    const Response page = get(target, {{"Accept", "text/html"}});
    EXPECT_EQ(page.status, 200) << target;
    EXPECT_NE(page.body_view().find("Tem hợp lệ"), std::string_view::npos) << target;
    EXPECT_EQ(field(page, "Link"), "<https://tem.example" + std::string(path) +
                                       "?linkType=linkset>; rel=\"linkset\"; "
                                       "type=\"application/linkset+json\"");
  }
}

TEST_F(Resolver, OurPageWinsOverLinksAndNeverLeadsToItself) {
  know(std::string(known_links).replace(std::string(known_links).find("/10/L%2F1"), 9, "/21/0PDNST6BT16Y0S"));
  EXPECT_EQ(get("/01/09521234543213/21/0PDNST6BT16Y0S").status, 200);
  EXPECT_EQ(location("/Q/0PDNST6BT16Y0S?linkType=gs1:pip"), "https://tem.example/Q/0PDNST6BT16Y0S");
  EXPECT_EQ(location("/Q/0PDNST6BT16Y0S?linkType=gs1:pip", {{"Accept-Language", "en"}}),
            "https://tem.example/Q/0PDNST6BT16Y0S?lang=en");
  EXPECT_EQ(location("/Q/0PDNST6BT16Y0S?linkType=gs1:dpp"), "https://web.example/vn")
      << "found at its product";
  EXPECT_EQ(get("/Q/0PDNST6BT16Y0S?linkType=gs1:review").status, 404);
}

TEST_F(Resolver, ALabelsLinksGoUpToItsProduct) {
  EXPECT_EQ(anchors("/Q/0PDNST6BT16Y0S?linkType=linkset"),
            Anchors({"https://tem.example/Q/0PDNST6BT16Y0S", "https://id.example/01/09521234543213"}));
  gtin.clear();
  EXPECT_EQ(anchors("/Q/0PDNST6BT16Y0S?linkType=all"),
            Anchors({"https://tem.example/Q/0PDNST6BT16Y0S"}));
  EXPECT_EQ(get("/Q/0PDNST6BT16Y2G?linkType=linkset").status / 100, 4) << "never issued";
  down = true;
  EXPECT_EQ(get("/Q/0PDNST6BT16Y0S?linkType=linkset").status, 503);
}

TEST_F(Resolver, AMistypedSerialOfOursIsNoStrangersSerial) {
  EXPECT_EQ(get("/01/09521234543213/21/0PDNST6BT16Y0T").status, 400);
  EXPECT_EQ(location("/01/09521234543213/21/9"), "https://web.example/p#top") << "a stranger's";
}

TEST_F(Resolver, WhatStandsBehindOurSerialHasToHoldToo) {
  EXPECT_EQ(get("/01/09521234543213/21/0PDNST6BT16Y0S?17=301231&lang=en").status, 200);
  EXPECT_EQ(get("/01/09521234543213/21/0PDNST6BT16Y0S?17=301331").status, 400);
  EXPECT_EQ(get("/01/09521234543213/21/0PDNST6BT16Y0S?10=L1").status, 400);
}

TEST_F(Resolver, AnEncodedSlashIsPartOfTheLot) {
  EXPECT_EQ(location("/01/09521234543213/10/L%2f1"), "https://web.example/lot");
  EXPECT_EQ(get("/01/09521234543213/10/L/1").status, 400);
}

TEST_F(Resolver, TheQueryIsHandedOnBeforeAFragment) {
  EXPECT_EQ(location("/01/09521234543213?a=1&b=%2F"), "https://web.example/p?a=1&b=%2F#top");
  EXPECT_EQ(location("/01/09521234543213?linkType=gs1:dpp&context=eu"),
            "https://web.example/dpp?v=1&linkType=gs1:dpp&context=eu");
  EXPECT_EQ(location("/01/09521234543213?linkType=gs1:dpp"), "https://web.example/vn")
      << "fwqs: false, and without a context that for none";
}

TEST_F(Resolver, ADefaultOfSeveralIsTakenOnlyWhereItMeetsAWish) {
  EXPECT_EQ(location("/01/09521234543213", {{"Accept-Language", "en-US,en;q=0.9"}}),
            "https://web.example/en");
  EXPECT_EQ(location("/01/09521234543213", {{"Accept-Language", "vi,*;q=0.2,lo;q=0.3"}}),
            "https://web.example/la");
  for (const char* languages : {"", "vi,*;q=0.1", "de"}) {
    const std::string to = location("/01/09521234543213", {{"Accept-Language", languages},
                                                           {"Accept", "*/*"}});
    EXPECT_EQ(to, "https://web.example/p#top") << languages;
  }
}

TEST_F(Resolver, ALinksetIsGivenOnlyToWhoLikesItBetterThanAPage) {
  const auto status = [&](std::string_view accept) {
    return get("/01/09521234543213", {{"Accept", accept}}).status;
  };
  EXPECT_EQ(status("application/linkset+json"), 200);
  EXPECT_EQ(status("text/html;q=0.5, application/linkset+json"), 200);
  EXPECT_EQ(status("text/html, application/linkset+json"), 307);
  EXPECT_EQ(status("application/linkset+json;q=0"), 307);
  EXPECT_EQ(status("*/*"), 307);
  EXPECT_EQ(get("/Q/0PDNST6BT16Y0S", {{"Accept", "application/linkset+json"}}).content_type,
            linkset_json);
}

TEST_F(Resolver, OwnNamesLeadOnAfterANumberWasObtained) {
  EXPECT_EQ(location("/coop-a/class/chanh-leo"), "https://web.example/p#top");
  EXPECT_EQ(location("/COOP-A/CLASS/CHANH-LEO/BATCH/L26A"), "https://web.example/old");
  EXPECT_EQ(location("/coop-a/class/chanh-leo/batch/L26B"), "https://web.example/new")
      << "the lot keeps its number under the GTIN";
  EXPECT_EQ(location("/coop-a/class/chanh-leo/batch/L26X"), "https://web.example/p#top");
  EXPECT_EQ(location("/coop-a/loc/kho-mot/"), "https://web.example/kho");
  EXPECT_EQ(anchors("/coop-a/class/chanh-leo/batch/L26A?linkType=linkset"),
            Anchors({"https://id.example/coop-a/class/chanh-leo/batch/L26A",
                     "https://id.example/01/09521234543213"}));
  EXPECT_EQ(get("/coop-b/class/chanh-leo").status, 404);
  EXPECT_EQ(get("/coop-a/class/lot").status, 400);
}

TEST_F(Resolver, LinksThatNothingTellsApartAreOfferedInTheFormAskedFor) {
  know(R"({"entries": [{"anchor": "/8004/9521234A1", "itemDescription": "Bò <mẫu>", "links": [
    {"linkType": "gs1:defaultLink", "href": "https://web.example/", "title": "Trang"},
    {"linkType": "gs1:review", "href": "https://web.example/a?b=1&c=2", "title": "Một <b>"},
    {"linkType": "gs1:review", "href": "https://web.example/2", "title": "Hai", "hreflang": ["en"]}]}]})");
  const Response programs = get("/8004/9521234A1?linkType=gs1:review", {{"Accept", "*/*"}});
  EXPECT_EQ(programs.status, 300);
  EXPECT_EQ(programs.content_type, linkset_json);
  const auto items = json::parse(programs.body_view()).at("linkset").as_array();
  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(items[0].at("https://gs1.org/voc/review").as_array().size(), 2U);
  EXPECT_FALSE(items[0].as_object().contains(default_link));
  const Response people =
      get("/8004/9521234A1?linkType=gs1:review", {{"Accept", "text/html,*/*;q=0.8"}});
  EXPECT_EQ(people.status, 300);
  const std::string html(people.body_view());
  EXPECT_NE(html.find("href=\"https://web.example/a?b=1&amp;c=2\""), std::string::npos) << html;
  EXPECT_NE(html.find("Một &lt;b&gt;"), std::string::npos);
  EXPECT_NE(html.find("Bò &lt;mẫu&gt;"), std::string::npos);
  EXPECT_EQ(location("/8004/9521234A1?linkType=gs1:review", {{"Accept-Language", "en"}}),
            "https://web.example/2?linkType=gs1:review");
}

TEST_F(Resolver, NothingKnownIsAPageForPeopleAndAProblemForPrograms) {
  const Response page = get("/01/09521234001881", {{"Accept", "text/html"}});
  EXPECT_EQ(page.status, 404);
  EXPECT_TRUE(page.content_type.starts_with("text/html"));
  const Response problem = get("/00/095212340000000013", {{"Accept", "application/json"}});
  EXPECT_EQ(problem.status, 404);
  EXPECT_EQ(json::parse(problem.body_view()).at("rule"), "resolver.nothing");
  const Response wrong = get("/01/09521234543214", {{"Accept", "application/json"}});
  EXPECT_EQ(wrong.status, 400);
  EXPECT_EQ(json::parse(wrong.body_view()).at("rule"), "resolver.link");
  EXPECT_EQ(ask(Method::put, "/01/09521234543213").status, 405);
  EXPECT_EQ(field(ask(Method::options, "/01/09521234543213"), "Allow"), "GET, HEAD, OPTIONS");
}

TEST_F(Resolver, DescribesItself) {
  const Response response = get("/.well-known/gs1resolver");
  EXPECT_EQ(response.content_type, "application/json");
  const json::value told = json::parse(response.body_view());
  EXPECT_EQ(told.at("resolverRoot"), "https://id.example");
  EXPECT_EQ(told.at("supportedPrimaryKeys").as_array().size(), labels::primary_keys().size());
  know(R"({"entries":[]})");
  EXPECT_EQ(json::parse(get("/.well-known/gs1resolver").body_view()).at("resolverRoot"),
            "https://tem.example");
}

TEST(LanguageWeights, TheMostExactRangeCounts) {
  EXPECT_EQ(language_weight("en-GB;q=0.8, en;q=0.3", "en"), 300);
  EXPECT_EQ(language_weight("en-GB;q=0.8, en;q=0.3", "en-GB"), 800);
  EXPECT_EQ(language_weight("en-GB;q=0.8, *;q=0.1", "en"), 800);
  EXPECT_EQ(language_weight("VI-vn, *;q=0.1", "vi"), 1000);
  EXPECT_EQ(language_weight("vi;q=0, *", "vi"), 0);
  EXPECT_EQ(language_weight("*;q=0.1", "lo"), 100);
  EXPECT_EQ(language_weight("v", "vi"), 0);
  EXPECT_EQ(language_weight("", "vi"), 0);
}

}  // namespace
}  // namespace nguon::server
