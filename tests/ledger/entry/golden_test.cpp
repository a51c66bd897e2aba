// Every file of tests/ledger/golden/entry: what layer 1 says to it, and that its signed octets are
// still what this build makes from the same words.
#include "schemas/problems.hpp"
#include "tests/support/entry_cases.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace nguon::ledger {
namespace {

using tests::EntryCase;

boost::json::object read_golden(const std::string& name) {
  const std::ifstream file(tests::golden_directory() + "/" + name + ".json");
  std::ostringstream text;
  text << file.rdbuf();
  return boost::json::parse(text.str()).as_object();
}

std::string text_of(const boost::json::object& golden, const char* member) {
  const auto* value = golden.if_contains(member);
  return value == nullptr ? std::string() : std::string(value->as_string());
}

// A submission without its signature, the one part that is random.
std::string signed_part(const std::string& body) {
  const auto tilde = std::min(body.find('~'), body.size());
  return body.substr(0, body.rfind('.', tilde)) + body.substr(tilde);
}

class GoldenEntry : public testing::TestWithParam<EntryCase> {};

TEST_P(GoldenEntry, IsJudgedAsItsFileSays) {
  const auto golden = read_golden(GetParam().name);
  auto people = tests::golden_people();
  const std::string made_now = GetParam().make(people);
  const std::string body = text_of(golden, "sd_jwt");
  EXPECT_EQ(signed_part(made_now), signed_part(body));

  const auto admission = people.admit(body);
  if (GetParam().rule.empty()) {
    ASSERT_TRUE(admission) << admission.error().error.rule << ' ' << admission.error().error.field;
    EXPECT_EQ(text_of(golden, "verdict"), "admitted");
    EXPECT_EQ(admission->entry.id, text_of(golden, "id"));
    return;
  }
  ASSERT_FALSE(admission);
  const auto& rejection = admission.error();
  EXPECT_EQ(rejection.error.rule, GetParam().rule);
  EXPECT_EQ(rejection.validly_signed, GetParam().validly_signed);
  EXPECT_EQ(text_of(golden, "rule"), GetParam().rule);
  EXPECT_EQ(text_of(golden, "field"), rejection.error.field);
  EXPECT_EQ(text_of(golden, "verdict"),
            GetParam().validly_signed ? "refused, signed" : "refused, unsigned");
  EXPECT_EQ(text_of(golden, "id"), rejection.entry_id);
  EXPECT_NE(schemas::find_problem(GetParam().rule), nullptr) << "no sentence for this rule";
}

INSTANTIATE_TEST_SUITE_P(Files, GoldenEntry, testing::ValuesIn(tests::entry_cases()),
                         [](const testing::TestParamInfo<EntryCase>& one) {
                           std::string name = one.param.name;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(GoldenEntries, EveryFileHasItsCase) {
  std::set<std::string> names = {"bundle", "context"};
  for (const auto& one : tests::entry_cases()) names.insert(one.name);
  std::set<std::string> files;
  for (const auto& file : std::filesystem::directory_iterator(tests::golden_directory())) {
    files.insert(file.path().stem());
  }
  EXPECT_EQ(files, names);
}

TEST(GoldenEntries, AFlippedSignatureIsTheSameEntry) {
  const auto plain = read_golden("valid-es256");
  const auto flipped = read_golden("valid-s-flipped");
  EXPECT_EQ(text_of(plain, "id"), text_of(flipped, "id"));
  EXPECT_NE(text_of(plain, "sd_jwt"), text_of(flipped, "sd_jwt"));
}

}  // namespace
}  // namespace nguon::ledger
