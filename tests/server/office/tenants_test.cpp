// What a registrar sees in the list of organisations beside their records.
#include "tests/server/office/office.hpp"

#include <gtest/gtest.h>

namespace nguon::server {
namespace {

namespace json = boost::json;

class Tenants : public testing::Test, protected tests::Office {
 protected:
  json::object row(std::string_view who) {
    const auto page = ask(viewer(who), {RowKind::organisations, group, {}, {}, 1}).value();
    return json::parse(page.rows.at(0)).as_object();
  }
  void says(std::string_view type, std::string_view by, const json::object& data) {
    newest = goes_on(type, by, newest, data);
  }
  ledger::MadeEntry newest = [this] {
    auto made = said("org.create/1", "registrar", "org",
                     {{"name", "HTX Đồi Mẫu"}, {"kind", "cooperative"}});
    group = made.sub;
    return made;
  }();
};

TEST_F(Tenants, RepresentativeGradeAndDelegationsStandBesideTheRecord) {
  small.enrol("registrar", "head director", "director", group);
  says("org.represent/1", "registrar",
       {{"person", small.persons.at("head director")}, {"post", "chair"}, {"since", "2024-02-01"}});
  says("org.grade/1", "registrar", {{"year", 2025}, {"grade", "fair"}, {"decision", "12/QĐ"}});
  says("org.delegate/1", "head director",
       {{"to", small.coop}, {"roles", json::array{"clerk"}}, {"until", "2027-03-31"}});
  auto seen = row("registrar");
  EXPECT_EQ(seen.at("status").as_string(), "active");
  EXPECT_EQ(seen.at("represented").at("post").as_string(), "chair");
  EXPECT_EQ(seen.at("represented").at("since").as_string(), "2024-02-01");
  EXPECT_EQ(seen.at("person").as_string(), small.persons.at("head director"));
  EXPECT_EQ(seen.at("graded").at("year").as_int64(), 2025);
  EXPECT_EQ(seen.at("graded").at("decision").as_string(), "12/QĐ");
  EXPECT_EQ(seen.at("grade").as_string(), "fair");
  EXPECT_EQ(seen.at("delegations").at(0).at("to").as_string(), small.coop);
  EXPECT_EQ(seen.at("delegations").at(0).at("until").as_string(), "2027-03-31");
  EXPECT_FALSE(seen.at("graded").as_object().contains("grade")) << "a slot is no value";

  says("org.undelegate/1", "head director", {{"to", small.coop}, {"reason", "no_longer_needed"}});
  EXPECT_FALSE(row("registrar").contains("delegations"));
}

TEST_F(Tenants, PrivateValuesAreForWhomTheirSlotsSay) {
  says("org.grade/1", "registrar", {{"year", 2025}, {"grade", "weak"}});
  small.enrol("registrar", "plain member", "member", group);
  EXPECT_EQ(row("registrar").at("grade").as_string(), "weak");
  EXPECT_EQ(row("group clerk").at("grade").as_string(), "weak");
  const auto page =
      ask(viewer("plain member", group, "member"), {RowKind::organisations, group, {}, {}, 1})
          .value();
  EXPECT_EQ(page.rows.at(0).find("weak"), std::string::npos);
  EXPECT_NE(page.rows.at(0).find("2025"), std::string::npos);
}

TEST_F(Tenants, TheReasonStandsAsLongAsItHolds) {
  EXPECT_FALSE(row("registrar").contains("reason"));
  says("org.suspend/1", "registrar", {{"on", "2026-01-15"}, {"reason", "books_lost"}});
  EXPECT_EQ(row("registrar").at("reason").as_string(), "books_lost");
  says("org.activate/1", "registrar", {{"on", "2026-02-15"}});
  EXPECT_FALSE(row("registrar").contains("reason"));
  says("org.dissolve/1", "registrar",
       {{"on", "2026-03-01"}, {"reason", "voluntary"}, {"decision", "7/QĐ"}});
  EXPECT_EQ(row("registrar").at("reason").as_string(), "voluntary");
  EXPECT_EQ(row("registrar").at("decision").as_string(), "7/QĐ");
}

}  // namespace
}  // namespace nguon::server
