#include "tests/ledger/apply/world.hpp"

#include <random>

namespace nguon::ledger {
namespace {

// A season of random work, honest and not: what is refused must leave no trace, what is accepted
// must give the same changes whenever it is applied again.
class Season {
 public:
  explicit Season(unsigned seed) : random_(seed) {
    range_ = world.range(2000);
    batches_.push_back(world.harvest("500 kg"));
    lot_ = world.receive("100 kg");
    batches_.push_back(lot_);
  }

  void step() {
    switch (pick(9)) {
      case 0:
        batches_.push_back(world.harvest(amount()));
        break;
      case 1:
        world.receive(amount(), lot_);
        break;
      case 2:
        batches_.push_back(world.transform(any(), amount(), amount()));
        break;
      case 3:
        batches_.push_back(world.pack(any(), amount(), "1 kg", 3));
        break;
      case 4: {
        const int first = pick(1990);
        world.label(range_, first, first + pick(12), any(), "1 kg");
        break;
      }
      case 5: {
        const int first = pick(1990);
        world.try_add(world.packer, "label.void/1", range_,
                      "{'first':" + std::to_string(first) +
                          ",'last':" + std::to_string(first + pick(9)) + ",'reason':'damaged'}");
        break;
      }
      case 6:
        world.try_add(world.director, "batch.recall/1", any(),
                      "{'on':'2026-10-09','reason':'residue','action':'return'}");
        break;
      case 7: {
        const auto sub = any();
        world.try_add(world.clerk, "batch.correct/1", sub,
                      "{'target':'" + world.head(sub) + "','pointer':'/qty','value':" +
                          World::qty(amount()) + ",'reason':'weighing'}");
        break;
      }
      default: {
        auto stale = world.entry(world.clerk, "site.update/1", world.site, "{}");
        if (pick(2) == 0) stale.prev = stale.id;
        world.submit(stale);
      }
    }
  }

  World world;

 private:
  int pick(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }
  std::string amount() {
    return std::to_string(1 + pick(200)) + "." + std::to_string(pick(1000)) + " kg";
  }
  std::string any() {
    return batches_[static_cast<std::size_t>(pick(static_cast<int>(batches_.size())))];
  }

  std::mt19937 random_;
  std::string range_, lot_;
  std::vector<std::string> batches_;
};

class Replay : public testing::TestWithParam<unsigned> {};

TEST_P(Replay, OfAnyAcceptedSequenceGivesTheSameStateByteForByte) {
  Season season(GetParam());
  for (int i = 0; i < 300; ++i) season.step();
  const auto& world = season.world;
  ASSERT_GT(world.log.size(), 100U);
  MemoryState again;
  for (std::size_t i = 0; i < world.log.size(); ++i) {
    const auto verdict =
        apply(i, world.times[i], world.log[i], again, {1, &schemas::Bundle::built_in()});
    ASSERT_TRUE(verdict);
    ASSERT_EQ(verdict->kind, Verdict::Kind::accept) << verdict->rule;
    ASSERT_LE(verdict->changes.size(), 256U);
    again.take(verdict->changes);
  }
  EXPECT_EQ(again.values, world.state.values);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Replay, testing::Range(1U, 9U));

}  // namespace
}  // namespace nguon::ledger
