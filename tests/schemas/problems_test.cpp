#include "schemas/problems.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

namespace nguon::schemas {
namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

// Rule ids as sources write them: the first string of invalid("…"), Violation{"…"}, Error{Errc::x,
// "…"}.
std::map<std::string, std::string> rules_in_sources() {
  static const std::regex maker(
      R"re((?:invalid\(|Violation\{|Errc::[a-z_]+,|broken\(report,|rule = )\s*"([a-z]+(?:[.-][a-z]+)+)")re");
  std::map<std::string, std::string> found;
  for (const char* room : {"schemas", "ledger", "labels", "server"}) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(NGUON_ROOT) / room)) {
      const auto extension = entry.path().extension();
      if (extension != ".cpp" && extension != ".hpp") continue;
      const std::string text = read_file(entry.path());
      for (const char* start : {"invalid(", "Violation{", "Errc::", "broken(report,", "rule = "}) {
        // A regex walked over all of the sources would take seconds.
        for (auto at = text.find(start); at != std::string::npos; at = text.find(start, at + 1)) {
          std::smatch one;
          const auto from = text.cbegin() + static_cast<std::ptrdiff_t>(at);
          constexpr auto here = std::regex_constants::match_continuous;
          if (std::regex_search(from, text.cend(), one, maker, here)) {
            found.emplace(one[1], fs::relative(entry.path(), NGUON_ROOT).string());
          }
        }
      }
    }
  }
  return found;
}

TEST(Problems, EveryRuleInTheSourcesHasItsTwoSentences) {
  const auto rules = rules_in_sources();
  EXPECT_GT(rules.size(), 20U);  // else the pattern above no longer sees anything
  for (const auto& [rule, file] : rules) {
    EXPECT_NE(find_problem(rule), nullptr)
        << "add " << rule << " (" << file << ") to schemas/problems.json";
  }
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
