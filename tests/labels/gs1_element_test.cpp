#include "labels/gs1_element.hpp"

#include <gtest/gtest.h>

namespace nguon::labels {
namespace {

Fault refusal(const std::string& typed) {
  const auto read = read_gs1_elements(typed);
  EXPECT_FALSE(read) << typed;
  return read ? Fault::failed : read.error();
}

TEST(Gs1Element, SeparatesWhatHasNoFixedLength) {
  const auto text = [](const std::string& typed) {
    return gs1_element_string(read_gs1_elements(typed).value()).value();
  };
  EXPECT_EQ(text("(00)395212340000002001"), "00395212340000002001");
  EXPECT_EQ(text("(01)09521234001010(10)L26A"), "010952123400101010L26A");
  EXPECT_EQ(text("(01)09521234001010(10)L26A(21)1001"),
            "010952123400101010L26A\x1d"
            "211001");
  EXPECT_EQ(text("(10)L26A(01)09521234001010"),
            "10L26A\x1d"
            "0109521234001010");
  EXPECT_EQ(text("(01)09521234001010(15)270331(10)L26A"), "01095212340010101527033110L26A");
}

TEST(Gs1Element, ShowsWhatItRead) {
  for (const auto* typed :
       {"(00)395212340000002001", "(01)09521234001010(3103)000500(15)270331(10)L26A",
        "(00)395212340000002001(02)09521234001010(37)24", "(01)09521234001010(10)a-z:/!%"}) {
    EXPECT_EQ(gs1_shown(read_gs1_elements(typed).value()), typed);
  }
}

TEST(Gs1Element, RefusesWithTheReason) {
  EXPECT_EQ(refusal("(00)395212340000002002"), Fault::wrong_check_digit);
  EXPECT_EQ(refusal("(01)09521234001011"), Fault::wrong_check_digit);
  EXPECT_EQ(refusal("(01)9521234001010"), Fault::bad_length);
  EXPECT_EQ(refusal("(01)09521234001010(10)"), Fault::bad_length);
  EXPECT_EQ(refusal("(01)09521234001010(10)" + std::string(21, 'A')), Fault::bad_length);
  EXPECT_EQ(refusal("(01)0952123400101X"), Fault::bad_symbol);
  EXPECT_EQ(refusal("(01)09521234001010(10)L 26"), Fault::bad_symbol);
  EXPECT_EQ(refusal("(01)09521234001010(10)L\xc3\x94"), Fault::bad_symbol);
  EXPECT_EQ(refusal("(01)09521234001010(10)A\x1d"
                    "21B"),
            Fault::bad_symbol);
  EXPECT_EQ(refusal("(09521234001010)01"), Fault::bad_order);
  EXPECT_EQ(refusal("(99)INT"), Fault::bad_order);
  EXPECT_EQ(refusal("(3106)000500(01)09521234001010"), Fault::bad_order);
  for (const auto* typed : {"00395212340000002001", "(00395212340000002001", "x(00)1", ")("}) {
    EXPECT_EQ(refusal(typed), Fault::bad_symbol) << typed;
  }
  EXPECT_EQ(refusal(""), Fault::bad_length);
  EXPECT_EQ(refusal(std::string(10'000, '(')), Fault::bad_length);
}

TEST(Gs1Element, DatesExist) {
  const auto with = [](const std::string& date) { return "(01)09521234001010(17)" + date; };
  EXPECT_TRUE(read_gs1_elements(with("280229")));
  EXPECT_TRUE(read_gs1_elements(with("270200")));
  EXPECT_EQ(refusal(with("270229")), Fault::out_of_range);
  EXPECT_EQ(refusal(with("271301")), Fault::out_of_range);
  EXPECT_EQ(refusal(with("270001")), Fault::out_of_range);
  EXPECT_EQ(refusal(with("270431")), Fault::out_of_range);
}

TEST(Gs1Element, AsksForTheOthers) {
  for (const auto* alone : {"(10)L26A", "(21)1001", "(37)24", "(02)09521234001010",
                            "(02)09521234001010(37)24", "(17)270331", "(3102)000500"}) {
    EXPECT_EQ(refusal(alone), Fault::bad_order) << alone;
  }
  EXPECT_EQ(refusal("(01)09521234001010(00)395212340000002001(02)09521234001010(37)24"),
            Fault::bad_order);
  EXPECT_EQ(refusal("(01)09521234001010(01)09521234001010"), Fault::bad_order);
  EXPECT_EQ(refusal("(01)09521234001010(3102)000500(3103)000500"), Fault::bad_order);
}

TEST(Gs1Element, FortyEightCharactersAreTheMost) {
  const std::string lot = "(01)09521234001010(10)123456789";
  EXPECT_EQ(
      gs1_element_string(read_gs1_elements(lot + "(21)123456789012345678").value()).value().size(),
      48u);
  EXPECT_EQ(refusal(lot + "(21)1234567890123456789"), Fault::bad_length);
}

}  // namespace
}  // namespace nguon::labels
