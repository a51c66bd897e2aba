#include "ledger/trace/recorded_reads.hpp"

#include "ledger/trace/trace.hpp"
#include "tests/ledger/trace/world_source.hpp"

namespace nguon::ledger::trace {
namespace {

constexpr std::int64_t at_noon = 1'791'608'400'000;  // 2026-10-10 in Việt Nam

/// Two batches with labels, and what was read for a label of the first.
class RecordedLabel : public testing::Test {
 protected:
  RecordedLabel() {
    mine_ = pack();
    other_ = pack();
    range_ = world_.range(300);
    EXPECT_THAT(world_.label(range_, 0, 99, mine_, "500 g"), Accepted());
    EXPECT_THAT(world_.label(range_, 100, 199, other_, "500 g"), Accepted());
    reads_ = read();
  }

  std::string pack() { return world_.pack(world_.harvest("100 kg"), "100 kg", "500 g", 200); }
  Reads read() const {
    const RecordedReads recorded(source_);
    const Trace trace(recorded, schemas::Bundle::built_in(), at_noon);
    const auto label = trace.label(1, 0, 7);
    EXPECT_TRUE(label && label->batch);
    EXPECT_TRUE(trace.timeline(label->batch->origin.batches));
    return recorded.taken();
  }
  bool still() const { return reads_.still(source_).value(); }
  void recall(const std::string& batch) {
    world_.add(
        world_.director, "batch.recall/1", batch,
        "{'on':'2026-10-09','reason':'residue','action':'return','notice':{'vi':'Dung dung'}}");
  }

  World world_;
  WorldSource source_{world_};
  std::string mine_, other_, range_;
  Reads reads_;
};

TEST_F(RecordedLabel, HoldsWhileNothingIsSaid) {
  EXPECT_GT(reads_.size(), 8U);
  EXPECT_TRUE(still());
}

TEST_F(RecordedLabel, OutlivesWhatItWasReadThrough) {
  world_.harvest("5 kg");
  EXPECT_TRUE(still()) << "a harvest of nobody here";
}

TEST_F(RecordedLabel, EndsWithARecallOfItsBatchAndNotOfAnother) {
  recall(other_);
  EXPECT_TRUE(still());
  recall(mine_);
  EXPECT_FALSE(still());
  reads_ = read();
  EXPECT_TRUE(still()) << "read anew";
}

TEST_F(RecordedLabel, EndsWithAStarForItsProduct) {
  world_.add(world_.registrar, "ocop.decision/1", "ocop",
             "{'products':['" + world_.product + "'],'holder':'" + world_.coop +
                 "','stars':4,'number':'12/QD','council':'Hoi dong mau','issued':'2026-06-01'}");
  EXPECT_FALSE(still());
}

/// Absent and empty are not the same, nor is one key another.
TEST(RecordedReads, TellAnswersApart) {
  World world;
  struct One final : Source {
    std::optional<std::string> value;
    std::vector<std::uint64_t> indexes;
    Result<std::optional<std::string>> get(std::string_view) const override { return value; }
    Result<Leaf> leaf(std::uint64_t) const override { return Leaf{}; }
    Result<std::optional<Leaf>> find(std::string_view) const override {
      return value ? std::optional<Leaf>(Leaf{}) : std::optional<Leaf>();
    }
    Result<std::vector<std::uint64_t>> history(std::string_view, std::uint64_t,
                                               std::size_t) const override {
      return indexes;
    }
    Result<std::vector<std::uint64_t>> consumers(std::string_view, std::size_t) const override {
      return indexes;
    }
  } one;
  const auto noted = [&](auto&& ask) {
    const RecordedReads recorded(one);
    EXPECT_TRUE(ask(recorded));
    return recorded.taken();
  };
  const auto state = noted([](const Source& source) { return source.get("k"); });
  const auto entry = noted([](const Source& source) { return source.find("id"); });
  const auto history = noted([](const Source& source) { return source.history("s", 0, 9); });
  const auto users = noted([](const Source& source) { return source.consumers("s", 9); });
  const auto hold = [&] {
    std::string which;
    for (const auto* reads : {&state, &entry, &history, &users}) {
      which += reads->still(one).value() ? '1' : '0';
    }
    return which;
  };
  EXPECT_EQ(hold(), "1111");
  one.value = "";
  EXPECT_EQ(hold(), "0011");
  one.value.reset();
  one.indexes = {1};
  EXPECT_EQ(hold(), "1100");
}

}  // namespace
}  // namespace nguon::ledger::trace
