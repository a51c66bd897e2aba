// The request desk through its routes: who may ask, who answers, by when; all that is held on a
// person; erasure as far as the law lets it.
#include "ledger/entry/jws.hpp"
#include "ledger/trace/opened.hpp"
#include "tests/server/api/test_api.hpp"
#include "tests/support/files.hpp"

#include <boost/json/serialize.hpp>

namespace nguon::server {
namespace {

namespace json = boost::json;

constexpr std::string_view words = "số điện thoại của tôi đã đổi";

class RightsApi : public TestApi {
 protected:
  RightsApi() {
    person = small.persons.at("member");
    said(
        "clerk", "member.add/1",
        {{"org", small.coop}, {"kind", "member"}, {"name", "Lò Thị Mẫu"}, {"phone", "0912345678"}});
  }
  /// An entry about the person.
  ledger::MadeEntry made(std::string_view by, std::string_view type, const json::object& data) {
    const auto history = *small.log->history(person, 0, 100);
    const auto newest = *ledger::trace::open_leaf(*small.log->leaf(history.back()));
    return small.people.make(type)
        .by(by)
        .continues(person, newest.logged.id)
        .data(json::serialize(data))
        .sign();
  }
  std::string said(std::string_view by, std::string_view type, const json::object& data) {
    return small.add(made(by, type, data)).id;
  }
  std::string request(std::string_view by, std::string_view what, json::object more = {}) {
    json::object payload{{"aud", small.log->deployment_id()},
                         {"person", person},
                         {"org", small.coop},
                         {"what", what},
                         {"at", 1'790'000'000 + asked++}};
    for (const auto& [name, value] : more) payload[name] = value;
    return ledger::make_jws(small.people.key(by), rights_request_typ, json::serialize(payload));
  }
  std::string answer(std::string_view by, const std::string& id, std::string_view state,
                     std::string_view text = {}) {
    json::object payload{{"aud", small.log->deployment_id()},
                         {"request", id},
                         {"state", state},
                         {"at", 1'790'000'000 + asked++}};
    if (!text.empty()) payload["text"] = text;
    return ledger::make_jws(small.people.key(by), rights_answer_typ, json::serialize(payload));
  }
  Response ask_for(const std::string& jws) {
    return ask(Method::post, "/api/rights/requests", jws, "application/jwt");
  }
  Response step(const std::string& jws) {
    return ask(Method::post, "/api/rights/answers", jws, "application/jwt");
  }
  static std::string text(const json::object& object, std::string_view name) {
    return std::string(object.at(name).as_string());
  }
  static std::string rule(const Response& response) { return text(body(response), "rule"); }
  /// The session cookie of that person's key.
  void read_as(std::string_view name) {
    const auto begun = sessions.begin(
        ledger::make_jws(small.people.key(name), session_typ,
                         json::serialize(json::object{{"aud", small.log->deployment_id()},
                                                      {"nonce", sessions.challenge()}})));
    cookie = "__Host-nguon=" + begun.value().token;
  }
  json::array requests_of(std::string_view name) {
    read_as(name);
    return body(get("/api/rights/requests")).at("requests").as_array();
  }
  Response erase(const ledger::MadeEntry& entry) {
    return ask(Method::post, "/api/rights/erasures", entry.sd_jwt, "application/sd-jwt");
  }
  json::array held() {
    read_as("member");
    return body(get("/api/rights/people/" + person + "/erasure")).at("values").as_array();
  }

  std::string person;
  int asked = 0;
};

TEST_F(RightsApi, AMemberAsksAndTheOfficeAnswersInTime) {
  const auto jws = request("member", "correct", {{"text", words}});
  const auto first = ask_for(jws);
  ASSERT_EQ(first.status, 201) << first.body_view();
  const auto told = body(first);
  const auto id = text(told, "id");
  EXPECT_EQ(text(told, "state"), "received");
  // Received on Monday 2026-09-21 in Vietnam.
  EXPECT_EQ(text(told, "acknowledge_by"), "2026-09-23");
  EXPECT_EQ(text(told, "answer_by"), "2026-10-01");
  EXPECT_EQ(text(told, "overdue"), "");
  EXPECT_EQ(body(ask_for(jws)), told) << "the same again is the same";

  small.clock.now += 3LL * 86'400'000;
  EXPECT_EQ(text(requests_of("clerk").at(0).as_object(), "overdue"), "acknowledge");
  EXPECT_EQ(step(answer("clerk", id, "acknowledged")).status, 200);
  EXPECT_EQ(text(requests_of("clerk").at(0).as_object(), "overdue"), "");
  EXPECT_EQ(rule(step(answer("clerk", id, "acknowledged"))), "rights.order");
  EXPECT_EQ(rule(step(answer("clerk", id, "extended"))), "rights.answer") << "without a reason";
  EXPECT_EQ(step(answer("clerk", id, "extended", "cần xác minh")).status, 200);
  EXPECT_EQ(rule(step(answer("clerk", id, "extended", "nữa"))), "rights.extended");
  EXPECT_EQ(text(requests_of("member").at(0).as_object(), "answer_by"), "2026-10-11");
  small.clock.now += 20LL * 86'400'000;
  EXPECT_EQ(text(requests_of("director").at(0).as_object(), "overdue"), "answer");
  const auto done = body(step(answer("director", id, "done", "đã sửa")));
  EXPECT_EQ(text(done, "state"), "done");
  EXPECT_EQ(text(done, "overdue"), "");
  EXPECT_EQ(done.at("steps").as_array().size(), 3U);
  EXPECT_EQ(text(done.at("steps").at(2).at("by").as_object(), "person"),
            small.persons.at("director"));
  EXPECT_EQ(rule(step(answer("clerk", id, "refused", "muộn"))), "rights.closed");
}

TEST_F(RightsApi, OnlyThatPersonOrItsOfficeAsksAndOnlyOthersAnswer) {
  small.enrol("clerk", "neighbour", "member", small.coop);
  small.enrol("director", "packer", "packer", small.coop);
  EXPECT_EQ(ask_for(request("clerk", "see")).status, 201) << "asked by word at the office";
  for (const char* by : {"neighbour", "packer", "registrar", "a stranger"}) {
    EXPECT_EQ(rule(ask_for(request(by, "see"))), "rights.signer") << by;
  }
  EXPECT_EQ(rule(ask_for(request("member", "see", {{"org", small.people.genesis().sub}}))),
            "rights.person");
  EXPECT_EQ(rule(ask_for(request("member", "sell"))), "rights.request");
  EXPECT_EQ(rule(ask_for(request("member", "see", {{"more", 1}}))), "rights.request");
  EXPECT_EQ(rule(ask_for(request("member", "see", {{"aud", "x"}}))), "rights.aud");
  auto forged = request("member", "see");
  const auto other = request("clerk", "see");
  forged.replace(forged.rfind('.'), std::string::npos, other.substr(other.rfind('.')));
  EXPECT_EQ(rule(ask_for(forged)), "jws.signature");

  const auto id = text(body(ask_for(request("member", "withdraw"))), "id");
  for (const char* by : {"neighbour", "packer", "member"}) {
    EXPECT_EQ(rule(step(answer(by, id, "done"))), "rights.unknown") << by;
  }
  EXPECT_EQ(rule(step(answer("clerk", id, "taken_back"))), "rights.unknown");
  EXPECT_EQ(text(body(step(answer("member", id, "taken_back"))), "state"), "taken_back");
  EXPECT_EQ(rule(step(answer("clerk", std::string(43, 'A'), "done"))), "rights.unknown");
}

TEST_F(RightsApi, EachReaderSeesItsOwnAndAComplaintIsNotTheClerksToOpen) {
  small.enrol("clerk", "neighbour", "member", small.coop);
  ask_for(request("member", "complain", {{"text", "văn phòng không trả lời"}}));
  ask_for(request("member", "see"));
  const auto count = [&](std::string_view name) { return requests_of(name).size(); };
  EXPECT_EQ(count("member"), 2U);
  EXPECT_EQ(count("director"), 2U);
  EXPECT_EQ(count("registrar"), 2U);
  EXPECT_EQ(count("clerk"), 1U);
  EXPECT_EQ(count("neighbour"), 0U);
  cookie.clear();
  EXPECT_EQ(get("/api/rights/requests").status, 401);
}

TEST_F(RightsApi, NobodyKeepsMoreThanTwentyOpen) {
  for (int i = 0; i < 20; ++i) ASSERT_EQ(ask_for(request("member", "see")).status, 201);
  EXPECT_EQ(rule(ask_for(request("member", "see"))), "rights.full");
}

TEST_F(RightsApi, WhatWasAskedOutlivesARestartAndItsWordsEndWithThePerson) {
  const auto id = text(body(ask_for(request("member", "correct", {{"text", words}}))), "id");
  step(answer("clerk", id, "refused", "đã sửa rồi"));
  const std::string file = small.directory / "rights.notebook";
  const auto again = [&] {
    return RightsDesk::open(file, *small.log, small.clock)
        .value()
        ->list({"kid", person, small.coop, {"member"}})
        .value();
  };
  const auto before = requests_of("member");
  EXPECT_EQ(again(), before);
  EXPECT_EQ(text(before.at(0).as_object(), "text"), words);

  read_as("member");
  said("member", "erase/1", {{"scope", "person"}, {"reason", "request"}});
  const auto after = body(get("/api/rights/requests")).at("requests").as_array();
  EXPECT_EQ(text(after.at(0).as_object(), "text"), "");
  EXPECT_EQ(text(after.at(0).as_object(), "state"), "refused");
  EXPECT_EQ(again(), after);
  const std::string octets = tests::read_file(file);
  EXPECT_EQ(octets.find("jws"), std::string::npos);
}

TEST_F(RightsApi, MyDataIsEverythingThatTheReaderMayRead) {
  const auto harvest = small.add(small.harvest());
  said("member", "member.consent/1",
       {{"org", small.coop}, {"purpose", "name_on_page"}, {"given", true}});
  ask_for(request("member", "see", {{"text", words}}));
  read_as("member");
  const auto mine = body(get("/api/rights/people/" + person));
  EXPECT_EQ(mine.at("memberships").as_array().size(), 1U);
  EXPECT_EQ(mine.at("consents").at(0).at("purpose").as_string(), "name_on_page");
  EXPECT_EQ(mine.at("keys").at(0).at("kid").as_string(), small.people.key("member").kid());
  EXPECT_EQ(mine.at("requests").at(0).at("text").as_string(), words);
  // Enrolled, entered as a member, the harvest, the consent.
  const auto& entries = mine.at("entries").as_array();
  ASSERT_EQ(entries.size(), 4U);
  EXPECT_EQ(entries.at(1).at("private").at("/phone").as_string(), "0912345678");
  EXPECT_EQ(entries.at(2).at("id").as_string(), harvest.id);
  EXPECT_EQ(entries.at(2).at("private").at("/note").as_string(), "hái buổi sáng");

  const auto page = get("/api/rights/people/" + person + "/page");
  EXPECT_EQ(page.content_type, "text/html; charset=utf-8");
  EXPECT_EQ(page.cache_control, "no-store");
  for (const auto shown : {"Lò Thị Mẫu", "0912345678", "hái buổi sáng", "name_on_page"}) {
    EXPECT_NE(page.body_view().find(shown), std::string_view::npos) << shown;
  }
  EXPECT_EQ(page.body_view().find("_sd"), std::string_view::npos);

  small.enrol("clerk", "neighbour", "member", small.coop);
  for (const char* other : {"neighbour", "registrar"}) {
    read_as(other);
    EXPECT_EQ(rule(get("/api/rights/people/" + person)), "rights.reader") << other;
    EXPECT_EQ(rule(get("/api/rights/people/" + person + "/erasure")), "rights.reader") << other;
  }
  read_as("clerk");
  EXPECT_EQ(get("/api/rights/people/" + person).status, 200);
  EXPECT_EQ(get("/api/rights/people/" + tests::some_subject("person")).status, 404);
}

TEST_F(RightsApi, ErasureIsRefusedWithTheLawAndTheDayWhereOneDemandsKeeping) {
  // Fresh goods, delivered on 2026-09-10: the supplier's name is kept for six months.
  small.add(small.harvest());
  const auto values = held();
  ASSERT_EQ(values.size(), 3U);
  std::string stated;
  for (const auto& value : values) {
    const bool name = value.at("slot").as_string() == "/name";
    EXPECT_EQ(value.as_object().contains("law"), name) << value.at("slot");
    if (!name) continue;
    EXPECT_EQ(value.at("until").as_string(), "2027-03-10");
    stated = value.at("entry").as_string();
  }
  const auto refused =
      erase(made("member", "erase/1", {{"scope", "person"}, {"reason", "request"}}));
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(rule(refused), "rights.keep");
  EXPECT_NE(text(body(refused), "detail").find("17/2021/TT-BNNPTNT; until 2027-03-10"),
            std::string::npos);
  const auto value = [&](std::string_view slot) {
    return made("clerk", "erase/1",
                {{"scope", "value"}, {"entry", stated}, {"slot", slot}, {"reason", "request"}});
  };
  EXPECT_EQ(rule(erase(value("/name"))), "rights.keep");
  const auto id = text(body(ask_for(request("member", "erase"))), "id");
  EXPECT_EQ(rule(step(answer("clerk", id, "done"))), "rights.remains");
  EXPECT_EQ(erase(value("/phone")).status, 201);
  EXPECT_EQ(held().size(), 2U);

  // The day after, nothing demands it any more.
  small.clock.now = 1'804'784'400'000;
  const auto all = made("member", "erase/1", {{"scope", "person"}, {"reason", "request"}});
  EXPECT_EQ(erase(all).status, 201);
  EXPECT_TRUE(held().empty());
  EXPECT_EQ(step(answer("clerk", id, "done")).status, 200);
}

TEST_F(RightsApi, NothingIsToldOfAnErasureThatItsKeyDidNotSign) {
  small.add(small.harvest());
  auto forged = made("member", "erase/1", {{"scope", "person"}, {"reason", "request"}});
  const auto other = made("clerk", "erase/1", {{"scope", "person"}, {"reason", "request"}});
  const auto signature = [](const std::string& text) {
    const auto end = text.find('~');
    return text.substr(text.rfind('.', end), end - text.rfind('.', end));
  };
  forged.sd_jwt.replace(forged.sd_jwt.find(signature(forged.sd_jwt)),
                        signature(forged.sd_jwt).size(), signature(other.sd_jwt));
  EXPECT_EQ(rule(erase(forged)), "jws.signature");
  EXPECT_EQ(
      rule(erase(made("a stranger", "erase/1", {{"scope", "person"}, {"reason", "request"}}))),
      "rights.signer");
  EXPECT_EQ(rule(erase(small.harvest())), "rights.erasure");
}

}  // namespace
}  // namespace nguon::server
