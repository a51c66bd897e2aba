#include "tests/ledger/apply/label_world.hpp"
#include "tests/support/seeded.hpp"

#include <chrono>
#include <random>

namespace nguon::ledger {
namespace {

/// Counts what is read.
class CountingState final : public StateReader {
 public:
  explicit CountingState(const MemoryState& state) : state_(state) {}
  Result<std::optional<std::string>> get(std::string_view key) const override {
    ++reads;
    return state_.get(key);
  }
  mutable std::size_t reads = 0;

 private:
  const MemoryState& state_;
};

// Ten ranges of 2^20 labels: printed, put on goods in parts, some void, lost and given back.
TEST(LabelScale, TenMillionLabelsAreAHandfulOfRows) {
  constexpr int ranges = 10;
  constexpr int each = 1 << 20;
  LabelWorld world;
  const auto before = world.state.values.size();
  const auto batch = world.packed("12000000 kg", 12'000'000);
  std::vector<std::string> subs;
  for (int i = 0; i < ranges; ++i) {
    const auto& range = subs.emplace_back(world.range(each));
    ASSERT_THAT(world.print(range, 0, each - 1, LabelWorld::for_batch(batch)), Accepted());
    for (int part = 0; part < 8; ++part) {
      const int first = part * (each / 8);
      ASSERT_THAT(world.put_on(range, first, first + each / 8 - 1001, batch), Accepted());
      ASSERT_THAT(world.make_void(range, first + each / 8 - 1000, first + each / 8 - 900),
                  Accepted());
      ASSERT_THAT(world.lose(range, first, first + 99), Accepted());
    }
  }
  std::size_t rows = 0;
  std::size_t octets = 0;
  for (const auto& [key, value] : world.state.values) {
    if (key.starts_with("runs-") || key.starts_with("range") || key.starts_with("label-")) {
      ++rows;
      octets += key.size() + value.size();
    }
  }
  const auto balance = world.balance(batch);
  EXPECT_EQ(balance.printed, std::int64_t{ranges} * each);
  EXPECT_EQ(balance.voided, ranges * 8 * 101);
  EXPECT_EQ(balance.lost, ranges * 8 * 100);
  EXPECT_EQ(balance.on_hand, ranges * 8 * 899);
  EXPECT_LE(rows, 12U * ranges);
  EXPECT_GT(world.state.values.size(), before);

  std::mt19937 random(test::seed());
  const CountingState counting(world.state);
  constexpr std::size_t lookups = 2'000;
  const auto start = std::chrono::steady_clock::now();
  for (std::size_t i = 0; i < lookups; ++i) {
    const auto index = static_cast<std::int64_t>(random() % each);
    const auto piece = LabelBook(counting, subs[random() % ranges]).piece(index, index);
    ASSERT_TRUE(piece);
    ASSERT_NE(piece->state, LabelState::allocated);
  }
  const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - start;
  // A directory and a page of each of six layers, however many labels there are.
  EXPECT_LE(counting.reads, lookups * 12);
  std::cout << "10485760 labels: " << rows << " rows, " << octets << " octets; "
            << took.count() / lookups << " us a lookup\n";
}

// A roll torn into single labels: what one entry and one lookup touch stays bounded.
TEST(LabelScale, AWordOverScatteredLabelsTouchesABoundedNumberOfKeys) {
  LabelWorld world;
  const auto batch = world.packed("100000 kg", 100'000);
  const auto range = world.range(8'000);
  for (int i = 0; i < 2'000; ++i) {
    const auto verdict = world.print(range, i * 4, i * 4 + 1,
                                     i % 2 == 0 ? LabelWorld::for_batch(batch) : std::string());
    ASSERT_EQ(verdict.kind, Verdict::Kind::accept);
    ASSERT_LE(verdict.changes.size(), 8U);
  }
  const auto verdict = world.lose(range, 0, 7'999);
  EXPECT_THAT(verdict, Refused("label.mixed"));
  for (const auto& [key, value] : world.state.values) ASSERT_LT(value.size(), 64U * 1024) << key;
  const CountingState counting(world.state);
  EXPECT_EQ(LabelBook(counting, range).piece(4'000, 7'999)->until, 4'001);
  EXPECT_LE(counting.reads, 16U);
}

}  // namespace
}  // namespace nguon::ledger
