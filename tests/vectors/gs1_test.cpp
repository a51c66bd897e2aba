#include "labels/ai_value.hpp"
#include "labels/digital_link.hpp"
#include "labels/element_string.hpp"
#include "labels/epc.hpp"
#include "tests/vectors/vectors.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <iostream>
#include <map>

// What GS1's own engine says of Digital Links and element strings, and what converters agree on.

namespace nguon::ledger {
namespace {

using boost::json::object;

/// One file's rows: each must come out as stated, and the file must state something.
void run_gs1_files(const std::string& prefix,
                   const std::function<bool(const object&, const std::string& row)>& check) {
  for (const auto& file : vectors::epcis_files(prefix)) {
    const std::string name = (file.parent_path().filename() / file.filename()).string();
    std::size_t row = 0;
    std::map<bool, std::size_t> stated;
    vectors::for_each_line_of(file, [&](const object& line) {
      ++row;
      const std::string where = name + ":" + std::to_string(row);
      ++stated[check(line, where)];
    });
    EXPECT_GT(row, 0U) << name;
    std::cout << "note: " << name << ": " << stated[true] << " good and " << stated[false]
              << " refused or left out, as stated\n";
  }
}

std::string said(const object& line, std::string_view member) {
  return vectors::text(line, member);
}

void check_link(const object& line, const std::string& row, bool wanted) {
  const std::string uri = said(line, "uri");
  const boost::json::value* padded = line.if_contains("zeroSuppressedGtinAllowed");
  const bool pad = padded != nullptr && padded->as_bool();
  const auto link =
      labels::read_digital_link(uri, pad ? labels::ShortGtin::pad : labels::ShortGtin::refuse);
  ASSERT_EQ(link.has_value(), wanted)
      << row << " " << uri << " " << said(line, "why") << ": "
      << (link ? labels::bracketed(link->elements) : labels::describe(link.error()));
  EXPECT_FALSE(pad && labels::read_digital_link(uri)) << row;
  if (!link) return;
  if (line.contains("ai")) {
    EXPECT_EQ(labels::bracketed(link->elements), said(line, "ai")) << row;
  }
  if (line.contains("elementString")) {
    EXPECT_EQ(labels::with_fnc1(link->elements), said(line, "elementString")) << row;
  }
  const std::string canonical = labels::canonical(*link);
  if (line.contains("canonical")) {
    EXPECT_EQ(canonical, said(line, "canonical")) << row;
  }
  EXPECT_EQ(labels::canonical(labels::read_digital_link(canonical).value()), canonical) << row;
  const auto again = labels::read_element_string(labels::with_fnc1(link->elements));
  ASSERT_TRUE(again) << row << " " << labels::describe(again.error());
  EXPECT_EQ(*again, link->elements) << row;
}

TEST(Gs1Vectors, DigitalLinks) {
  run_gs1_files("digital-link", [](const object& line, const std::string& row) {
    // `fullValidation` is the engine's whole verdict; where a row has none, its parser's stands.
    const char* verdict = line.contains("valid")            ? "valid"
                          : line.contains("fullValidation") ? "fullValidation"
                                                            : "parserAccepts";
    const bool wanted = line.at(verdict).as_bool();
    check_link(line, row, wanted);
    return wanted;
  });
}

TEST(Gs1Vectors, ElementStrings) {
  run_gs1_files("element-strings", [](const object& line, const std::string& row) {
    const bool wanted = line.at("valid").as_bool();
    const auto elements = labels::read_element_string(said(line, "ai"));
    EXPECT_EQ(elements.has_value(), wanted)
        << row << " " << said(line, "ai") << (elements ? "" : labels::describe(elements.error()));
    if (!elements || !wanted) return wanted;
    const auto link = labels::write_digital_link("https://id.coop-a.example", *elements);
    EXPECT_EQ(link ? *link : "", said(line, "dl")) << row;
    return wanted;
  });
}

TEST(Gs1Vectors, CheckDigits) {
  const std::map<std::string, std::size_t> lengths{
      {"GTIN-14", 14}, {"GTIN-13", 13}, {"GTIN-12", 12}, {"GTIN-8", 8},     {"GLN", 13},
      {"SSCC", 18},    {"GSRN", 18},    {"GSIN", 17},    {"GRAI-base", 13},
  };
  run_gs1_files("check-digits", [&](const object& line, const std::string& row) {
    const auto length = lengths.find(said(line, "type"));
    EXPECT_NE(length, lengths.end()) << row << " " << said(line, "type");
    const bool wanted = line.at("valid").as_bool();
    if (length != lengths.end()) {
      EXPECT_EQ(labels::check_digit_holds(said(line, "value"), length->second), wanted) << row;
    }
    return wanted;
  });
}

TEST(Gs1Vectors, EpcsAndLinksBothWays) {
  run_gs1_files("epc-dl", [](const object& line, const std::string& row) {
    const boost::json::value* agreed = line.if_contains("cleanRoomAgrees");
    if (agreed != nullptr && !agreed->as_bool()) return false;
    const std::string urn = said(line, "epc");
    const auto link = labels::read_digital_link(said(line, "dl"));
    EXPECT_TRUE(link) << row << " " << said(line, "dl") << ": "
                      << (link ? "" : labels::describe(link.error()));
    const auto named = labels::read_epc(urn);
    EXPECT_TRUE(named) << row << " " << urn << ": "
                       << (named ? "" : labels::describe(named.error()));
    if (!link || !named) return true;
    EXPECT_EQ(labels::canonical(*named), labels::canonical(*link)) << row;
    const auto prefix = urn.substr(urn.rfind(':') + 1);
    const auto back = labels::write_epc(*link, prefix.find('.'));
    EXPECT_EQ(back ? *back : labels::describe(back.error()), urn) << row;
    return true;
  });
}

}  // namespace
}  // namespace nguon::ledger
