#include "schemas/pattern.hpp"

#include "schemas/bundle.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include <regex>

namespace nguon::schemas {
namespace {

bool matches(std::string_view pattern, std::string_view text) {
  return Pattern::compile(pattern).value().matches(text);
}

TEST(Pattern, MatchesTheWholeTextOnly) {
  EXPECT_TRUE(matches("^abc$", "abc"));
  EXPECT_FALSE(matches("^abc$", "abcd"));
  EXPECT_FALSE(matches("^abc$", "xabc"));
  EXPECT_FALSE(matches("^abc$", "abc\n"));
  EXPECT_TRUE(matches("^$", ""));
}

TEST(Pattern, Repeats) {
  EXPECT_TRUE(matches("^a{2,3}$", "aaa"));
  EXPECT_FALSE(matches("^a{2,3}$", "a"));
  EXPECT_FALSE(matches("^a{2,3}$", "aaaa"));
  EXPECT_TRUE(matches("^(ab)*c?$", "abab"));
  EXPECT_TRUE(matches("^(ab)+c?$", "abc"));
  EXPECT_FALSE(matches("^(ab)+c?$", "c"));
  EXPECT_TRUE(matches("^(/[a-z]{1,3}){1,2}$", "/abc/d"));
  EXPECT_FALSE(matches("^(/[a-z]{1,3}){1,2}$", "/abc/d/e"));
}

TEST(Pattern, ChoosesBetweenRuns) {
  EXPECT_TRUE(matches("^(0|[1-9][0-9]*)$", "0"));
  EXPECT_FALSE(matches("^(0|[1-9][0-9]*)$", "01"));
  EXPECT_TRUE(matches("^(a|(b|c)d)$", "cd"));
}

TEST(Pattern, NegatedSetTakesVietnameseButNoControls) {
  EXPECT_TRUE(matches(R"(^[^\x00-\x1f\x7f]+$)", "Mường Và – Sơn La"));
  EXPECT_FALSE(matches(R"(^[^\x00-\x1f\x7f]+$)", "a\nb"));
  EXPECT_FALSE(matches(R"(^[^\x00-\x1f\x7f]+$)", std::string_view("a\0b", 3)));
}

TEST(Pattern, EscapesStandForThemselves) {
  EXPECT_TRUE(matches(R"(^a\.b\+$)", "a.b+"));
  EXPECT_FALSE(matches(R"(^a\.b$)", "axb"));
  EXPECT_TRUE(matches(R"(^[a\]-]+$)", "a]-"));
}

TEST(Pattern, RefusesWhatItWouldNotMeanTheSame) {
  for (const char* pattern :
       {"abc", "^a", "a$", "^a.b$", R"(^\d$)", "^(a$", "^a)$", "^[a$", "^a{3,2}$", "^a{999}$",
        "^[z-a]$", "^a**$", "^(?=a)$", "^é$", "^[]$"}) {
    const auto compiled = Pattern::compile(pattern);
    ASSERT_FALSE(compiled) << pattern;
    EXPECT_EQ(compiled.error().rule, "bundle.pattern");
  }
}

TEST(Pattern, RefusesTooManyStates) {
  EXPECT_FALSE(Pattern::compile("^((a{100}){100}){100}$"));
  EXPECT_FALSE(Pattern::compile("^" + std::string(300, 'a') + "$"));
  EXPECT_FALSE(Pattern::compile("^[ab]*a[ab]{20}$"));  // 2^20 states as a table
}

TEST(Pattern, LongHostileTextNeedsNoStack) {
  EXPECT_TRUE(matches("^([a-z]|[0-9])*$", std::string(10'000'000, 'a')));
}

// Both engines on every pattern of the bundle and every string of a small corpus.
TEST(Pattern, AgreesWithStdRegexOnEveryPatternWeUse) {
  std::set<std::string> patterns;
  std::set<std::string> corpus = {"",
                                  "0",
                                  "-1",
                                  "1.5",
                                  "01",
                                  "a b",
                                  "Sơn La",
                                  "/a/b",
                                  "/",
                                  "2026-11-20",
                                  "log.example/log/0",
                                  "x.y.z",
                                  std::string(43, 'A'),
                                  "12:3"};
  const std::function<void(const boost::json::value&)> collect =
      [&](const boost::json::value& node) {
        if (node.is_object()) {
          for (const auto& [key, value] : node.get_object()) {
            if (key == "pattern" && value.is_string()) patterns.emplace(value.get_string());
            collect(value);
          }
        } else if (node.is_array()) {
          for (const auto& value : node.get_array()) collect(value);
        } else if (node.is_string() && node.get_string().size() < 100) {
          corpus.emplace(node.get_string());
        }
      };
  collect(boost::json::parse(Bundle::built_in_text()));
  ASSERT_GT(patterns.size(), 20U);
  for (const std::string& text : patterns) {
    const Pattern ours = Pattern::compile(text).value();
    const std::regex theirs(text);
    for (const std::string& sample : corpus) {
      EXPECT_EQ(ours.matches(sample), std::regex_match(sample, theirs)) << text << " on " << sample;
    }
  }
}

}  // namespace
}  // namespace nguon::schemas
