#include "schemas/chains.hpp"

#include "schemas/bundle.hpp"
#include "schemas/embedded.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

namespace nguon::schemas {
namespace {

const Chains& chains() { return Bundle::built_in().chains(); }

TEST(Chains, CoffeeGoesFromCherryToBagAndToCascara) {
  const Chain& coffee = *chains().find("coffee");
  EXPECT_EQ(coffee.label.vi, "Cà phê");
  EXPECT_EQ(coffee.steps.at("wet_process").to, "parchment");
  EXPECT_EQ(coffee.steps.at("dry_husk").to, "cascara");
  EXPECT_EQ(coffee.yield_most_kg_ha, 28000);
}

TEST(Chains, TheDemosFourCropsAreThere) {
  for (const char* crop : {"passion_fruit", "coffee", "orange", "cattle"}) {
    ASSERT_NE(chains().find(crop), nullptr) << crop;
    EXPECT_FALSE(chains().find(crop)->varieties.empty()) << crop;
  }
  EXPECT_EQ(chains().find("gold"), nullptr);
}

TEST(Chains, EveryStageButTheFirstIsReachedByAStep) {
  for (const auto& [crop, chain] : chains().all()) {
    std::size_t unreached = 0;
    for (const auto& [stage, label] : chain.stages) {
      const bool reached = std::ranges::any_of(
          chain.steps, [&](const auto& step) { return step.second.to == stage; });
      if (!reached) ++unreached;
    }
    EXPECT_EQ(unreached, 1U) << crop;
  }
}

TEST(Chains, YieldBandsAreInOrder) {
  for (const auto& [crop, chain] : chains().all()) {
    EXPECT_LE(chain.yield_warn_kg_ha, chain.yield_most_kg_ha) << crop;
    for (const auto& [id, step] : chain.steps) {
      ASSERT_TRUE(step.least_permille && step.most_permille) << crop << id;
      EXPECT_LT(*step.least_permille, *step.most_permille) << crop << id;
    }
  }
}

TEST(Chains, RefuseAStepToNowhere) {
  boost::json::value document = boost::json::parse(*embedded_file("chains.json"));
  document.at("coffee").at("steps").at("roast").at("to") = "moon";
  const auto result = Chains::parse(document);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().pointer, "/coffee/steps/roast/to");
}

}  // namespace
}  // namespace nguon::schemas
