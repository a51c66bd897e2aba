// A GTIN that the log knows and no file speaks of: our own page in place, in every form asked for; it
// vouches for no pack and no lot.
#include "server/resolver/linkset.hpp"
#include "tests/server/resolver/resolver_world.hpp"

#include <boost/json/parse.hpp>

namespace nguon::server {
namespace {

namespace json = boost::json;

constexpr std::pair<std::string_view, std::string_view> person{"Accept", "text/html,*/*;q=0.8"};

class ProductPage : public testing::Test, public ResolverWorld {
 protected:
  std::string html(std::string_view target, int status = 200) {
    const Response response = get(target, {person});
    EXPECT_EQ(response.status, status) << target;
    EXPECT_EQ(response.content_type, "text/html; charset=utf-8") << target;
    return std::string(response.body_view());
  }
  static bool says(const std::string& html, std::string_view words) {
    return html.find(words) != std::string::npos;
  }
  json::value linkset_of(std::string_view target) {
    const Response response = get(target, {{"Accept", linkset_json}});
    EXPECT_EQ(response.status, 200) << target;
    EXPECT_EQ(response.content_type, linkset_json) << target;
    return json::parse(response.body_view()).at("linkset");
  }
};

TEST_F(ProductPage, NamesTheProductInBothLanguagesAndAsksForTheSerial) {
  const std::string page = html("/01/09521234001010");
  for (const char* words :
       {"Chanh leo tím Mai Sơn", "<p class=\"soft\" lang=\"en\">Mai Sơn purple passion fruit</p>",
        "Hợp tác xã Nông nghiệp Sương Mai", "xã Mai Sơn, tỉnh Sơn La", "09521234001010", "500 g, 1 kg, 5 kg",
        "<form action=\"/tra\"", "không nói về gói hàng trên tay"}) {
    EXPECT_TRUE(says(page, words)) << words;
  }
  EXPECT_LE(page.size(), 13U * 1024) << "before compression";
  const std::string english = html("/01/09521234001010?lang=en");
  EXPECT_TRUE(says(english, "<h2>Mai Sơn purple passion fruit</h2>"));
  EXPECT_TRUE(says(english, "lang=\"vi\">Chanh leo tím Mai Sơn</p>"));
  EXPECT_TRUE(says(english, "name=\"lang\" value=\"en\""));
}

TEST_F(ProductPage, BearsNoVerdict) {
  const std::string page = html("/01/09521234001010");
  EXPECT_TRUE(says(page, "<div class=\"verdict plain\">"));
  EXPECT_FALSE(says(page, "Tem hợp lệ"));
}

TEST_F(ProductPage, ALotGoesUpToItsProductAndIsNotAnsweredFor) {
  const std::string page = html("/01/09521234001010/10/CL-2611");
  EXPECT_TRUE(says(page, "Mã vừa mở có ghi lô CL-2611."));
  EXPECT_TRUE(says(page, "href=\"/01/09521234001010/10/CL-2611?lang=en\""));
  EXPECT_FALSE(says(html("/01/09521234001010"), "có ghi lô"));
  const std::string odd = html("/01/09521234001010/10/A%2F%3Cb%3E");
  EXPECT_TRUE(says(odd, "có ghi lô A/&lt;b&gt;.")) << "as it was printed, escaped";
  EXPECT_TRUE(says(odd, "href=\"/01/09521234001010?lang=en\"")) << "no escape within an escape";
}

TEST_F(ProductPage, IsOneDefaultLinkWithAllOthersNamed) {
  const Response page = get("/01/09521234001010/10/CL-2611?linkType=gs1:defaultLink", {person});
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(field(page, "Link"),
            "<https://tem.example/01/09521234001010/10/CL-2611?linkType=linkset>; rel=\"linkset\"; "
            "type=\"application/linkset+json\"");
  EXPECT_EQ(field(page, "Vary"), "Accept, Accept-Language");
  const json::value set = linkset_of("/01/09521234001010/10/CL-2611");
  ASSERT_EQ(set.as_array().size(), 1U);
  EXPECT_EQ(set.at(0).at("anchor"), "https://tem.example/01/09521234001010");
  EXPECT_EQ(set.at(0).at(default_link).at(0).at("href"), "https://tem.example/01/09521234001010");
  EXPECT_EQ(set.at(0).at("https://gs1.org/voc/pip").as_array().size(), 3U);
  const Response english =
      get("/01/09521234001010?linkType=gs1:pip", {{"Accept-Language", "en"}});
  EXPECT_EQ(english.status, 307);
  EXPECT_EQ(field(english, "Location"), "https://tem.example/01/09521234001010?lang=en");
  EXPECT_EQ(get("/01/09521234001010?linkType=gs1:review").status, 404);
}

TEST_F(ProductPage, IsToldToMachinesByTheSameRules) {
  const Response answer = get("/01/09521234001010", {{"Accept", "application/ld+json"}});
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.content_type, "application/ld+json");
  const json::value told = json::parse(answer.body_view());
  EXPECT_EQ(told.at("gs1:gtin"), "09521234001010");
  EXPECT_EQ(told.at("name").at(1).at("@language"), "en");
  EXPECT_EQ(told.at("@id"), "https://tem.example/01/09521234001010");
  for (const auto& one : told.at("additionalProperty").as_array()) {
    EXPECT_NE(one.at("propertyID"), "label-verdict");
  }
}

TEST_F(ProductPage, TheFilesLinksComeFirst) {
  know(R"({"entries": [{"anchor": "/01/09521234001010/10/L1", "itemDescription": "Lô", "links": [
    {"linkType": "gs1:defaultLink", "href": "https://web.example/lot", "title": "Lô"}]}]})");
  EXPECT_EQ(get("/01/09521234001010/10/L1", {person}).status, 307);
  EXPECT_EQ(linkset_of("/01/09521234001010/10/L1").as_array().size(), 2U) << "and the product after it";
  EXPECT_EQ(get("/01/09521234001010/10/L2", {person}).status, 200);
  know(R"({"entries": [{"anchor": "/01/09521234001010", "itemDescription": "Chanh leo", "links": [
    {"linkType": "gs1:defaultLink", "href": "https://web.example/p", "title": "Trang"}]}]})");
  EXPECT_EQ(get("/01/09521234001010", {person}).status, 307);
}

