#include "server/http/problem.hpp"

#include "ledger/base/json.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace nguon::server {
namespace {

Sentence lookup(std::string_view rule) {
  if (rule == "entry.aud")
    return {"Bản ghi này thuộc một hệ thống khác.", "This entry is for another deployment."};
  return {};
}

TEST(Problem, SaysRuleFieldAndBothSentences) {
  const Problems problems(lookup);
  const Response response = problems.response(
      ledger::Error{ledger::Errc::forbidden, "entry.aud", "/aud", "expected \"a\", found \"b\""});
  EXPECT_EQ(response.status, 422);
  EXPECT_EQ(response.content_type, "application/problem+json");
  const auto body = ledger::parse_json(response.body_view());
  ASSERT_TRUE(body);
  EXPECT_EQ(body->at("type"), "/problems/entry.aud");
  EXPECT_EQ(body->at("title"), "Unprocessable Content");
  EXPECT_EQ(body->at("status"), 422);
  EXPECT_EQ(body->at("rule"), "entry.aud");
  EXPECT_EQ(body->at("field"), "/aud");
  EXPECT_EQ(body->at("vi"), "Bản ghi này thuộc một hệ thống khác.");
  EXPECT_EQ(body->at("en"), "This entry is for another deployment.");
  EXPECT_EQ(body->at("detail"), "expected \"a\", found \"b\"");
}

TEST(Problem, ADetailOfTwoLinesEndsTheSentenceOfEachLanguage) {
  const Problems problems(lookup);
  const auto response = problems.response(ledger::Error{
      ledger::Errc::invalid, "entry.aud", {}, "Một cộng một là 2.\nOne and one is 2."});
  const auto body = ledger::parse_json(response.body_view());
  ASSERT_TRUE(body);
  EXPECT_EQ(body->at("vi"), "Bản ghi này thuộc một hệ thống khác. Một cộng một là 2.");
  EXPECT_EQ(body->at("en"), "This entry is for another deployment. One and one is 2.");
  EXPECT_EQ(body->at("detail"), "One and one is 2.");
  // A rule without sentences has none made up for it.
  const auto bare =
      problems.response(ledger::Error{ledger::Errc::invalid, "no.such-rule", {}, "một\none"});
  EXPECT_FALSE(ledger::parse_json(bare.body_view())->as_object().contains("vi"));
}

TEST(Problem, EveryCodeHasTheStatusItsCommentNames) {
  using ledger::Errc;
  EXPECT_EQ(status_of(Errc::invalid), 400);
  EXPECT_EQ(status_of(Errc::forbidden), 422);
  EXPECT_EQ(status_of(Errc::not_found), 404);
  EXPECT_EQ(status_of(Errc::not_yet), 425);
  EXPECT_EQ(status_of(Errc::stale), 409);
  EXPECT_EQ(status_of(Errc::conflict), 409);
  EXPECT_EQ(status_of(Errc::too_large), 413);
  EXPECT_EQ(status_of(Errc::too_busy), 503);
  EXPECT_EQ(status_of(Errc::corrupt), 500);
  EXPECT_EQ(status_of(Errc::unavailable), 503);
}

/// Everything in quotes that begins with `prefix`.
std::vector<std::string> quoted(const std::string& text, const std::string& prefix) {
  std::vector<std::string> found;
  for (std::size_t at = 0; (at = text.find('"' + prefix, at)) != std::string::npos; ++at) {
    found.push_back(text.substr(at + 1, text.find('"', at + 1) - at - 1));
  }
  return found;
}

TEST(Problem, EveryRuleOfThisRoomHasPublishedSentences) {
  std::size_t rules = 0;
  for (const char* room : {"server/http", "server"}) {
    const std::filesystem::path folder = std::filesystem::path(NGUON_SOURCE_DIR) / room;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (entry.path().extension() != ".cpp") continue;
      std::ifstream file(entry.path());
      const std::string text((std::istreambuf_iterator<char>(file)),
                             std::istreambuf_iterator<char>());
      for (const char* prefix : {"http.", "config."}) {
        for (const std::string& rule : quoted(text, prefix)) {
          const Sentence sentence = published_sentence(rule);
          EXPECT_FALSE(sentence.vi.empty() || sentence.en.empty()) << rule;
          ++rules;
        }
      }
    }
  }
  EXPECT_GE(rules, 23U);
}

TEST(Problem, TellsWhenToComeBack) {
  const Problems problems(lookup);
  for (const auto code : {ledger::Errc::too_busy, ledger::Errc::not_yet}) {
    const Response response = problems.response(ledger::Error{code, "log.busy", {}, {}});
    ASSERT_EQ(response.headers.size(), 1U);
    EXPECT_EQ(response.headers[0].first, "Retry-After");
  }
  EXPECT_TRUE(problems.response(ledger::Error{}).headers.empty());
}

}  // namespace
}  // namespace nguon::server
