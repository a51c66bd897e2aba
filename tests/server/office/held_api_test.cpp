#include "server/api/held.hpp"
#include "tests/server/api/test_api.hpp"

#include <set>

namespace nguon::server {
namespace {

namespace json = boost::json;

class HeldApi : public TestApi {
 protected:
  HeldApi() {
    small.add(small.revocation("member"));
    other = small
                .add(small.people.make("org.create/1")
                         .by("registrar")
                         .starts("org")
                         .data(R"({"kind":"cooperative","name":"HTX bên cạnh"})")
                         .sign())
                .sub;
    small.enrol("registrar", "stranger", "clerk", other);
  }
  ledger::MadeEntry hold(std::string_view amount = "12") {
    auto made = small.harvest(amount);
    EXPECT_EQ(small.submit(made).kind, ledger::Outcome::Kind::held);
    return made;
  }
  json::array rows(const std::string& target = "/api/office/held") {
    return body(get(target)).at("rows").as_array();
  }
  std::string other;
};

TEST_F(HeldApi, ShowsTheOfficeWhatItMayAdoptAndWhatItSays) {
  const auto made = hold();
  EXPECT_EQ(get("/api/office/held").status, 401);
  enter("clerk");
  const auto response = get("/api/office/held");
  EXPECT_EQ(response.cache_control, "no-store");
  ASSERT_EQ(rows().size(), 1U);
  const auto row = rows()[0].as_object();
  EXPECT_EQ(row.at("id").as_string(), made.id);
  EXPECT_EQ(row.at("person").as_string(), small.persons.at("member"));
  EXPECT_EQ(row.at("org").as_string(), small.coop);
  EXPECT_EQ(row.at("entry").as_string(), made.jws);
  EXPECT_EQ(row.at("values").at("/note").as_string(), "hái buổi sáng");
  EXPECT_FALSE(body(response).contains("next"));
}

TEST_F(HeldApi, NobodyElseSeesItAndTheRegistrarNoPrivateValue) {
  hold();
  enter("stranger");
  EXPECT_TRUE(rows().empty());
  small.enrol("registrar", "evaluator", "member", small.coop);
  enter("evaluator");
  EXPECT_TRUE(rows().empty()) << "another member's";
  enter("registrar");
  ASSERT_EQ(rows().size(), 1U);
  EXPECT_TRUE(rows()[0].at("values").as_object().empty());
}

TEST_F(HeldApi, WhatWasAdoptedIsNotShownAgain) {
  const auto made = hold();
  ledger::Draft draft;
  draft.sub = made.sub;
  draft.data = {{"entry", made.jws}};
  ledger::EntryMaker maker(small.log->deployment_id(), ledger::system_entropy());
  small.add(
      *maker.make(small.people.key("clerk"), *small.people.bundle().find("entry.adopt/1"), draft));
  enter("clerk");
  EXPECT_TRUE(rows().empty());
}

TEST_F(HeldApi, PagesFollowOneAnotherAndPassOverOtherKeys) {
  std::set<std::string> made;
  for (std::size_t i = 0; i < max_held_rows + 3; ++i) {
    made.insert(hold(std::to_string(i + 1)).id);
  }
  // Keys of the neighbour's, wherever their names fall among ours.
  for (const auto* name : {"one", "two", "three"}) {
    small.enrol("registrar", name, "member", other);
    small.add(small.revocation(name));
    EXPECT_EQ(small.submit(small.harvest("1", name)).kind, ledger::Outcome::Kind::held);
  }
  enter("clerk");
  const auto first = body(get("/api/office/held"));
  ASSERT_EQ(first.at("rows").as_array().size(), max_held_rows);
  const auto second =
      body(get("/api/office/held?after=" + std::string(first.at("next").as_string())));
  EXPECT_FALSE(second.contains("next"));
  std::set<std::string> seen;
  for (const auto* page : {&first, &second}) {
    for (const auto& row : page->at("rows").as_array()) seen.emplace(row.at("id").as_string());
  }
  EXPECT_EQ(seen, made);
  for (const auto* cursor : {"x", "~", "x~y"}) {
    const auto refused = get(std::string("/api/office/held?after=") + cursor);
    EXPECT_EQ(refused.status, 400) << cursor;
    EXPECT_EQ(body(refused).at("rule").as_string(), "held.cursor");
  }
}

}  // namespace
}  // namespace nguon::server
