#include "labels/digital_link.hpp"

#include "labels/ai_table.hpp"
#include "labels/ai_value.hpp"
#include "labels/element_string.hpp"
#include "labels/epc.hpp"

#include <gtest/gtest.h>

namespace nguon::labels {
namespace {

/// The rule that a Digital Link breaks, `good` when it breaks none.
std::string link_verdict(std::string_view uri) {
  const auto link = read_digital_link(uri);
  return link ? "good" : describe(link.error());
}

Gs1Rule element_rule(std::string_view text) { return read_element_string(text).error().rule; }

constexpr std::string_view gtin_link = "https://txng.example/01/09521234543213";

TEST(AiTable, EveryTwoDigitsLeadToOneLengthAndKeysAreThoseOfTheStandard) {
  EXPECT_EQ(primary_keys(),
            (std::vector<std::string>{"00", "01", "253", "255", "401", "402", "414", "415", "417",
                                      "8003", "8004", "8006", "8010", "8013", "8017", "8018"}));
  // No code begins another one, so a scanner's text has one reading.
  for (int number = 0; number < 10000; ++number) {
    const std::string four = std::to_string(10000 + number).substr(1);
    int found = 0;
    for (std::size_t length = 2; length <= 4; ++length) {
      if (find_ai(four.substr(0, length)) != nullptr) ++found;
    }
    EXPECT_LE(found, 1) << four;
  }
  EXPECT_EQ(find_ai("0"), nullptr);
  EXPECT_EQ(find_ai("3106"), nullptr);
  ASSERT_NE(find_ai("3105"), nullptr);
  EXPECT_TRUE(find_ai("3105")->fixed);
}

TEST(AiValue, EveryCheckRefuses) {
  const auto rule = [](const char* code, std::string_view value) {
    const auto checked = check_ai_value(*find_ai(code), value);
    return checked ? std::string("good") : describe(checked.error());
  };
  const std::string content = "the value says nothing that this identifier can mean";
  EXPECT_EQ(rule("8013", "1987654Ad4X4bL5ttr2310c2K"), "good");  // the General Specifications' own
  EXPECT_EQ(rule("8013", "1987654Ad4X4bL5ttr2310c2L"), "(8013): the check digit is wrong");
  EXPECT_EQ(rule("8013", "2K"), "(8013): the check digit is wrong");
  EXPECT_EQ(rule("8007", "GB82WEST12345698765432"), "good");
  EXPECT_EQ(rule("8007", "GB82WEST12345698765433"), "(8007): " + content);
  EXPECT_EQ(rule("4326", "280229"), "good");
  EXPECT_EQ(rule("4326", "270229"), "(4326): no such day");
  EXPECT_EQ(rule("4326", "270200"), "(4326): no such day");
  EXPECT_EQ(rule("15", "270200"), "good");
  EXPECT_EQ(rule("7250", "19000229"), "(7250): no such day");
  EXPECT_EQ(rule("7250", "20000229"), "good");
  EXPECT_EQ(rule("7003", "2701012359"), "good");
  EXPECT_EQ(rule("7003", "2701012400"), "(7003): no such time of day");
  EXPECT_EQ(rule("8008", "27010123"), "good");
  EXPECT_EQ(rule("8008", "2701012360"), "(8008): no such time of day");
  EXPECT_EQ(rule("423", "704840"), "good");
  EXPECT_EQ(rule("423", "70484"), "(423): the value is missing or too short");
  EXPECT_EQ(rule("423", "704999"), "(423): no such country");
  EXPECT_EQ(rule("7030", "999X"), "good");
  EXPECT_EQ(rule("4307", "VN"), "good");
  EXPECT_EQ(rule("4307", "NV"), "(4307): no such country");
  EXPECT_EQ(rule("4302", "a%20b"), "good");
  EXPECT_EQ(rule("4302", "a%2"), "(4302): a broken percent-escape");
  EXPECT_EQ(rule("4321", "2"), "(4321): " + content);
  EXPECT_EQ(rule("4330", "001200-"), "good");
  EXPECT_EQ(rule("4330", "001200+"), "(4330): " + content);
  EXPECT_EQ(rule("8001",
                 "1234123451230"
                 "1"),
            "good");
  EXPECT_EQ(rule("8001", "00001234512301"), "(8001): " + content);
  EXPECT_EQ(rule("8001", "12341234512321"), "(8001): " + content);
  EXPECT_EQ(rule("8003", "19521234001577"), "(8003): " + content);
  EXPECT_EQ(rule("8014", "1987654Ad4X4bL5ttr2310c2K"), "good");
  EXPECT_EQ(rule("7040", "1AAA"), "good");
  EXPECT_EQ(rule("7040", "1AA+"), "(7040): " + content);
  EXPECT_EQ(rule("7241", "11"), "(7241): " + content);
  EXPECT_EQ(rule("7252", "3"), "(7252): " + content);
  EXPECT_EQ(rule("7258", "1/2"), "good");
  EXPECT_EQ(rule("7258", "3/2"), "(7258): " + content);
  EXPECT_EQ(rule("4309", "18000000003600000000"), "good");
  EXPECT_EQ(rule("4309", "18000000013600000000"), "(4309): " + content);
  EXPECT_EQ(rule("4309", "18000000003600000001"), "(4309): " + content);
  EXPECT_EQ(rule("8011", "0"), "good");
  EXPECT_EQ(rule("8011", "01"), "(8011): " + content);
  EXPECT_EQ(rule("10", ""), "(10): the value is missing or too short");
  EXPECT_EQ(rule("10", "123456789012345678901"), "(10): the value is too long");
  EXPECT_EQ(rule("8010", "9521abc"), "(8010): a character that does not belong there");
  EXPECT_EQ(rule("8030", "a.b"), "(8030): a character that does not belong there");
}

TEST(ElementString, BracketsAndScannersSayTheSame) {
  const Elements wanted{{"01", "09521234543213"}, {"10", "A(B"}, {"17", "270331"}};
  for (const std::string_view text : {"(01)09521234543213(10)A\\(B(17)270331",
                                      "]d2010952123454321310A(B\x1D"
                                      "17270331",
                                      "^010952123454321310A(B^17270331",
                                      "\x1D"
                                      "010952123454321310A(B\x1D"
                                      "17270331",
                                      "0109521234543213\x1D"
                                      "10A(B\x1D"
                                      "17270331",
                                      "(01)09521234543213(10)A\\(B(17)270331(01)09521234543213"}) {
    const auto elements = read_element_string(text);
    ASSERT_TRUE(elements) << text << describe(elements.error());
    EXPECT_EQ(*elements, wanted) << text;
  }
  EXPECT_EQ(bracketed(wanted), "(01)09521234543213(10)A\\(B(17)270331");
  EXPECT_EQ(with_fnc1(wanted), "^010952123454321310A(B^17270331");
}

TEST(ElementString, RefusalsNameTheRule) {
  EXPECT_EQ(element_rule(""), Gs1Rule::length);
  EXPECT_EQ(element_rule(std::string(longest_gs1_text + 1, '1')), Gs1Rule::length);
  EXPECT_EQ(element_rule("^"), Gs1Rule::length);
  EXPECT_EQ(element_rule("(01"), Gs1Rule::brackets);
  EXPECT_EQ(element_rule("(89)1"), Gs1Rule::unknown_ai);
  EXPECT_EQ(element_rule("0109521234543213"
                         "89"),
            Gs1Rule::unknown_ai);
  EXPECT_EQ(element_rule("^010952123454321310A^"), Gs1Rule::length);
  EXPECT_EQ(element_rule("(01)09521234543213(01)19521234543210"), Gs1Rule::repeated);
  EXPECT_EQ(element_rule("(01)09521234543213(255)9521234543213"), Gs1Rule::contradiction);
  EXPECT_EQ(element_rule("(01)09521234543213(3103)000500(3102)000500"), Gs1Rule::contradiction);
  EXPECT_EQ(element_rule("(01)09521234543213(3922)100"), Gs1Rule::alone);
  EXPECT_TRUE(read_element_string("(01)09521234543213(3103)000500(3922)100"));
}

TEST(DigitalLink, RefusalsNameTheRule) {
  const auto after = [](std::string_view more) {
    return link_verdict(std::string(gtin_link) + std::string(more));
  };
  EXPECT_EQ(after(""), "good");
  EXPECT_EQ(after("/10/%4"), "(10): a broken percent-escape");
  EXPECT_EQ(after("/10"), "a path segment that belongs to nothing");
  EXPECT_EQ(after("/21/1/10/L"), "(01): no qualifier of this key, or in the wrong order");
  EXPECT_EQ(after("?10=L"), "(10): belongs in the path, after the key");
  EXPECT_EQ(after("/21/S?10=L"), "(10): belongs in the path, after the key");
  EXPECT_EQ(after("/235/S?10=L"), "good");
  EXPECT_EQ(after("?8200=x"), "(8200): may not stand in the query");
  EXPECT_EQ(after("?99=a+b"), "(99): a character that does not belong there");
  EXPECT_EQ(after("?99=a%2Bb"), "good");
  EXPECT_EQ(after("?15=270331&15=270331"), "(15): given twice");
  EXPECT_EQ(after("?37=1"), "(01): stands beside an element it excludes");
  EXPECT_EQ(after("#21"), "good");
  EXPECT_EQ(link_verdict("https://user@txng.example/01/09521234543213"),
            "not http(s)://host/…, or a character no URI has");
  EXPECT_EQ(link_verdict("https://txng.example:80x/01/09521234543213"),
            "not http(s)://host/…, or a character no URI has");
  EXPECT_EQ(link_verdict("https://[::1]:8080/a/01/09521234543213"), "good");
  EXPECT_EQ(link_verdict("https://txng.example/"), "no primary key with a value");
  EXPECT_EQ(link_verdict(std::string(longest_gs1_text + 1, 'h')), "nothing, or more than is read");
  // The rightmost key is the key; what looks like one before it is a path of the host's.
  const auto two = read_digital_link("https://txng.example/414/9521234999997/01/09521234543213");
  ASSERT_TRUE(two);
  EXPECT_EQ(two->elements, (Elements{{"01", "09521234543213"}}));
}

TEST(DigitalLink, ATargetHasNothingBeforeItsKeyAndMayEndInASlash) {
  const auto link = read_digital_target("/01/09521234543213/10/L%2F1/?lang=vi&15=270331");
  ASSERT_TRUE(link) << describe(link.error());
  EXPECT_EQ(link->path, 2U);
  EXPECT_EQ(key_path(link->elements, link->path), "/01/09521234543213/10/L%2F1");
  EXPECT_EQ(bracketed(link->elements), "(01)09521234543213(10)L/1(15)270331");
  EXPECT_EQ(read_digital_target("/shop/01/09521234543213").error().rule, Gs1Rule::segment);
  EXPECT_EQ(read_digital_target("/01/09521234543213//").error().rule, Gs1Rule::segment);
  EXPECT_EQ(read_digital_target("01/09521234543213").error().rule, Gs1Rule::uri);
  EXPECT_EQ(read_digital_target("/").error().rule, Gs1Rule::no_key);
  EXPECT_EQ(read_digital_target("").error().rule, Gs1Rule::length);
}

TEST(DigitalLink, WrittenFromElements) {
  const auto written = [](std::string_view text) {
    const auto link = write_digital_link("https://txng.example", read_element_string(text).value());
    return link ? *link : describe(link.error());
  };
  EXPECT_EQ(written("(17)270331(21)S(01)09521234543213(10)L"),
            std::string(gtin_link) + "/10/L/21/S?17=270331");
  EXPECT_EQ(written("(01)09521234543213(235)X(10)L"), std::string(gtin_link) + "/235/X?10=L");
  EXPECT_EQ(written("(400)ORDER"), "no primary key with a value");
  EXPECT_EQ(written("(01)09521234543213(8200)x"), "(8200): may not stand in the query");
}

TEST(DigitalLink, AHarvestThatEndsBeforeItBegins) {
  const auto link = read_digital_link(std::string(gtin_link) + "?7007=261012261001");
  ASSERT_TRUE(link);  // GS1's syntax does not mind
  EXPECT_TRUE(ends_before_it_begins(link->elements));
  EXPECT_FALSE(ends_before_it_begins(
      read_digital_link(std::string(gtin_link) + "?7007=261001261012").value().elements));
}

TEST(Epc, RefusesWhatHasNoOtherForm) {
  for (const std::string_view urn :
       {"", "urn:epc:id:sgtin", "urn:epc:id:none:9521234.0.1", "urn:epc:id:sgtin:9521234.000101",
        "urn:epc:id:sgtin:9521234.00101.1", "urn:epc:id:sgtin:952123A.000101.1",
        "urn:epc:id:lgtin:9521234.000101.L", "urn:epc:idpat:sgtin:9521234.000101.1",
        "urn:epc:idpat:sscc:9521234.*", "urn:epc:id:sscc:9521234.", "urn:epc:id:sgtin:1.2.3"}) {
    EXPECT_EQ(read_epc(urn).error().rule, Gs1Rule::epc) << urn;
  }
  EXPECT_EQ(read_epc("urn:epc:id:sgtin:9521234.000101.%4").error().rule, Gs1Rule::escape);
  EXPECT_EQ(read_epc("urn:epc:id:sgtin:9521234.000101.").error().rule, Gs1Rule::too_short);
  const auto both = read_digital_link(std::string(gtin_link) + "/10/L/21/S").value();
  EXPECT_EQ(write_epc(both, 7).error().rule, Gs1Rule::epc);  // no URN has lot and serial
  const auto one = read_digital_link(std::string(gtin_link) + "/21/S").value();
  EXPECT_EQ(write_epc(one, 7).value(), "urn:epc:id:sgtin:9521234.054321.S");
  EXPECT_EQ(write_epc(one, 13).error().rule, Gs1Rule::epc);
  const auto star = read_digital_link(std::string(gtin_link) + "/21/*").value();
  EXPECT_EQ(write_epc(star, 7).value(), "urn:epc:id:sgtin:9521234.054321.*");
  EXPECT_EQ(read_epc("urn:epc:id:sgtin:9521234.054321.*").value(), star);
  const auto dock = read_digital_link("https://txng.example/414/9521234999997/254/0").value();
  EXPECT_EQ(write_epc(dock, 7).error().rule, Gs1Rule::epc);  // .0 says "no extension"
  EXPECT_EQ(write_epc({}, 7).error().rule, Gs1Rule::epc);
}

}  // namespace
}  // namespace nguon::labels
