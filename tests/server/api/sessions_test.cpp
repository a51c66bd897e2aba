#include "server/api/sessions.hpp"

#include "ledger/entry/jws.hpp"
#include "tests/server/api/test_api.hpp"

#include <boost/json/serialize.hpp>

namespace nguon::server {
namespace {

class Sessions : public TestApi {
 protected:
  Response begin(std::string_view by) {
    const auto nonce = body(ask(Method::post, "/api/session/challenge")).at("nonce");
    const boost::json::object said{{"aud", small.log->deployment_id()}, {"nonce", nonce}};
    return ask(Method::post, "/api/session",
               ledger::make_jws(small.people.key(by), session_typ, boost::json::serialize(said)),
               "application/jwt");
  }
  /// What a browser sends back of a Set-Cookie.
  static std::string pair_of(const std::string& set) { return set.substr(0, set.find(';')); }
};

TEST_F(Sessions, ACookieThatNoOtherSiteAndNoScriptCanUse) {
  const Response begun = begin("member");
  ASSERT_EQ(begun.status, 201) << begun.body_view();
  EXPECT_EQ(begun.cache_control, "no-store");
  const std::string set = header(begun, "Set-Cookie");
  for (const auto* part : {"__Host-nguon=", "; Path=/", "; Secure", "; HttpOnly",
                           "; SameSite=Strict", "; Max-Age=43200"}) {
    EXPECT_NE(set.find(part), std::string::npos) << part << " in " << set;
  }
  EXPECT_EQ(get("/api/session").status, 401);
  cookie = "a=b; " + pair_of(set) + "; c=d";
  EXPECT_EQ(body(get("/api/session")).at("person").as_string(), small.persons.at("member"));
  const Response ended = ask(Method::del, "/api/session");
  EXPECT_EQ(ended.status, 204);
  EXPECT_NE(header(ended, "Set-Cookie").find("Max-Age=0"), std::string::npos);
  EXPECT_EQ(get("/api/session").status, 401);
}

TEST_F(Sessions, PrivateValuesAreForWhomTheyAre) {
  const auto made = small.add(small.harvest());
  const std::string path = "/api/private/" + made.id;
  EXPECT_EQ(get(path).status, 401);
  cookie = pair_of(header(begin("member"), "Set-Cookie"));
  const Response shown = get(path);
  EXPECT_EQ(shown.cache_control, "no-store");
  EXPECT_EQ(body(shown).at("values").at("/note").as_string(), "hái buổi sáng");
  EXPECT_EQ(get("/api/private/" + std::string(43, 'A')).status, 404);
  cookie = pair_of(header(begin("registrar"), "Set-Cookie"));
  EXPECT_TRUE(body(get(path)).at("values").as_object().empty());
}

TEST_F(Sessions, NonsenseOpensNothing) {
  EXPECT_EQ(ask(Method::post, "/api/session", "x", "application/jwt").status, 400);
  for (const auto* value :
       {"", "__Host-nguon", "__Host-nguon=", "__Host-nguon=x", "nguon=x; ;=;"}) {
    cookie = value;
    EXPECT_EQ(get("/api/session").status, 401) << value;
  }
}

}  // namespace
}  // namespace nguon::server
