#include "ledger/entry/jws.hpp"
#include "server/api/import.hpp"
#include "tests/server/api/test_api.hpp"

#include <boost/json/serialize.hpp>

namespace nguon::server {
namespace {

namespace json = boost::json;

class ImportApi : public TestApi {
 protected:
  void enter(std::string_view by) {
    const auto nonce = body(ask(Method::post, "/api/session/challenge")).at("nonce");
    const json::object said{{"aud", small.log->deployment_id()}, {"nonce", nonce}};
    const auto begun =
        ask(Method::post, "/api/session",
            ledger::make_jws(small.people.key(by), session_typ, json::serialize(said)),
            "application/jwt");
    cookie = header(begun, "Set-Cookie");
    cookie.resize(cookie.find(';'));
  }
  void member(std::string_view name, std::string_view phone) {
    const json::object data{
        {"org", small.coop}, {"kind", "member"}, {"name", name}, {"phone", phone}};
    small.add(small.people.make("member.add/1")
                  .by("clerk")
                  .starts("person")
                  .data(json::serialize(data))
                  .sign());
  }
  Response import(const std::string& octets, const std::string& choices = {}) {
    return ask(Method::post, "/api/office/import" + choices, octets, "application/octet-stream");
  }
  std::string refusal(const Response& response) {
    return std::to_string(response.status) + " " +
           std::string(body(response).at("rule").as_string());
  }
  std::string kinds(const Response& response) {
    std::string text;
    const auto plan = body(response);
    for (const auto& doubt : plan.at("doubts").as_array()) {
      text += std::string(doubt.at("kind").as_string()) + ' ';
    }
    return text;
  }
};

TEST_F(ImportApi, IsForAClerkOrDirectorWithASession) {
  EXPECT_EQ(refusal(import("Họ tên\nLò Thị Mẫu\n")), "401 session.none");
  for (const auto& role : small.people.bundle().roles().roles()) {
    if (role == "service" || role == "operator" || role == "inspector" || role == "lab" ||
        role == "evaluator" || role == "council_chair" || role == "authority" ||
        role == "registrar") {
      continue;  // Of other organisations; a registrar stands for those without a seat here.
    }
    small.enrol("registrar", "importer " + role, role, small.coop);
    enter("importer " + role);
    const bool may = role == "clerk" || role == "director";
    EXPECT_EQ(import("Họ tên;Xã\nLò Thị Mẫu;Cò Nòi\n").status, may ? 200 : 403) << role;
  }
  enter("registrar");
  EXPECT_EQ(refusal(import("Họ tên;Xã\n")), "403 import.role");
}

TEST_F(ImportApi, AnswersAPlanThatKnowsTheDirectoryAndKeepsNothing) {
  member("Lò Thị Mẫu", "0912345678");
  enter("clerk");
  const std::string table =
      "Họ tên;SĐT;Diện tích\nLÒ THỊ MẪU;0912 345 678;1.200\nVì Văn Mẫu;0987654321;0,5\n";
  const auto size = small.log->head().size;
  const auto response = import(table);
  ASSERT_EQ(response.status, 200) << response.body_view();
  EXPECT_EQ(response.cache_control, "no-store");
  EXPECT_EQ(kinds(response),
            "area.unit plot.unnamed area.point name.capitals person.known plot.nowhere ");
  const auto plan = body(response);
  EXPECT_TRUE(plan.at("members").at(0).at("said").as_object().contains("known"));
  EXPECT_EQ(plan.at("plots").at(1).at("said").at("area").at("unit").as_string(), "ha");
  EXPECT_EQ(body(import(table, "?unit=m2"))
                .at("plots")
                .at(0)
                .at("said")
                .at("area")
                .at("amount")
                .as_string(),
            "1200");
  EXPECT_EQ(body(import(table, "?header=1&columns=name,left,left")).at("plots").as_array().size(),
            0U);
  EXPECT_EQ(small.log->head().size, size);
  EXPECT_EQ(body(import(table)), plan) << "nothing of the first is remembered";
}

TEST_F(ImportApi, WhatIsNoTableIsRefusedByName) {
  enter("clerk");
  const auto old = import("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and so on");
  EXPECT_EQ(refusal(old), "400 sheet.xls");
  EXPECT_NE(std::string(body(old).at("vi").as_string()).find(".xlsx"), std::string::npos)
      << "and how to get on";
  EXPECT_EQ(refusal(import("%PDF-1.7")), "400 sheet.kind");
  EXPECT_EQ(refusal(import("PK\x03\x04")), "400 sheet.xlsx");
  EXPECT_EQ(refusal(import(std::string(max_sheet_octets + 1, 'a'))), "413 sheet.too-large");
  for (const auto* choice : {"?sheet=x", "?sheet=50", "?header=0", "?header=20001",
                             "?columns=name,soul", "?columns=", "?unit=acre", "?sao=ha"}) {
    EXPECT_EQ(refusal(import("Họ tên;Xã\n", choice)), "400 import.choice") << choice;
  }
  EXPECT_EQ(refusal(import(
                "Họ tên\n", "?columns=" +
                                [] {
                                  std::string many = "left";
                                  for (std::size_t at = 0; at < max_sheet_columns; ++at)
                                    many += ",left";
                                  return many;
                                }())),
            "400 import.choice");
  // The longest body that the route takes at all.
  const Routing routing = router.find(Method::post, {"api", "office", "import"});
  ASSERT_NE(routing.route, nullptr);
  EXPECT_EQ(routing.route->options.body_limit, max_sheet_octets);
}

TEST_F(ImportApi, RefusalsSayNothingOfWhatStoodInTheFile) {
  enter("clerk");
  const auto refused = import("<html>Lò Thị Mẫu 0912345678");
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(refused.body_view().find("0912345678"), std::string_view::npos);
}

}  // namespace
}  // namespace nguon::server
