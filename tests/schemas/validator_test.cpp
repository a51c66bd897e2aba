#include "schemas/validator.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

namespace nguon::schemas {
namespace {

namespace json = boost::json;

Result<Validator> compiled(std::string_view schema) {
  const json::value document = json::parse(schema);
  Patterns patterns;
  return Validator::compile(document, document.get_object(), patterns);
}

std::string verdict(std::string_view schema, std::string_view value) {
  const auto broken = compiled(schema).value().validate(json::parse(value));
  return broken ? broken->rule + " " + broken->pointer : "ok";
}

TEST(Validator, NamesTheDeepestMember) {
  constexpr auto schema = R"({"properties":{"a/b":{"items":{"type":"integer"}}}})";
  EXPECT_EQ(verdict(schema, R"({"a/b":[1,2,"x"]})"), "schema.type /a~1b/2");
  EXPECT_EQ(verdict(schema, R"({"a/b":[1,2]})"), "ok");
}

TEST(Validator, NumbersOutsideOurIntegersAreNoIntegers) {
  EXPECT_EQ(verdict(R"({"type":"integer"})", "18446744073709551615"), "schema.type ");
  EXPECT_EQ(verdict(R"({"type":"integer"})", "1.5"), "schema.type ");
  EXPECT_EQ(verdict(R"({"type":"integer","minimum":-3})", "-4"), "schema.range ");
}

TEST(Validator, CountsCodePointsNotOctets) {
  EXPECT_EQ(verdict(R"({"minLength":2,"maxLength":3})", R"("ơơơ")"), "ok");
  EXPECT_EQ(verdict(R"({"minLength":2})", R"("ơ")"), "schema.length ");
  EXPECT_EQ(verdict(R"({"maxLength":2})", R"("ơơơ")"), "schema.length ");
}

TEST(Validator, OneOfWantsExactlyOne) {
  constexpr auto schema = R"({"oneOf":[{"minimum":1},{"maximum":5}]})";
  EXPECT_EQ(verdict(schema, "7"), "ok");
  EXPECT_EQ(verdict(schema, "3"), "schema.form ");
}

TEST(Validator, ConditionsChooseTheirBranch) {
  constexpr auto schema =
      R"({"if":{"required":["a"]},"then":{"required":["b"]},"else":{"required":["c"]}})";
  EXPECT_EQ(verdict(schema, R"({"a":1,"b":1})"), "ok");
  EXPECT_EQ(verdict(schema, R"({"a":1})"), "schema.required /b");
  EXPECT_EQ(verdict(schema, R"({})"), "schema.required /c");
}

TEST(Validator, ReferencesResolveAndIgnoreTheirSiblings) {
  constexpr auto schema =
      R"({"definitions":{"n":{"type":"integer"}},"properties":{"x":{"$ref":"#/definitions/n","type":"string"}}})";
  EXPECT_EQ(verdict(schema, R"({"x":1})"), "ok");
}

TEST(Validator, DatesMustExist) {
  EXPECT_EQ(verdict(R"({"format":"date"})", R"("2024-02-29")"), "ok");
  EXPECT_EQ(verdict(R"({"format":"date"})", R"("2023-02-29")"), "schema.date ");
}

TEST(Validator, RefusesSchemasItWouldNotEnforce) {
  for (
      const char* schema :
      {R"({"minimum":1.5})", R"({"format":"email"})", R"({"contains":{}})", R"({"type":"number"})",
       R"({"$ref":"other.json"})", R"({"$ref":"#/definitions/none"})", R"({"items":[{}]})",
       R"({"then":{}})", R"({"enum":[]})", R"({"minLength":-1})", R"({"properties":{"a":true}})",
       R"({"definitions":{"a":{"$ref":"#/definitions/b"},"b":{"$ref":"#/definitions/a"}},"$ref":"#/definitions/a"})"}) {
    const auto result = compiled(schema);
    ASSERT_FALSE(result) << schema;
    EXPECT_EQ(result.error().rule, "bundle.schema") << schema;
  }
}

}  // namespace
}  // namespace nguon::schemas
