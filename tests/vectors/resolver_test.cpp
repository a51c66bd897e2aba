// Requests to a resolver that knows a stated set of links, each with the answer it must get.

#include "tests/server/resolver/resolver_world.hpp"
#include "tests/vectors/vectors.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <iostream>
#include <map>

namespace nguon::server {
namespace {

namespace json = boost::json;
namespace vectors = ledger::vectors;

std::string text_at(const json::object& from, std::string_view name) {
  return vectors::text(from, name);
}

/// Facts of one row that are told by a response; what stays unchecked here is named in `left`.
void check_answer(const json::object& expect, const Response& answer, const std::string& row,
                  std::map<std::string, std::size_t>& left) {
  for (const auto& [key, wanted] : expect) {
    const std::string fact(key);
    const std::string body(answer.body_view());
    if (fact == "status") {
      const auto one = [&](const json::value& status) { return status == answer.status; };
      EXPECT_TRUE(wanted.is_array() ? std::any_of(wanted.as_array().begin(),
                                                  wanted.as_array().end(), one)
                                    : one(wanted))
          << row << ": " << answer.status << " " << body;
    } else if (fact == "location") {
      EXPECT_EQ(ResolverWorld::field(answer, "Location"), text_at(expect, fact)) << row;
    } else if (fact == "locationStartsWith") {
      EXPECT_TRUE(ResolverWorld::field(answer, "Location").starts_with(text_at(expect, fact)))
          << row << ": " << ResolverWorld::field(answer, "Location");
    } else if (fact == "linkHeaderHas") {
      EXPECT_NE(ResolverWorld::field(answer, "Link").find(text_at(expect, fact)), std::string::npos)
          << row;
    } else if (fact == "contentType") {
      EXPECT_EQ(answer.content_type, text_at(expect, fact)) << row;
    } else if (fact == "bodyHas") {
      for (const auto& part : wanted.as_array()) {
        EXPECT_NE(body.find(part.as_string().c_str()), std::string::npos) << row << body;
      }
    } else if (fact == "neverHas") {
      EXPECT_EQ(body.find(text_at(expect, fact)), std::string::npos) << row;
    } else if (fact == "jsonHas") {
      for (const auto& member : wanted.as_array()) {
        EXPECT_TRUE(json::parse(body).as_object().contains(member.as_string())) << row;
      }
    } else if (fact == "anchors") {
      json::array found;
      const json::value told = json::parse(body);
      for (const auto& item : told.at("linkset").as_array()) {
        found.push_back(item.at("anchor"));
      }
      EXPECT_EQ(found, wanted.as_array()) << row;
    } else if (fact == "corsAllows") {
      const std::string allow = ResolverWorld::field(answer, "Allow");
      for (const auto& method : wanted.as_array()) {
        EXPECT_NE(allow.find(method.as_string().c_str()), std::string::npos) << row << allow;
      }
    } else {
      ++left[fact];
    }
  }
}

TEST(Gs1Vectors, ResolverCases) {
  const auto files = vectors::epcis_files("resolver-cases");
  ASSERT_FALSE(files.empty());
  for (const auto& file : files) {
    ResolverWorld world;
    world.know(vectors::read(file.parent_path() / "resolver-fixture.json"));
    std::size_t row = 0;
    std::map<std::string, std::size_t> left;
    vectors::for_each_line_of(file, [&](const json::object& line) {
      ++row;
      Request request;
      request.method = method_of(text_at(line, "method"));
      const std::string where = file.filename().string() + ":" + std::to_string(row) + " " +
                                text_at(line, "path");
      ASSERT_TRUE(set_target(request, text_at(line, "path"))) << where;
      if (const auto* fields = line.if_contains("headers")) {
        for (const auto& [name, value] : fields->as_object()) {
          request.headers.add(name, value.as_string());
        }
      }
      const Routing routing = world.router.find(request.method, request.segments);
      Response answer = reply(routing.status, "", "");
      answer.headers.emplace_back("Allow", routing.allow);
      if (routing.route != nullptr) {
        answer = std::get<InlineHandler>(routing.route->handler)(request, routing.params);
      }
      check_answer(line.at("expect").as_object(), answer, where, left);
    });
    EXPECT_GT(row, 0U);
    std::cout << "note: " << file.filename().string() << ": " << row
              << " requests answered as stated\n";
    for (const auto& [fact, count] : left) {
      // GS1's schema is held against linksets of the running service (tests/e2e/resolver.test.mjs).
      std::cout << "note: " << file.filename().string() << ": not run here: " << fact << " of "
                << count << " rows\n";
    }
  }
}

}  // namespace
}  // namespace nguon::server
