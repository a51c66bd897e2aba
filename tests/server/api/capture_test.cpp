#include "tests/server/api/test_api.hpp"

namespace nguon::server {
namespace {

class Capture : public TestApi {};

TEST_F(Capture, APhoneGetsItsOrganisationsProductsAndSites) {
  const Response response = get("/api/orgs/" + small.coop + "/capture");
  ASSERT_EQ(response.status, 200);
  const auto said = body(response);
  EXPECT_EQ(said.at("org").as_string(), small.coop);
  ASSERT_EQ(said.at("products").as_array().size(), 1U);
  EXPECT_EQ(said.at("products").at(0).at("sub").as_string(), small.product);
  EXPECT_FALSE(said.at("products").at(0).at("name").as_string().empty());
  ASSERT_EQ(said.at("sites").as_array().size(), 1U);
  EXPECT_EQ(said.at("sites").at(0).at("sub").as_string(), small.site);
  EXPECT_EQ(said.at("sites").at(0).at("kind").as_string(), "plot");
}

TEST_F(Capture, UnchangedItIsNotSentAgain) {
  const std::string path = "/api/orgs/" + small.coop + "/capture";
  if_none_match = header(get(path), "ETag");
  EXPECT_EQ(get(path).status, 304);
  small.add(small.harvest());
  EXPECT_EQ(get(path).status, 304);
}

TEST_F(Capture, OfWhatIsNoOrganisationNothingIsSaid) {
  for (const std::string& org : {std::string("org:00000000000000000000000000"), small.product,
                                 std::string("x"), std::string("org:%2F")}) {
    EXPECT_EQ(get("/api/orgs/" + org + "/capture").status, 404) << org;
  }
}

}  // namespace
}  // namespace nguon::server
