#include "server/api/enrolments.hpp"

#include "ledger/entry/jws.hpp"
#include "tests/server/api/test_api.hpp"

#include <boost/json/serialize.hpp>

namespace nguon::server {
namespace {

namespace json = boost::json;

class Enrolments : public TestApi {
 protected:
  Enrolments() {
    const json::object said{{"aud", small.log->deployment_id()},
                            {"code", "0123456789ABCDEF"},
                            {"name", "Người Mẫu"},
                            {"org", small.coop},
                            {"person", person},
                            {"roles", json::array{"member"}},
                            {"until", small.clock.now / 1000 + 600}};
    invitation = ledger::make_jws(small.people.key("clerk"), invitation_typ, json::serialize(said));
  }
  Response post(const std::string& path, const std::string& octets) {
    return ask(Method::post, "/api/enrolments" + path, octets, "application/json");
  }
  std::string offer() const {
    const json::object said{{"aud", small.log->deployment_id()},
                            {"person", person},
                            {"org", small.coop},
                            {"code", "0123456789ABCDEF"}};
    return json::serialize(json::object{
        {"code", "0123-4567-89ab-cdef"},
        {"jwk", json::parse(phone.public_key().jwk())},
        {"proof", ledger::make_jws(phone, ledger::enrolment_typ, json::serialize(said))}});
  }

  const std::string person = "person:0123456789ABCDEFGHJKMNPQR0";
  const ledger::PrivateKey phone = ledger::PrivateKey::generate(ledger::Alg::es256);
  std::string invitation;
};

TEST_F(Enrolments, CarryAKeyFromThePhoneToTheOffice) {
  const Response made = post("", invitation);
  ASSERT_EQ(made.status, 201) << made.body_view();
  EXPECT_EQ(made.cache_control, "no-store");
  const std::string id(body(made).at("id").as_string());
  EXPECT_FALSE(body(get("/api/enrolments/" + id)).contains("offer"));

  const auto shown = body(post("/open", R"({"code":"0123 4567 89ab cdef"})"));
  EXPECT_EQ(shown.at("name").as_string(), "Người Mẫu");
  EXPECT_EQ(shown.at("org").as_string(), small.coop);
  EXPECT_FALSE(shown.at("org_name").as_string().empty());
  EXPECT_EQ(shown.at("vkey").as_string(), small.log->log_vkey());
  EXPECT_FALSE(shown.contains("kid"));

  const Response offered = post("/offer", offer());
  ASSERT_EQ(offered.status, 200) << offered.body_view();
  const auto seen = body(get("/api/enrolments/" + id)).at("offer").as_object();
  EXPECT_EQ(seen.at("kid").as_string(), phone.kid());
  EXPECT_EQ(json::serialize(seen.at("jwk")), phone.public_key().jwk());
  EXPECT_EQ(body(post("/open", R"({"code":"0123456789ABCDEF"})")).at("kid").as_string(),
            phone.kid());

  EXPECT_EQ(ask(Method::del, "/api/enrolments/" + id).status, 204);
  EXPECT_EQ(get("/api/enrolments/" + id).status, 404);
  EXPECT_EQ(post("/open", R"({"code":"0123456789ABCDEF"})").status, 404);
}

TEST_F(Enrolments, WhatIsWrongIsSaidAndChangesNothing) {
  EXPECT_EQ(post("", "x").status, 400);
  EXPECT_EQ(post("", std::string(5000, 'x')).status, 400);
  EXPECT_EQ(post("/offer", offer()).status, 404);
  ASSERT_EQ(post("", invitation).status, 201);
  for (const auto* text : {"", "{", "[]", "{}", R"({"code":7})", R"({"code":"x","more":1})"}) {
    EXPECT_EQ(post("/open", text).status, 400) << text;
    EXPECT_EQ(post("/offer", text).status, 400) << text;
  }
  EXPECT_EQ(post("/open", R"({"code":"never given out"})").status, 404);
  EXPECT_EQ(get("/api/enrolments/x").status, 404);
  EXPECT_EQ(ask(Method::del, "/api/enrolments/x").status, 404);
  const Response refused = post("/offer", R"({"code":"0123456789ABCDEF","jwk":{},"proof":"x"})");
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(body(refused).at("rule").as_string(), "key.jwk");
}

}  // namespace
}  // namespace nguon::server
