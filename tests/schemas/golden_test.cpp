// Every type's golden file (tests/schemas/golden) against our validator and against valijson.
#include "schemas/bundle.hpp"
#include "tests/schemas/judge.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace nguon::schemas {
namespace {

namespace json = boost::json;
using test::valijson_accepts;

std::string read_file(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

class Golden : public testing::TestWithParam<std::string> {
 protected:
  Golden()
      : type_(*Bundle::built_in().find(GetParam())),
        document_(json::parse(Bundle::built_in_text()).at("schemas").at(GetParam()).get_object()),
        golden_(json::parse(
            read_file(std::filesystem::path(NGUON_SCHEMAS_GOLDEN) /
                      (type_.base() + "." + std::to_string(type_.major()) + ".json")))) {}

  const json::value& slot_schema(std::string_view pointer) const {
    const std::string_view name = pointer.substr(1);  // golden slots are members of `data` itself
    return document_.at("properties").at(name).at("x-private").at("schema");
  }

  const TypeSchema& type_;
  const json::object document_;
  const json::value golden_;
};

TEST_P(Golden, AcceptsWhatIsRight) {
  ASSERT_FALSE(golden_.at("accept").get_array().empty());
  for (const json::value& data : golden_.at("accept").get_array()) {
    const auto broken = type_.validate_public(data);
    EXPECT_FALSE(broken) << broken->rule << broken->pointer << json::serialize(data);
    EXPECT_TRUE(valijson_accepts(document_, document_, data)) << json::serialize(data);
  }
}

TEST_P(Golden, RefusesWhatIsWrongAndSaysWhere) {
  ASSERT_GE(golden_.at("refuse").get_array().size(), 3U);
  for (const json::value& row : golden_.at("refuse").get_array()) {
    const json::value& data = row.at("data");
    const auto broken = type_.validate_public(data);
    ASSERT_TRUE(broken) << json::serialize(data);
    EXPECT_EQ(broken->rule, row.at("rule").get_string()) << json::serialize(data);
    EXPECT_EQ(broken->pointer, row.at("pointer").get_string()) << json::serialize(data);
    if (broken->rule != "schema.date") {  // valijson knows no leap years
      EXPECT_FALSE(valijson_accepts(document_, document_, data)) << json::serialize(data);
    }
  }
}

TEST_P(Golden, JudgesPrivateValuesByTheirOwnSchema) {
  const auto* slots = golden_.get_object().if_contains("private");
  if (slots == nullptr) return;
  for (const json::value& row : slots->get_array()) {
    const std::string pointer(row.at("slot").get_string());
    ASSERT_NE(type_.slot(pointer), nullptr) << pointer;
    for (const json::value& value : row.at("accept").get_array()) {
      const auto broken = type_.validate_private(pointer, value);
      EXPECT_FALSE(broken) << broken->rule << broken->pointer;
      EXPECT_TRUE(valijson_accepts(document_, slot_schema(pointer), value)) << pointer;
    }
    for (const json::value& refused : row.at("refuse").get_array()) {
      const auto broken = type_.validate_private(pointer, refused.at(0));
      ASSERT_TRUE(broken) << json::serialize(refused);
      EXPECT_EQ(broken->pointer, refused.at(1).get_string());
      EXPECT_EQ(broken->rule, refused.at(2).get_string());
      EXPECT_FALSE(valijson_accepts(document_, slot_schema(pointer), refused.at(0)));
    }
  }
}

std::vector<std::string> every_type() {
  std::vector<std::string> names;
  for (const auto& [name, type] : Bundle::built_in().types()) names.push_back(name);
  return names;
}

INSTANTIATE_TEST_SUITE_P(Types, Golden, testing::ValuesIn(every_type()), [](const auto& one) {
  std::string name = one.param;
  std::ranges::replace_if(
      name, [](char c) { return c == '.' || c == '/'; }, '_');
  return name;
});

}  // namespace
}  // namespace nguon::schemas
