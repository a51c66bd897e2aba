#include "schemas/type_schema.hpp"

#include "schemas/bundle.hpp"
#include "schemas/pattern.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace nguon::schemas {
namespace {

namespace json = boost::json;

const TypeSchema& type(std::string_view name) { return *Bundle::built_in().find(name); }

TEST(TypeSchema, HarvestStartsABatchAndTakesNoInputs) {
  const TypeSchema& harvest = type("batch.harvest/1");
  EXPECT_EQ(harvest.order(), Order::append);
  EXPECT_EQ(harvest.subject().mode, SubjectMode::starts);
  EXPECT_TRUE(harvest.subject().allows("batch"));
  EXPECT_FALSE(harvest.subject().allows("site"));
  EXPECT_FALSE(harvest.from());
  EXPECT_FALSE(harvest.sealed());
}

TEST(TypeSchema, AdoptIsAboutAnyKindOfSubject) {
  EXPECT_TRUE(type("entry.adopt/1").subject().allows("batch"));
  EXPECT_TRUE(type("entry.adopt/1").subject().allows("animal"));
  EXPECT_EQ(type("entry.adopt/1").subject().mode, SubjectMode::either);
}

TEST(TypeSchema, PackNamesOneToSixtyFourInputs) {
  EXPECT_EQ(type("batch.pack/1").from()->min, 1U);
  EXPECT_EQ(type("batch.pack/1").from()->max, 64U);
}

TEST(TypeSchema, NamesArePrivateAndRequiredPhonesOptional) {
  const TypeSchema& add = type("member.add/1");
  ASSERT_NE(add.slot("/name"), nullptr);
  EXPECT_TRUE(add.slot("/name")->required);
  EXPECT_FALSE(add.slot("/phone")->required);
  EXPECT_THAT(add.slot("/phone")->readers, testing::ElementsAre("self", "director", "clerk"));
  EXPECT_EQ(add.slot("/org"), nullptr);
}

TEST(TypeSchema, CorrectionFillsExactlyOneOfValueAndSecret) {
  const PrivateSlot& secret = *type("batch.correct/1").slot("/secret");
  EXPECT_EQ(secret.presence(json::parse(R"({"value":"x"})")), Presence::forbidden);
  EXPECT_EQ(secret.presence(json::parse(R"({})")), Presence::required);
  EXPECT_EQ(type("batch.correct/1").slot("/note")->presence(json::parse("{}")), Presence::optional);
}

TEST(TypeSchema, UnknownSlotIsSaidSo) {
  EXPECT_EQ(type("batch.harvest/1").validate_private("/price", 1)->rule, "private.unknown-slot");
}

TEST(TypeSchema, StrictTypesCarryReplacesAndAppendTypesDoNot) {
  const json::value bundle = json::parse(Bundle::built_in_text());
  for (const auto& [name, one] : Bundle::built_in().types()) {
    const bool carries =
        bundle.at("schemas").at(name).at("properties").get_object().contains("replaces");
    EXPECT_EQ(carries, one.order() == Order::strict && one.base() != "genesis") << name;
  }
}

TEST(TypeSchema, EveryTypeSaysWhatIsPublicForEver) {
  for (const auto& [name, one] : Bundle::built_in().types()) {
    EXPECT_GT(one.public_vi().size(), 20U) << name;
    EXPECT_GT(one.public_en().size(), 20U) << name;
  }
}

// Walks a schema with its references resolved and calls visit(pointer, node).
template <class Visit>
void walk(const json::object& document, const json::value& node, const std::string& pointer,
          Visit visit) {
  const json::object& object = node.get_object();
  if (const auto* target = object.if_contains("$ref")) {
    const std::string name(target->get_string().subview(std::string_view("#/definitions/").size()));
    return walk(document, document.at("definitions").at(name), pointer, visit);
  }
  visit(pointer, object);
  for (const char* list : {"allOf", "oneOf", "anyOf"}) {
    if (!object.contains(list)) continue;
    for (const json::value& one : object.at(list).get_array()) walk(document, one, pointer, visit);
  }
  if (const auto* items = object.if_contains("items"))
    walk(document, *items, pointer + "/*", visit);
  if (const auto* properties = object.if_contains("properties")) {
    for (const auto& [key, value] : properties->get_object()) {
      walk(document, value, pointer + "/" + std::string(key), visit);
    }
  }
}

TEST(TypeSchema, EveryPublicObjectRefusesUnknownMembers) {
  const json::value bundle = json::parse(Bundle::built_in_text());
  for (const auto& [name, schema] : bundle.at("schemas").get_object()) {
    walk(schema.get_object(), schema, "",
         [&](const std::string& pointer, const json::object& node) {
           const auto* kind = node.if_contains("type");
           if (kind == nullptr || *kind != json::value("object")) return;
           ASSERT_TRUE(node.contains("additionalProperties")) << name << pointer;
           EXPECT_EQ(node.at("additionalProperties"), json::value(false)) << name << pointer;
         });
  }
}

TEST(TypeSchema, FreeTextIsOnlyNamesNumbersByOthersAndRecallNotices) {
  // A public string is a choice, or has a pattern; a pattern that lets spaces in is free text.
  const std::set<std::string> free = {"name",       "name_en", "issuer",      "council", "vi",
                                      "en",         "code",    "number",      "order",   "decision",
                                      "quarantine", "lot",     "registration", "set"};
  const json::value bundle = json::parse(Bundle::built_in_text());
  for (const auto& [name, schema] : bundle.at("schemas").get_object()) {
    walk(schema.get_object(), schema, "",
         [&](const std::string& pointer, const json::object& node) {
           const auto* kind = node.if_contains("type");
           if (kind == nullptr || *kind != json::value("string")) return;
           ASSERT_TRUE(node.contains("pattern")) << name << pointer;
           const auto pattern = Pattern::compile(node.at("pattern").get_string());
           ASSERT_TRUE(pattern) << name << pointer;
           if (!pattern->matches("a b")) return;
           EXPECT_TRUE(free.contains(pointer.substr(pointer.rfind('/') + 1))) << name << pointer;
         });
  }
}

TEST(TypeSchema, UnitsOfEverySchemaAreInTheTable) {
  const json::value bundle = json::parse(Bundle::built_in_text());
  std::size_t seen = 0;
  for (const auto& [name, schema] : bundle.at("schemas").get_object()) {
    walk(schema.get_object(), schema, "",
         [&](const std::string& pointer, const json::object& node) {
           if (!pointer.ends_with("/unit")) return;
           for (const json::value& unit : node.at("enum").get_array()) {
             ++seen;
             EXPECT_NE(Bundle::built_in().units().find(unit.get_string()), nullptr) << name << unit;
           }
         });
  }
  EXPECT_GT(seen, 10U);
}

}  // namespace
}  // namespace nguon::schemas
