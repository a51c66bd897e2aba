#include "ledger/apply/label_runs.hpp"
#include "tests/ledger/apply/world.hpp"

#include <algorithm>
#include <random>

namespace nguon::ledger {
namespace {

class Labels : public testing::Test {
 protected:
  Verdict request(const Actor& who, const std::string& data) {
    const auto entry = world.entry(who, "label.request/1", "request", data);
    last_request = entry.id;
    return world.submit(entry);
  }
  Verdict grant(std::int64_t number, std::int64_t count, std::int64_t epoch = 1) {
    return world.try_add(
        world.service, "label.range/1", "range",
        "{'org':'" + world.coop + "','request':'" + last_request +
            "','number':" + std::to_string(number) + ",'count':" + std::to_string(count) +
            ",'epoch':" + std::to_string(epoch) + ",'serial_root':'" + std::string(43, 'A') + "'}");
  }
  Verdict void_run(const std::string& range, int first, int last) {
    return world.try_add(world.packer, "label.void/1", range,
                         "{'first':" + std::to_string(first) + ",'last':" + std::to_string(last) +
                             ",'reason':'damaged'}");
  }
  std::string extra(const std::string& batch, int count) {
    return "{'batch':'" + batch + "','extra':" + std::to_string(count) + ",'reason':'misprints'}";
  }
  std::string packed(const std::string& amount, const std::string& each, int count) {
    return world.pack(world.harvest(amount), amount, each, count);
  }
  std::optional<Interval> at(const std::string& range, std::int64_t index) {
    const auto key = state_key::layer(range, LabelLayer::applied);
    const auto found = read_record<IntervalDirectory>(world.state, key);
    if (!found || !*found) return std::nullopt;
    const auto number = (*found)->pages[page_of(**found, index)];
    const auto page =
        world.record<IntervalPage>(state_key::layer_page(range, LabelLayer::applied, number));
    const auto* run = find_run(page, index);
    return run != nullptr ? std::optional(*run) : std::nullopt;
  }
  World world;
  std::string last_request;
};

TEST_F(Labels, RangeNumberIsTheLastOfItsEpochPlusOne) {
  ASSERT_THAT(request(world.packer, "{'count':10}"), Accepted());
  EXPECT_THAT(grant(1, 10), Refused("label.number"));
  EXPECT_THAT(grant(0, 10), Accepted());
  ASSERT_THAT(request(world.packer, "{'count':10}"), Accepted());
  EXPECT_THAT(grant(0, 10), Refused("label.number"));
  EXPECT_THAT(grant(2, 10), Refused("label.number"));
  EXPECT_THAT(grant(1, 10), Accepted());
  ASSERT_THAT(request(world.packer, "{'count':10}"), Accepted());
  EXPECT_THAT(grant(0, 10, 2), Accepted());
}

TEST_F(Labels, RangeAnswersOneUnusedRequestOfTheSameOrganisation) {
  ASSERT_THAT(request(world.packer, "{'count':10}"), Accepted());
  EXPECT_THAT(grant(0, 11), Refused("label.count"));
  EXPECT_THAT(grant(0, 10), Accepted());
  EXPECT_THAT(grant(1, 10), Refused("label.request-used"));
  last_request = std::string(43, 'B');
  EXPECT_THAT(grant(1, 10), NotYet("entry.unknown"));
}

TEST_F(Labels, OnlyTheServiceGrantsRanges) {
  ASSERT_THAT(request(world.packer, "{'count':10}"), Accepted());
  EXPECT_THAT(
      world.try_add(world.director, "label.range/1", "range", "{'org':'" + world.coop + "'}"),
      Refused("role.none"));
}

TEST_F(Labels, AllowanceIsTheFloorOfNetAnd102PerCent) {
  // 100 kg in packs of 7 kg: floor(100·102 / (7·100)) = 14.
  const auto batch = packed("100 kg", "7 kg", 14);
  const auto range = world.range(100);
  EXPECT_THAT(world.label(range, 0, 14, batch, "7 kg"), Refused("label.allowance"));
  EXPECT_THAT(world.label(range, 0, 13, batch, "7000 g"), Accepted());
  EXPECT_THAT(world.label(range, 14, 14, batch, "7 kg"), Refused("label.allowance"));
  EXPECT_EQ(world.of<BatchRecord>(batch).labels, 14);
}

TEST_F(Labels, SmallerPackThanTheBatchsCannotStretchTheAllowance) {
  const auto batch = packed("100 kg", "7 kg", 14);
  EXPECT_THAT(world.label(world.range(100), 0, 0, batch, "1 g"), Refused("label.pack"));
  const auto loose = world.harvest("10 kg");
  const auto range = world.range(100);
  EXPECT_THAT(world.label(range, 0, 0, loose, "1 kg"), Accepted());
  EXPECT_THAT(world.label(range, 1, 1, loose, "1 g"), Refused("label.pack"));
}

TEST_F(Labels, MoreThanTheAllowanceNeedsAnotherPersonsApprovalOnce) {
  const auto batch = packed("10 kg", "1 kg", 10);
  const auto range = world.range(100);
  EXPECT_THAT(world.label(range, 0, 9, batch, "1 kg"), Accepted());
  EXPECT_THAT(request(world.packer, extra(batch, 3)), Refused("label.director"));
  ASSERT_THAT(request(world.director, extra(batch, 3)), Accepted());
  const auto approval = last_request;
  EXPECT_THAT(world.label(range, 10, 13, batch, "1 kg", approval), Refused("label.allowance"));
  EXPECT_THAT(world.label(range, 10, 12, batch, "1 kg", approval), Accepted());
  EXPECT_THAT(world.label(range, 13, 13, batch, "1 kg", approval), Refused("label.request-used"));
  const auto other = packed("10 kg", "1 kg", 10);
  ASSERT_THAT(request(world.director, extra(other, 3)), Accepted());
  EXPECT_THAT(world.label(range, 13, 13, batch, "1 kg", last_request), Refused("label.approval"));
}

TEST_F(Labels, DirectorDoesNotApproveTheDirectorsOwnLabels) {
  const auto batch = packed("10 kg", "1 kg", 10);
  const auto range = world.range(100);
  ASSERT_THAT(request(world.director, extra(batch, 3)), Accepted());
  EXPECT_THAT(world.try_add(world.director, "label.apply/1", range,
                            "{'first':0,'last':0,'batch':'" + batch + "','pack':" +
                                World::qty("1 kg") + ",'approval':'" + last_request + "'}"),
              Refused("label.approval-self"));
}

TEST_F(Labels, NoLabelIsAppliedTwiceOrAfterItIsVoid) {
  const auto batch = packed("100 kg", "1 kg", 100);
  const auto range = world.range(50);
  EXPECT_THAT(world.label(range, 10, 19, batch, "1 kg"), Accepted());
  for (const auto& [first, last] : {std::pair{10, 10}, {19, 25}, {0, 10}, {0, 49}, {12, 15}}) {
    EXPECT_THAT(world.label(range, first, last, batch, "1 kg"), Refused("label.overlap")) << first;
  }
  EXPECT_THAT(world.label(range, 45, 50, batch, "1 kg"), Refused("label.interval"));
  EXPECT_THAT(world.label(range, 5, 4, batch, "1 kg"), Refused("label.interval"));
  EXPECT_THAT(void_run(range, 15, 24), Accepted());
  EXPECT_THAT(void_run(range, 24, 24), Refused("label.void"));
  EXPECT_THAT(world.label(range, 20, 22, batch, "1 kg"), Refused("label.void"));
  EXPECT_THAT(world.label(range, 25, 29, batch, "1 kg"), Accepted());
  const auto record = world.of<RangeRecord>(range);
  EXPECT_EQ(record.applied, 15);
  EXPECT_EQ(record.voided, 10);
}

TEST_F(Labels, GoodsInAnotherOrganisationsHandsGetNoLabelOfOurs) {
  const auto other = world.org("HTX khac");
  const auto boss = world.enrol(world.registrar, other, {"director"});
  const auto batch = world.harvest("10 kg");
  const auto range = world.range(10);
  EXPECT_THAT(world.try_add(
                  boss, "label.apply/1", range,
                  "{'first':0,'last':0,'batch':'" + batch + "','pack':" + World::qty("1 kg") + "}"),
              Refused("role.relation"));
}

TEST_F(Labels, ThousandsOfScatteredRunsStaySmallAndFindable) {
  const auto batch = packed("100000 kg", "1 kg", 100000);
  const auto range = world.range(12000);
  // Many times what a page holds, and pages split in the middle as well as at the end.
  static_assert(max_runs_per_page * 5 < 3'000);
  std::vector<int> starts(3'000);
  for (int i = 0; i < 3'000; ++i) starts[static_cast<std::size_t>(i)] = i * 4;
  std::mt19937 random(7);
  std::shuffle(starts.begin(), starts.end(), random);
  for (const int start : starts) {
    const auto verdict = world.label(range, start, start + 1, batch, "1 kg");
    ASSERT_EQ(verdict.kind, Verdict::Kind::accept) << start;
    ASSERT_LE(verdict.changes.size(), 12U);
  }
  for (std::size_t i = 0; i < starts.size(); i += 5) {  // shuffled, so every page is met
    const int start = starts[i];
    ASSERT_TRUE(at(range, start) && at(range, start + 1)) << start;
    ASSERT_FALSE(at(range, start + 2) || at(range, start + 3)) << start;
    ASSERT_EQ(at(range, start)->of, batch);
  }
  for (const auto& [key, value] : world.state.values) ASSERT_LT(value.size(), 64U * 1024) << key;
  EXPECT_THAT(world.label(range, 11'999, 11'999, batch, "1 kg"), Accepted());
}

TEST_F(Labels, RunsThatTouchAndGoToOneBatchAreOne) {
  const auto batch = packed("100 kg", "1 kg", 100);
  const auto range = world.range(50);
  for (const auto& [first, last] : {std::pair{0, 4}, {10, 14}, {5, 9}}) {
    ASSERT_THAT(world.label(range, first, last, batch, "1 kg"), Accepted());
  }
  EXPECT_EQ(*at(range, 7), (Interval{0, 14, batch}));
}

}  // namespace
}  // namespace nguon::ledger
