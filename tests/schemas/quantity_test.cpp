#include "schemas/quantity.hpp"

#include "schemas/bundle.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include <limits>

namespace nguon::schemas {
namespace {

const UnitTable& units() { return Bundle::built_in().units(); }

std::string converted(std::string_view amount, std::string_view unit) {
  const auto quantity = units().convert(amount, unit);
  return quantity ? print(*quantity) : quantity.error().rule;
}

constexpr Micro largest(std::numeric_limits<Micro::Wide>::max());
constexpr Micro smallest(std::numeric_limits<Micro::Wide>::min());

TEST(Quantity, ConvertsToTheBaseUnitExactly) {
  EXPECT_EQ(converted("12.5", "kg"), "12.5");
  EXPECT_EQ(converted("250", "g"), "0.25");
  EXPECT_EQ(converted("1.5", "ta"), "150");
  EXPECT_EQ(converted("2", "yen"), "20");
  EXPECT_EQ(converted("0.000001", "tan"), "0.001");
  EXPECT_EQ(converted("1.25", "ha"), "12500");
  EXPECT_EQ(converted("0", "kg"), "0");
  EXPECT_EQ(converted("999999999999.999999", "ha"), "9999999999999999.99");
}

TEST(Quantity, RefusesOtherSpellings) {
  for (const char* amount : {"", "-1", "+1", "01", "1.", ".5", "1.1234567", "1e3", "1,5", " 1",
                             "1 ", "1000000000000", "1.0.0", "０"}) {
    EXPECT_EQ(converted(amount, "kg"), "quantity.amount") << amount;
  }
  EXPECT_EQ(converted("1", "stone"), "quantity.unit");
  EXPECT_EQ(converted("1", ""), "quantity.unit");
}

TEST(Quantity, RefusesWhatTheBaseUnitCannotHold) {
  EXPECT_EQ(converted("0.001", "g"), "0.000001");
  EXPECT_EQ(converted("0.0005", "g"), "quantity.precision");
}

TEST(Quantity, ReadsTheObjectForm) {
  const auto read = [](std::string_view text) { return units().convert(boost::json::parse(text)); };
  EXPECT_EQ(print(*read(R"({"amount":"3","unit":"kg"})")), "3");
  EXPECT_EQ(read(R"({"amount":3,"unit":"kg"})").error().pointer, "/amount");
  EXPECT_EQ(read(R"({"amount":"3"})").error().pointer, "/unit");
  EXPECT_EQ(read("[]").error().rule, "quantity.amount");
}

TEST(Quantity, SumsThatOverflowAreRefused) {
  EXPECT_EQ(checked_add(Micro(2), Micro(3)), Micro(5));
  EXPECT_EQ(checked_sub(Micro(2), Micro(3)), Micro(-1));
  EXPECT_FALSE(checked_add(largest, Micro(1)));
  EXPECT_FALSE(checked_sub(smallest, Micro(1)));
  EXPECT_FALSE(checked_mul(largest, 2));
  EXPECT_EQ(checked_mul(Micro(-7), 3), Micro(-21));
}

TEST(Quantity, AllowanceDividesDown) {
  EXPECT_EQ(*checked_floor_div(Micro(1020), Micro(100)), 10);
  EXPECT_FALSE(checked_floor_div(Micro(1), Micro(0)));
  EXPECT_FALSE(checked_floor_div(Micro(-1), Micro(2)));
}

TEST(Quantity, PrintsSignsAndFractions) {
  EXPECT_EQ(print(Micro(-1)), "-0.000001");
  EXPECT_EQ(print(Micro(-1'500'000)), "-1.5");
  EXPECT_EQ(print(Micro(0)), "0");
  EXPECT_EQ(print(Micro(1'000'100)), "1.0001");
}

TEST(Quantity, IntegersOfAnySizeSurviveTheirText) {
  for (const Micro value : {smallest, largest, Micro(0), Micro(-1), Micro(1'000'000'007)}) {
    EXPECT_EQ(parse_integer(print_integer(value.value())), value.value());
  }
  EXPECT_EQ(print_integer(smallest.value()), "-170141183460469231731687303715884105728");
  EXPECT_FALSE(parse_integer("170141183460469231731687303715884105728"));
  EXPECT_FALSE(parse_integer("-"));
  EXPECT_FALSE(parse_integer("1a"));
}

TEST(Quantity, EveryDimensionHasOneBaseUnit) {
  EXPECT_EQ(units().base_unit("mass"), "kg");
  EXPECT_EQ(units().base_unit("volume"), "l");
  EXPECT_EQ(units().base_unit("count"), "piece");
  EXPECT_EQ(units().base_unit("area"), "m2");
  EXPECT_FALSE(units().base_unit("love"));
}

}  // namespace
}  // namespace nguon::schemas
