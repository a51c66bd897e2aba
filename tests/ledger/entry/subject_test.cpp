#include "ledger/entry/subject.hpp"

#include "ledger/entry/uuid7.hpp"

#include <gtest/gtest.h>

namespace nguon::ledger {
namespace {

TEST(Subject, IdIsTheFirst130BitsOfTheHashInCrockford) {
  // Both computed by Python's hashlib and integer arithmetic, not by this code.
  EXPECT_EQ(subject_id("batch", "A", "B", "C"), "batch:SY76E4559MCGKYNN57QHZBNVCS");
  EXPECT_EQ(subject_id("org", "", "B", "C"), "org:E6RAQQ7CV3H1TA6FFCNK720AC2");
}

TEST(Subject, DependsOnEveryPartAndOnTheirBorders) {
  const auto id = subject_id("batch", "A", "B", "C");
  EXPECT_NE(subject_id("batch", "A", "B", "D"), id);
  EXPECT_NE(subject_id("batch", "A", "D", "C"), id);
  EXPECT_NE(subject_id("batch", "D", "B", "C"), id);
  EXPECT_NE(subject_id("batch", "AB", "", "C"), id);
  EXPECT_EQ(subject_id("site", "A", "B", "C").substr(5), id.substr(6));
}

TEST(Subject, GrammarIsClosed) {
  const std::string symbols = "0123456789ABCDEFGHJKMNPQRS";
  EXPECT_TRUE(is_subject("batch:" + symbols));
  EXPECT_TRUE(is_subject("label-range:" + symbols));
  EXPECT_FALSE(is_subject(symbols));
  EXPECT_FALSE(is_subject(":" + symbols));
  EXPECT_FALSE(is_subject("Batch:" + symbols));
  EXPECT_FALSE(is_subject("batch-:" + symbols));
  EXPECT_FALSE(is_subject("1batch:" + symbols));
  EXPECT_FALSE(is_subject("batch:" + symbols + "0"));
  EXPECT_FALSE(is_subject("batch:" + symbols.substr(1)));
  for (const char c : {'I', 'L', 'O', 'U', 'a', ':', ' '}) {
    EXPECT_FALSE(is_subject("batch:" + symbols.substr(1) + c)) << c;
  }
  EXPECT_FALSE(is_subject(std::string(33, 'k') + ":" + symbols));
  EXPECT_EQ(subject_kind("batch:" + symbols), "batch");
}

TEST(Uuid7, MadeFromTimeAndRandomIsReadBack) {
  const std::string text = make_uuid7(1'790'000'000'123, "0123456789");
  EXPECT_EQ(text.size(), 36U);
  EXPECT_EQ(parse_uuid7(text), 1'790'000'000'123);
}

TEST(Uuid7, AgreesWithTheExampleOfTheStandard) {
  EXPECT_EQ(parse_uuid7("017f22e2-79b0-7cc3-98c4-dc0c0c07398f"), 0x017F22E279B0);  // RFC 9562 A.6
  EXPECT_EQ(make_uuid7(0x017F22E279B0, "\x0C\xC3\x18\xC4\xDC\x0C\x0C\x07\x39\x8F"),
            "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
}

TEST(Uuid7, OtherTextsAreNone) {
  for (const auto* text :
       {"", "017F22E2-79B0-7CC3-98C4-DC0C0C07398F", "017f22e2-79b0-4cc3-98c4-dc0c0c07398f",
        "017f22e2-79b0-7cc3-c8c4-dc0c0c07398f", "017f22e279b07cc398c4dc0c0c07398f",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398g", "017f22e2-79b0-7cc3-98c4-dc0c0c07398f0",
        "017f22e2079b0-7cc3-98c4-dc0c0c07398f"}) {
    EXPECT_FALSE(parse_uuid7(text)) << text;
  }
}

}  // namespace
}  // namespace nguon::ledger
