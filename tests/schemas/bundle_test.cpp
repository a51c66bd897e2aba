#include "schemas/bundle.hpp"

#include "schemas/canonical.hpp"
#include "schemas/embedded.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nguon::schemas {
namespace {

namespace json = boost::json;

// The built-in bundle's text with one change made to it.
template <class Change>
std::string changed(Change change) {
  json::value document = json::parse(Bundle::built_in_text());
  change(document.get_object());
  return canonical_json(document);
}

json::object& schema_of(json::object& root, std::string_view type) {
  return root.at("schemas").get_object().at(type).get_object();
}

TEST(Bundle, BuiltInParses) {
  const auto bundle = Bundle::parse(Bundle::built_in_text());
  ASSERT_TRUE(bundle) << bundle.error().rule << bundle.error().pointer << bundle.error().detail;
  EXPECT_EQ(bundle->text(), Bundle::built_in_text());
}

TEST(Bundle, KnowsEveryTypeFileByItsClaim) {
  std::size_t files = 0;
  for (const EmbeddedFile& file : embedded_files()) {
    if (!file.path.starts_with("types/")) continue;
    ++files;
    const json::value document = json::parse(file.text);
    const std::string base(document.at("x-type").get_string());
    const std::string major = std::to_string(document.at("x-major").get_int64());
    EXPECT_EQ(file.path, "types/" + base + "." + major + ".json");
    EXPECT_NE(Bundle::built_in().find(base + "/" + major), nullptr) << file.path;
  }
  EXPECT_EQ(files, Bundle::built_in().types().size());
  EXPECT_EQ(Bundle::built_in().find("batch.harvest/2"), nullptr);
  EXPECT_EQ(Bundle::built_in().find("batch.harvest"), nullptr);
}

TEST(Bundle, TextIsCanonicalAndCarriesNoSpaces) {
  const std::string& text = Bundle::built_in_text();
  EXPECT_TRUE(text.starts_with(R"({"chains":{"cattle":)"));
  EXPECT_EQ(canonical_json(json::parse(text)), text);
}

TEST(Bundle, RefusesOtherSpellingsOfItself) {
  EXPECT_EQ(Bundle::parse(Bundle::built_in_text() + "\n").error().rule, "bundle.canonical");
  EXPECT_EQ(Bundle::parse("{").error().rule, "bundle.json");
  std::string twice = Bundle::built_in_text();
  twice.insert(1, R"("chains":{},)");
  EXPECT_EQ(Bundle::parse(twice).error().rule, "bundle.canonical");
}

TEST(Bundle, TakesAFutureMajorBesideTheOld) {
  const std::string text = changed([](json::object& root) {
    json::object next = schema_of(root, "batch.harvest/1");
    next["x-major"] = 2;
    next["required"] = json::array{"product"};
    root.at("schemas").get_object().emplace("batch.harvest/2", next);
  });
  const auto bundle = Bundle::parse(text);
  ASSERT_FALSE(bundle);  // its private slots are no longer required members
  EXPECT_EQ(bundle.error().rule, "bundle.schema");

  const auto good = Bundle::parse(changed([](json::object& root) {
    json::object next = schema_of(root, "batch.harvest/1");
    next["x-major"] = 2;
    root.at("schemas").get_object().emplace("batch.harvest/2", next);
  }));
  ASSERT_TRUE(good) << good.error().detail;
  EXPECT_EQ(good->find("batch.harvest/2")->major(), 2);
  EXPECT_EQ(good->find("batch.harvest/1")->base(), "batch.harvest");
}

TEST(Bundle, RefusesASchemaUnderAForeignName) {
  const auto bundle = Bundle::parse(changed([](json::object& root) {
    root.at("schemas").get_object().emplace("batch.harvest/3", schema_of(root, "batch.harvest/1"));
  }));
  EXPECT_EQ(bundle.error().pointer, "/schemas/batch.harvest~13");
}

TEST(Bundle, RefusesAKeywordItWouldNotEnforce) {
  const auto bundle = Bundle::parse(changed([](json::object& root) {
    schema_of(root, "org.activate/1")["patternProperties"] = json::object{};
  }));
  EXPECT_EQ(bundle.error().rule, "bundle.schema");
}

TEST(Bundle, RefusesARowOfAnUnknownRole) {
  const auto bundle = Bundle::parse(changed([](json::object& root) {
    root.at("roles").at("rows").at("batch.harvest").get_object().emplace("king", "any");
  }));
  EXPECT_EQ(bundle.error().rule, "bundle.roles");
}

TEST(Bundle, RefusesAMissingThreshold) {
  const auto bundle = Bundle::parse(
      changed([](json::object& root) { root.at("thresholds").get_object().erase("ocop_months"); }));
  EXPECT_EQ(bundle.error().pointer, "/thresholds/ocop_months");
}

TEST(Bundle, EveryTypeHasRoleRowsAndEveryRowAType) {
  const Bundle& bundle = Bundle::built_in();
  const json::value roles = json::parse(*embedded_file("roles.json"));
  for (const auto& [name, type] : bundle.types()) {
    EXPECT_TRUE(roles.at("rows").get_object().contains(type.base())) << name;
  }
  for (const auto& [base, cells] : roles.at("rows").get_object()) {
    const bool known = std::ranges::any_of(bundle.types(), [&](const auto& one) {
      return one.second.base() == std::string_view(base);
    });
    EXPECT_TRUE(known) << base;
    EXPECT_FALSE(cells.get_object().empty()) << base;
  }
}

TEST(Bundle, SlotReadersAreRolesOrSelf) {
  const auto& roles = Bundle::built_in().roles().roles();
  for (const auto& [name, type] : Bundle::built_in().types()) {
    for (const PrivateSlot& slot : type.private_slots()) {
      EXPECT_FALSE(slot.readers.empty()) << name << slot.pointer;
      for (const std::string& reader : slot.readers) {
        EXPECT_TRUE(reader == "self" || std::ranges::find(roles, reader) != roles.end())
            << name << slot.pointer << reader;
      }
    }
  }
}

}  // namespace
}  // namespace nguon::schemas
