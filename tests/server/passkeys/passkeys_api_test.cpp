// Passkeys through their routes: the door by HTTP, and that what it opens is exactly what the key's
// own session opens.
#include "schemas/bundle.hpp"
#include "tests/server/api/test_api.hpp"
#include "tests/server/passkeys/authenticator.hpp"

namespace nguon::server {
namespace {

namespace json = boost::json;
using tests::Authenticator;

class PasskeysApi : public TestApi {
 protected:
  PasskeysApi() { host = "nguon.example"; }

  static std::string text(const json::object& object, std::string_view name) {
    return std::string(object.at(name).as_string());
  }
  static std::string rule(const Response& response) { return text(body(response), "rule"); }

  Response add(std::string_view by, const Authenticator& one) {
    enter(by);
    const auto options = body(ask(Method::post, "/api/passkeys/options"));
    const auto answer = one.make(text(options, "challenge"));
    const json::object said{
        {"aud", small.log->deployment_id()},
        {"client_data", ledger::base64url_encode(answer.client_data)},
        {"authenticator_data", ledger::base64url_encode(answer.authenticator_data)},
        {"name", "Máy ở văn phòng"}};
    cookie.clear();
    return ask(Method::post, "/api/passkeys",
               ledger::make_jws(small.people.key(by), passkey_typ, json::serialize(said)),
               "application/jwt");
  }
  json::object assertion(Authenticator& one, const std::string& person) {
    const auto options = body(ask(Method::post, "/api/passkeys/challenge"));
    EXPECT_EQ(text(options, "rpId"), one.host);
    EXPECT_EQ(text(options, "userVerification"), "required");
    const auto used = one.use(text(options, "challenge"), passkeys->user_handle(person));
    const auto octets = [](const std::string& raw) { return ledger::base64url_encode(raw); };
    return {{"id", used.id},
            {"client_data", octets(used.answer.client_data)},
            {"authenticator_data", octets(used.answer.authenticator_data)},
            {"signature", octets(used.signature)},
            {"user_handle", octets(used.user_handle)}};
  }
  Response open(const json::object& said) {
    return ask(Method::post, "/api/passkeys/session", json::serialize(said), "application/json");
  }
  /// An organisation where somebody may have that role (roles.json, `seats`).
  std::string seat_of(std::string_view role) {
    const char* kind = role == "inspector" || role == "lab" ? "lab"
                       : role == "evaluator"                ? "council"
                       : role == "council_chair"            ? "council"
                       : role == "authority"                ? "authority"
                                                            : nullptr;
    if (kind == nullptr) return small.coop;
    return small
        .add(small.people.make("org.create/1")
                 .by("registrar")
                 .starts("org")
                 .data(json::serialize(json::object{{"name", "Tổ chức mẫu"}, {"kind", kind}}))
                 .sign())
        .sub;
  }
  /// From here on asked with a session that a passkey of that person opened.
  void enter_by_passkey(std::string_view name) {
    Authenticator one;
    ASSERT_EQ(add(name, one).status, 201);
    const Response begun = open(assertion(one, small.persons.find(name)->second));
    ASSERT_EQ(begun.status, 201) << begun.body_view();
    cookie = header(begun, "Set-Cookie");
    cookie.resize(cookie.find(';'));
  }
};

TEST_F(PasskeysApi, OneIsMadeListedUsedAndTakenOut) {
  Authenticator one;
  const Response made = add("clerk", one);
  ASSERT_EQ(made.status, 201) << made.body_view();
  EXPECT_EQ(made.cache_control, "no-store");
  EXPECT_EQ(text(body(made), "name"), "Máy ở văn phòng");
  EXPECT_EQ(text(body(made), "host"), "nguon.example");
  EXPECT_FALSE(body(made).contains("jwk"));

  const Response begun = open(assertion(one, small.persons.at("clerk")));
  ASSERT_EQ(begun.status, 201) << begun.body_view();
  const std::string set = header(begun, "Set-Cookie");
  for (const auto* part : {"__Host-nguon=", "; Path=/", "; Secure", "; HttpOnly",
                           "; SameSite=Strict", "; Max-Age=43200"}) {
    EXPECT_NE(set.find(part), std::string::npos) << part << " in " << set;
  }
  cookie = set.substr(0, set.find(';'));
  EXPECT_EQ(text(body(get("/api/session")), "kid"), small.people.key("clerk").kid());
  const auto listed = body(get("/api/passkeys")).at("passkeys").as_array();
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(listed[0].at("used").as_int64(), small.clock.now);

  const std::string told = "/api/rights/people/" + small.persons.at("clerk");
  EXPECT_EQ(body(get(told)).at("passkeys").as_array(), listed);
  EXPECT_NE(get(told + "/page").body_view().find("Máy ở văn phòng"), std::string_view::npos);
  const std::string session = cookie;
  enter("director");
  EXPECT_FALSE(body(get(told)).contains("passkeys")) << "what it is called is its person's alone";
  cookie = session;

  const json::object gone{{"aud", small.log->deployment_id()}, {"remove", listed[0].at("id")}};
  EXPECT_EQ(
      ask(Method::post, "/api/passkeys/removals",
          ledger::make_jws(small.people.key("clerk"), passkey_removal_typ, json::serialize(gone)),
          "application/jwt")
          .status,
      204);
  EXPECT_EQ(get("/api/session").status, 401);
  EXPECT_EQ(get("/api/passkeys").status, 401);
  const Response refused = open(assertion(one, small.persons.at("clerk")));
  EXPECT_EQ(refused.status, 404);
  EXPECT_EQ(rule(refused), "passkey.unknown");
  EXPECT_FALSE(text(body(refused), "vi").empty());
}

TEST_F(PasskeysApi, WhatABrowserIsAskedToMakeOneWith) {
  EXPECT_EQ(ask(Method::post, "/api/passkeys/options").status, 401);
  Authenticator one;
  ASSERT_EQ(add("clerk", one).status, 201);
  enter("clerk");
  const auto options = body(ask(Method::post, "/api/passkeys/options"));
  EXPECT_EQ(text(options, "attestation"), "none");
  EXPECT_EQ(text(options.at("rp").as_object(), "id"), "nguon.example");
  const auto& chosen = options.at("authenticatorSelection").as_object();
  EXPECT_EQ(text(chosen, "residentKey"), "required");
  EXPECT_EQ(text(chosen, "userVerification"), "required");
  EXPECT_EQ(options.at("pubKeyCredParams"),
            json::parse(R"([{"type":"public-key","alg":-7},{"type":"public-key","alg":-8}])"));
  EXPECT_EQ(text(options.at("excludeCredentials").at(0).as_object(), "id"),
            ledger::base64url_encode(one.id));
  const auto handle = ledger::base64url_decode(options.at("user").at("id").as_string());
  EXPECT_EQ(handle, passkeys->user_handle(small.persons.at("clerk")));
  EXPECT_EQ(handle->find("person"), std::string::npos);
}

TEST_F(PasskeysApi, TheHostIsOursAndTheBrowsersPageIsOfIt) {
  const auto status = [&](const char* named) {
    host = named;
    return ask(Method::post, "/api/passkeys/challenge").status;
  };
  EXPECT_EQ(status("nguon.example"), 200);
  EXPECT_EQ(status("nguon.example:8443"), 200);
  EXPECT_EQ(status("localhost:8080"), 200);
  for (const char* named : {"evil.example", "192.0.2.7", "nguon.example.evil.example",
                            "nguon.example:", "nguon.example:x"}) {
    EXPECT_EQ(status(named), 400) << named;
  }
  host = "localhost:8080";
  Authenticator here;
  here.host = "localhost";
  here.origin = "http://localhost:8080";
  EXPECT_EQ(add("clerk", here).status, 201);
  here.origin = "http://localhost:8081";
  EXPECT_EQ(rule(open(assertion(here, small.persons.at("clerk")))), "passkey.origin");
  here.origin = "http://localhost:8080";
  const auto said = assertion(here, small.persons.at("clerk"));
  host = "nguon.example";
  EXPECT_EQ(rule(open(said)), "passkey.origin");
  host = "localhost:8080";
  EXPECT_EQ(open(said).status, 201);
}

TEST_F(PasskeysApi, NonsenseOpensNothing) {
  Authenticator one;
  ASSERT_EQ(add("clerk", one).status, 201);
  const auto good = assertion(one, small.persons.at("clerk"));
  for (const auto& [name, value] : good) {
    auto said = good;
    said[name] = 1;
    EXPECT_EQ(rule(open(said)), "passkey.body") << name;
    said[name] = "=";
    EXPECT_EQ(rule(open(said)), "passkey.body") << name;
    said.erase(name);
    EXPECT_EQ(rule(open(said)), "passkey.body") << name;
  }
  auto more = good;
  more["more"] = "";
  EXPECT_EQ(rule(open(more)), "passkey.body");
  EXPECT_EQ(ask(Method::post, "/api/passkeys/session", "x", "application/json").status, 400);
  EXPECT_EQ(ask(Method::post, "/api/passkeys", "x", "application/jwt").status, 400);
  EXPECT_EQ(open(good).status, 201);
}

TEST_F(PasskeysApi, EachRoleReadsByPasskeyExactlyWhatItReadsByItsKey) {
  const auto joined =
      small.add(small.people.make("member.add/1")
                    .by("clerk")
                    .starts("person")
                    .data(R"({"org":")" + small.coop +
                          R"(","kind":"member","name":"Lò Thị Mẫu","phone":"0912345678"})")
                    .sign());
  const auto harvest = small.add(small.harvest());
  std::size_t asked = 0, seen = 0;
  for (const auto& role : small.people.bundle().roles().roles()) {
    // The operator's own roles have a seat with it alone; the registrar's is asked below.
    if (role == "operator" || role == "registrar" || role == "service") continue;
    const std::string name = "one who is " + role;
    small.enrol("registrar", name, role, seat_of(role));
    for (const auto& entry : {joined.id, harvest.id}) {
      enter(name);
      const auto by_key = body(get("/api/private/" + entry)).at("values").as_object();
      cookie.clear();
      enter_by_passkey(name);
      const auto by_passkey = body(get("/api/private/" + entry)).at("values").as_object();
      EXPECT_EQ(by_passkey, by_key) << role;
      ++asked;
      seen += by_key.size();
    }
  }
  EXPECT_GT(asked, 15U);
  EXPECT_GT(seen, 5U) << "somebody reads something";

  // The values' own person, and a registrar, who reads none of these.
  const auto read_by = [&](const char* name) {
    cookie.clear();
    enter_by_passkey(name);
    return body(get("/api/private/" + harvest.id)).at("values").as_object().size();
  };
  EXPECT_EQ(read_by("member"), 1U);
  EXPECT_EQ(read_by("registrar"), 0U);
}

}  // namespace
}  // namespace nguon::server
