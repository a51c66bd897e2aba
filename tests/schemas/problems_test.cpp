#include "schemas/problems.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

namespace nguon::schemas {
namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

TEST(Problems, SentencesAreWholeAndInBothLanguages) {
  for (const auto& [rule, problem] : problems()) {
    for (const std::string& text : {problem.vi, problem.en}) {
      EXPECT_TRUE(text.ends_with('.')) << rule;
      EXPECT_GT(text.size(), 10U) << rule;
    }
    EXPECT_NE(problem.vi, problem.en) << rule;
  }
}

TEST(Problems, FileIsSortedSoThatMergesAreEasy) {
  static const std::regex line(R"re(^\s*"([a-z]+(?:[.-][a-z0-9]+)+)": \{)re");
  std::istringstream text(read_file(fs::path(NGUON_ROOT) / "schemas/problems.json"));
  std::vector<std::string> rules;
  for (std::string one; std::getline(text, one);) {
    if (std::smatch match; std::regex_search(one, match, line)) rules.push_back(match[1]);
  }
  EXPECT_EQ(rules.size(), problems().size());
  EXPECT_TRUE(std::ranges::is_sorted(rules));
}

TEST(Problems, UnknownRuleHasNone) { EXPECT_EQ(find_problem("no.such-rule"), nullptr); }

}  // namespace
}  // namespace nguon::schemas
