#include "server/api/directory.hpp"
#include "tests/server/api/test_api.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace nguon::server {
namespace {

namespace json = boost::json;

class DirectoryApi : public TestApi {
 protected:
  DirectoryApi() {
    group = add("registrar", "org.create/1", "org",
                {{"name", "Tổ mẫu"}, {"kind", "household"}, {"parent", small.coop}});
    other = add("registrar", "org.create/1", "org",
                {{"name", "HTX bên cạnh"}, {"kind", "cooperative"}});
    add("clerk", "member.add/1", "person",
        {{"org", small.coop},
         {"kind", "member"},
         {"name", "Đặng Thị Mẫu"},
         {"phone", "0912345678"}});
  }
  std::string add(std::string_view by, std::string_view type, std::string_view kind,
                  const json::object& data) {
    return small.add(small.people.make(type).by(by).starts(kind).data(json::serialize(data)).sign())
        .sub;
  }
  std::string rule(const std::string& target) {
    const auto response = get(target);
    return std::to_string(response.status) + " " +
           std::string(body(response).at("rule").as_string());
  }

  std::string group, other;
};

TEST_F(DirectoryApi, IsForWhoHasASession) {
  for (const auto* path : {"members", "search?q=x", "unheard-of", "export/members.csv"}) {
    const auto response = get(std::string("/api/office/") + path);
    EXPECT_EQ(response.status, 401) << path;
  }
  EXPECT_EQ(rule("/api/office/members"), "401 session.none");
  enter("clerk");
  const auto list = get("/api/office/members?q=dang%20mau");
  EXPECT_EQ(list.status, 200);
  EXPECT_EQ(list.cache_control, "no-store");
  EXPECT_EQ(body(list).at("rows").at(0).at("name").as_string(), "Đặng Thị Mẫu");
  EXPECT_EQ(body(list).at("total").as_int64(), 1);
  EXPECT_FALSE(body(list).contains("next"));
}

/// Each role of a key × its own organisation, one below it and a foreign one.
TEST_F(DirectoryApi, EachRoleAsksAboutItsOwnAndBelow) {
  static const std::set<std::string> provincial{"operator",  "registrar",     "inspector", "lab",
                                                "evaluator", "council_chair", "authority"};
  const auto status = [&](const std::string& org) {
    return get("/api/office/sites?org=" + org).status;
  };
  // Roles with a seat live in organisations of its kind only.
  const auto home_of = [&](const std::string& role) {
    if (role == "operator" || role == "registrar") return small.people.genesis().sub;
    const std::map<std::string, std::string> seats{{"inspector", "authority"},
                                                   {"lab", "lab"},
                                                   {"evaluator", "council"},
                                                   {"council_chair", "council"},
                                                   {"authority", "authority"}};
    const auto seat = seats.find(role);
    if (seat == seats.end()) return small.coop;
    return add("registrar", "org.create/1", "org",
               {{"name", "Cơ quan mẫu"}, {"kind", seat->second}});
  };
  for (const auto& role : small.people.bundle().roles().roles()) {
    if (role == "service") continue;  // No person's key: it opens no session.
    const std::string by = "reader " + role;
    const std::string home = home_of(role);
    small.enrol(role == "operator" ? "root" : "registrar", by, role, home);
    enter(by);
    EXPECT_EQ(status(home), 200) << role;
    EXPECT_EQ(status(small.coop), 200) << role;
    EXPECT_EQ(status(group), 200) << role;
    EXPECT_EQ(status(other), provincial.contains(role) ? 200 : 403) << role;
    EXPECT_EQ(status(small.people.genesis().sub), provincial.contains(role) ? 200 : 403) << role;
  }
  small.enrol("registrar", "below", "clerk", group);
  enter("below");
  EXPECT_EQ(status(group), 200);
  EXPECT_EQ(rule("/api/office/sites?org=" + small.coop), "403 directory.org");
}

TEST_F(DirectoryApi, OneBoxFindsInEveryListAndPutsTheVeryCodeFirst) {
  add("clerk", "product.add/1", "product",
      {{"org", small.coop},
       {"name", "Mẫu 09520000000015"},
       {"crop", "passion_fruit"},
       {"stage", "fresh"}});
  const auto certificate = add("clerk", "certificate.add/1", "certificate",
                               {{"kind", "vietgap"},
                                {"number", "0952-0000-000015"},
                                {"issuer", "Trung tâm mẫu"},
                                {"holder", small.coop},
                                {"from", "2026-01-01"}});
  enter("clerk");
  auto lists = body(get("/api/office/search?q=09520000000015")).at("lists").as_array();
  ASSERT_EQ(lists.size(), 2U);
  EXPECT_EQ(lists[0].at("kind").as_string(), "certificates");
  EXPECT_EQ(lists[0].at("rows").at(0).at("sub").as_string(), certificate);
  EXPECT_EQ(lists[1].at("kind").as_string(), "products");
  lists = body(get("/api/office/search?q=m%E1%BA%ABu&limit=1")).at("lists").as_array();
  EXPECT_EQ(lists.size(), 4U) << "no site is called so";
  EXPECT_EQ(lists[0].at("kind").as_string(), "organisations");
  EXPECT_EQ(lists[0].at("total").as_int64(), 2);
  EXPECT_TRUE(body(get("/api/office/search?q=khong%20co")).at("lists").as_array().empty());
}

TEST_F(DirectoryApi, NonsenseIsNamed) {
  enter("clerk");
  EXPECT_EQ(rule("/api/office/unheard-of"), "404 directory.kind");
  EXPECT_EQ(rule("/api/office/members?q=" + std::string(201, 'a')), "400 directory.query");
  EXPECT_EQ(rule("/api/office/search"), "400 directory.query");
  EXPECT_EQ(rule("/api/office/search?q=-"), "400 directory.query");
  for (const auto* limit : {"0", "201", "x", "-1", "1.5", ""}) {
    EXPECT_EQ(rule(std::string("/api/office/members?limit=") + limit), "400 directory.limit");
  }
  EXPECT_EQ(rule("/api/office/members?after=x"), "400 directory.cursor");
  EXPECT_EQ(rule("/api/office/members?org=org:unknown"), "403 directory.org");
}

TEST_F(DirectoryApi, ListsThatAreNotReadYetAreSaidToBe) {
  enter("clerk");
  directory.stop();
  EXPECT_EQ(rule("/api/office/members"), "503 directory.loading");
  EXPECT_EQ(rule("/api/office/export/members.csv"), "503 directory.loading");
}

TEST_F(DirectoryApi, AFileHoldsWhatItsReaderMaySee) {
  enter("clerk");
  const auto csv = get("/api/office/export/members.csv?q=dang");
  EXPECT_EQ(csv.status, 200);
  EXPECT_EQ(csv.content_type, "text/csv; charset=utf-8; header=present");
  EXPECT_EQ(csv.cache_control, "no-store");
  EXPECT_EQ(header(csv, "Content-Disposition"), "attachment; filename=\"members.csv\"");
  const std::string text(csv.body_view());
  EXPECT_TRUE(text.starts_with("\xEF\xBB\xBFHọ tên,Điện thoại,"));
  EXPECT_NE(text.find("\r\nĐặng Thị Mẫu,0912345678,"), std::string::npos);
  EXPECT_NE(text.find(",HTX mẫu,person:"), std::string::npos);
  EXPECT_EQ(std::ranges::count(text, '\n'), 2);
  EXPECT_TRUE(get("/api/office/export/sites.xlsx").body_view().starts_with("PK"));
  EXPECT_EQ(rule("/api/office/export/members.pdf"), "404 directory.kind");
  EXPECT_EQ(rule("/api/office/export/members"), "404 directory.kind");
  EXPECT_EQ(rule("/api/office/export/sites.csv?org=" + other), "403 directory.org");
  enter("registrar");
  const auto all = get("/api/office/export/members.csv");
  EXPECT_EQ(all.body_view().find("Đặng"), std::string_view::npos);
  EXPECT_NE(all.body_view().find("HTX mẫu"), std::string_view::npos);
}

TEST_F(DirectoryApi, WhatIsSoughtIsInNoLogAndInNoProblem) {
  Request request;
  ASSERT_TRUE(set_target(request, "/api/office/members?q=%C4%90%E1%BA%B7ng+Th%E1%BB%8B&org=x"));
  EXPECT_EQ(loggable_path(request), "/api/office/members");
  EXPECT_EQ(request.query_value("q"), "Đặng Thị");
  enter("clerk");
  const auto refused = get("/api/office/members?q=dang&org=x&after=dang");
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(refused.body_view().find("dang"), std::string_view::npos);
}

}  // namespace
}  // namespace nguon::server
