#include "labels/link.hpp"

#include "tests/labels/support.hpp"

#include <gtest/gtest.h>

namespace nguon::labels {
namespace {

std::string name(LinkKind kind) {
  constexpr const char* names[] = {"serial", "product", "note", "enrol", "tag", "carton"};
  return names[static_cast<int>(kind)];
}

std::string name(Fault fault) {
  switch (fault) {
    case Fault::bad_length:
      return "bad_length";
    case Fault::bad_symbol:
      return "bad_symbol";
    case Fault::bad_escape:
      return "bad_escape";
    case Fault::bad_order:
      return "bad_order";
    case Fault::mistyped:
      return "mistyped";
    case Fault::wrong_check_digit:
      return "wrong_check_digit";
    case Fault::out_of_range:
      return "out_of_range";
    default:
      return std::string(describe(fault));
  }
}

/// One Link in the words of golden/links.txt.
struct Words {
  std::string operator()(const SerialLink& link) const { return "serial " + link.serial; }
  std::string operator()(const ProductLink& link) const {
    return "product " + link.gtin + " " + link.lot.value_or("-") + " " + link.serial;
  }
  std::string operator()(const NoteLink& link) const { return "note " + link.code; }
  std::string operator()(const EnrolLink& link) const { return "enrol " + link.code; }
  std::string operator()(const TagLink& link) const { return "tag " + link.tag; }
  std::string operator()(const CartonLink& link) const { return "carton " + link.code; }
  std::string operator()(const MalformedLink& link) const {
    return "malformed " + name(link.kind) + " " + name(link.reason);
  }
  std::string operator()(const NotOurs&) const { return "not ours"; }
};
std::string words(const Link& link) { return std::visit(Words{}, link); }

TEST(Link, ReadsEveryTargetOfTheGoldenFile) {
  for (const auto& line : golden_lines("links.txt")) {
    const auto tab = line.find('\t');
    ASSERT_NE(tab, std::string::npos) << line;
    EXPECT_EQ(words(read_target(line.substr(0, tab))), line.substr(tab + 1)) << line;
  }
}

TEST(Link, BuildsWhatItReads) {
  const std::string origin = "https://txng.example";
  const auto serial = serial_link(origin, "0pdn-st6-bt16-y0s").value();
  EXPECT_EQ(serial, "https://TXNG.EXAMPLE/Q/0PDNST6BT16Y0S");
  EXPECT_EQ(words(read_url(serial)), "serial 0PDNST6BT16Y0S");
  const auto product =
      product_link(origin, "9521234543213", std::nullopt, "0PDNST6BT16Y0S").value();
  EXPECT_EQ(product, "https://TXNG.EXAMPLE/01/09521234543213/21/0PDNST6BT16Y0S");
  EXPECT_EQ(words(read_url(product)), "product 09521234543213 - 0PDNST6BT16Y0S");
  const auto lot = product_link(origin, "9521234543213", "L-2026a", "0PDNST6BT16Y0S").value();
  EXPECT_EQ(lot, "https://TXNG.EXAMPLE/01/09521234543213/10/L-2026A/21/0PDNST6BT16Y0S");
  EXPECT_EQ(words(read_url(lot)), "product 09521234543213 L-2026A 0PDNST6BT16Y0S");
  EXPECT_EQ(tag_link(origin, "704 0000 1234 5678").value(),
            "https://TXNG.EXAMPLE/T/704000012345678");
  EXPECT_EQ(code_link(origin, LinkKind::note, "4x7k2m").value(), "https://TXNG.EXAMPLE/N/4X7K2M");
  EXPECT_EQ(code_link(origin, LinkKind::enrol, "4x7k2m").value(), "https://TXNG.EXAMPLE/E/4X7K2M");
  EXPECT_EQ(code_link(origin, LinkKind::carton, "4x7k2m").value(), "https://TXNG.EXAMPLE/C/4X7K2M");
}

TEST(Link, NeverPrintsAWrongCode) {
  const std::string origin = "https://txng.example";
  EXPECT_EQ(serial_link(origin, "0PDNST6BT16Y0T").error(), Fault::mistyped);
  EXPECT_EQ(product_link(origin, "9521234543214", std::nullopt, "0PDNST6BT16Y0S").error(),
            Fault::wrong_check_digit);
  EXPECT_EQ(product_link(origin, "9521234543213", "L/1", "0PDNST6BT16Y0S").error(),
            Fault::bad_symbol);
  EXPECT_EQ(tag_link(origin, "1").error(), Fault::bad_length);
  EXPECT_EQ(code_link(origin, LinkKind::note, "x").error(), Fault::bad_length);
  EXPECT_EQ(code_link(origin, LinkKind::serial, "4X7K2M").error(), Fault::bad_order);
}

TEST(Link, OriginsKeepTheirGrammar) {
  EXPECT_EQ(read_origin("https://txng.example").value(), "https://TXNG.EXAMPLE");
  EXPECT_EQ(read_origin("HTTPS://Txng.Example/").value(), "https://TXNG.EXAMPLE");
  EXPECT_EQ(read_origin("http://127.0.0.1:8080").value(), "http://127.0.0.1:8080");
  const std::string longest_label(63, 'a');
  EXPECT_TRUE(read_origin("https://" + longest_label + ".example"));
  EXPECT_FALSE(read_origin("https://" + longest_label + "a.example"));
  for (const auto* wrong :
       {"", "https://", "txng.example", "ftp://txng.example", "https://txng..example",
        "https://-txng.example", "https://txng-.example", "https://txng.example.",
        "https://txng.example/x", "https://user@txng.example", "https://txng.example:0",
        "https://txng.example:65536", "https://txng.example:", "https://txng.example:8080x",
        "https://tx ng.example", "https://t\xc3\xb4.example", "https://txng.example?x",
        "https://[::1]"}) {
    EXPECT_EQ(read_origin(wrong).error(), Fault::bad_host) << wrong;
  }
}

TEST(Link, ReadsUrlsOfAnyHostInAnyCase) {
  EXPECT_EQ(words(read_url("HTTPS://txng.example:8443/q/0pdnst6bt16y0s?x=1")),
            "serial 0PDNST6BT16Y0S");
  EXPECT_EQ(words(read_url("https://txng.example")), "not ours");
  EXPECT_EQ(words(read_url("https:///Q/0PDNST6BT16Y0S")), "not ours");
  EXPECT_EQ(words(read_url("javascript://x/Q/0PDNST6BT16Y0S")), "not ours");
  EXPECT_EQ(words(read_url("0PDNST6BT16Y0S")), "not ours");
}

TEST(Link, LongTargetsAreNotLookedAt) {
  const std::string head = "/Q/";
  EXPECT_EQ(words(read_target(head + std::string(longest_target - head.size(), '0'))),
            "malformed serial bad_length");
  EXPECT_EQ(words(read_target(head + std::string(longest_target - head.size() + 1, '0'))),
            "not ours");
}

TEST(Link, AnyOctetInASerialIsRefusedOrRead) {
  for (int c = 0; c < 256; ++c) {
    std::string target = "/Q/0PDNST6BT16Y0S";
    target[8] = static_cast<char>(c);
    const auto said = words(read_target(target));
    EXPECT_TRUE(said.starts_with("malformed serial ") || said == "serial 0PDNST6BT16Y0S") << said;
  }
}

}  // namespace
}  // namespace nguon::labels
