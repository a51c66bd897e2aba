#include "tests/ledger/apply/label_world.hpp"
#include "tests/support/seeded.hpp"

#include <algorithm>
#include <random>

// Two clerks with a roll each label and print for one batch, each by what its own screen showed a
// while ago. However their work interleaves, they cannot together pass what the kilograms allow.
namespace nguon::ledger {
namespace {

struct Clerk {
  Actor who;
  std::string range;
  std::int64_t next = 0;       // First label not used.
  std::int64_t seen_left = 0;  // Labels left by what the screen shows.
  std::string seen_head;
};

class Interleaving {
 public:
  Interleaving(const LabelWorld& start, std::string batch, std::vector<Clerk> clerks, unsigned seed)
      : world_(start), batch_(std::move(batch)), clerks_(std::move(clerks)), random_(seed) {}

  void run() {
    for (auto& clerk : clerks_) look(clerk);
    for (int i = 0; i < 24 && !testing::Test::HasFatalFailure(); ++i) {
      auto& clerk = clerks_[pick(2)];
      if (pick(3) == 0) {
        look(clerk);
      } else {
        act(clerk);
      }
    }
  }

  int refused = 0, stale = 0, accepted = 0;
  bool filled = false;

 private:
  static constexpr std::int64_t allowed = 20;  // floor(20 · 102 / 100)

  unsigned pick(unsigned below) { return static_cast<unsigned>(random_() % below); }
  std::int64_t taken() const {
    return world_.of<BatchRecord>(batch_).labels + world_.account(batch_).on_hand();
  }
  void look(Clerk& clerk) {
    clerk.seen_left = allowed - taken();
    clerk.seen_head = world_.head(clerk.range);
  }
  // All that the screen says is left, or a part of it: alone each clerk would never be refused.
  void act(Clerk& clerk) {
    const auto left = std::max<std::int64_t>(1, clerk.seen_left);
    const auto count = 1 + static_cast<std::int64_t>(pick(static_cast<unsigned>(left)));
    const bool prints = pick(2) == 0;
    const auto last = clerk.next + count - 1;
    auto made = world_.entry(clerk.who, prints ? "label.print/1" : "label.apply/1", clerk.range,
                             LabelWorld::span(clerk.next, last, LabelWorld::for_batch(batch_)));
    if (pick(6) == 0) made.prev = clerk.seen_head;
    const auto before = taken();
    const auto verdict = world_.submit(made);
    const auto after = taken();
    ASSERT_LE(after, allowed);
    ASSERT_LE(world_.of<BatchRecord>(batch_).labels, allowed);
    if (verdict.kind == Verdict::Kind::accept) {
      ++accepted;
      // Putting on goods what is on nobody's roll takes from the same allowance.
      ASSERT_EQ(after, before + count);
      clerk.next = last + 1;
      filled = filled || after == allowed;
    } else {
      ASSERT_EQ(after, before);
      (verdict.kind == Verdict::Kind::stale ? stale : refused) += 1;
      ASSERT_EQ(verdict.rule,
                verdict.kind == Verdict::Kind::stale ? "subject.stale" : "label.allowance");
    }
  }

  LabelWorld world_;
  std::string batch_;
  std::vector<Clerk> clerks_;
  std::mt19937 random_;
};

TEST(LabelClerks, CannotTogetherPassTheAllowance) {
  LabelWorld world;
  const auto batch = world.packed("20 kg", 20);
  std::vector<Clerk> clerks(2);
  clerks[0].who = world.packer;
  clerks[1].who = world.clerk;
  for (auto& clerk : clerks) clerk.range = world.range(1000);
  int refused = 0, stale = 0, accepted = 0, filled = 0;
  const auto seed = test::seed();
  const auto cases = test::cases(300, 10'000);
  for (unsigned i = 0; i < cases; ++i) {
    SCOPED_TRACE("NGUON_SEED=" + std::to_string(seed) + ", interleaving " + std::to_string(i));
    Interleaving one(world, batch, clerks, seed * 1'000'003U + i);
    one.run();
    if (testing::Test::HasFatalFailure()) return;
    refused += one.refused;
    stale += one.stale;
    accepted += one.accepted;
    filled += one.filled ? 1 : 0;
  }
  std::cout << cases << " interleavings: " << accepted << " accepted, " << refused << " refused, "
            << stale << " stale; the allowance was used up in " << filled << '\n';
  EXPECT_GT(refused, 0);
  EXPECT_GT(stale, 0);
  EXPECT_GT(filled, 0);
}

}  // namespace
}  // namespace nguon::ledger