TEST_F(ProductPage, AnOwnNameWithAGtinLeadsThere) {
  know(R"({"entries": [{"anchor": "/coop-a/class/chanh-leo", "itemDescription": "Chanh leo",
    "sameAs": "/01/09521234001010"}]})");
  EXPECT_TRUE(says(html("/coop-a/class/chanh-leo"), "Chanh leo tím Mai Sơn"));
  EXPECT_TRUE(says(html("/coop-a/class/chanh-leo/batch/L26A"), "có ghi lô L26A"));
}

TEST_F(ProductPage, ALabelsLinksGoUpToIt) {
  gtin = our_gtin;
  const json::value set = linkset_of("/Q/0PDNST6BT16Y0S");
  ASSERT_EQ(set.as_array().size(), 2U);
  EXPECT_EQ(set.at(1).at("anchor"), "https://tem.example/01/09521234001010");
}

TEST_F(ProductPage, ASerialThatIsNotOursIsAnsweredByNobody) {
  EXPECT_EQ(get("/01/09521234001010/21/ABC", {person}).status, 404)
      << "a product's page there would read as a yes";
}

TEST_F(ProductPage, AnUnknownGtinIsToldSoWithAWayOn) {
  const std::string page = html("/01/09521234543213", 404);
  EXPECT_TRUE(says(page, "Chúng tôi không biết mã hàng này"));
  EXPECT_TRUE(says(page, "09521234543213"));
  EXPECT_TRUE(says(page, "<form action=\"/tra\""));
  const Response programs = get("/01/09521234543213", {{"Accept", "application/json"}});
  EXPECT_EQ(programs.status, 404);
  EXPECT_EQ(json::parse(programs.body_view()).at("rule"), "resolver.nothing");
}

TEST_F(ProductPage, WhileTheStoreIsDownTheFileStillAnswers) {
  know(R"({"entries": [{"anchor": "/01/09521234001010/10/L1", "itemDescription": "Lô", "links": [
    {"linkType": "gs1:defaultLink", "href": "https://web.example/lot", "title": "Lô"}]}]})");
  down = true;
  EXPECT_EQ(get("/01/09521234001010/10/L1", {person}).status, 307);
  const Response page = get("/01/09521234001010", {person});
  EXPECT_EQ(page.status, 503);
  EXPECT_EQ(field(page, "Retry-After"), "60");
  EXPECT_TRUE(page.content_type.starts_with("text/html"));
  EXPECT_EQ(get("/01/09521234001010").status, 503);
}

}  // namespace
}  // namespace nguon::server
