#include "tests/ledger/apply/label_world.hpp"
#include "tests/ledger/apply/old_rules.hpp"
#include "tests/ledger/apply/plain_table.hpp"
#include "tests/ledger/apply/town.hpp"

#include <functional>
#include <map>

// FORMAT.md "Labels": its table cell by cell, and what the text beside it promises.
namespace nguon::ledger {
namespace {

using testing::HasSubstr;

class LabelMoves : public testing::Test {
 protected:
  LabelMoves() { world.have_neighbour(); }

  std::string report(const Verdict& verdict) { return Town::told(verdict); }
  LabelWorld world;
};

TEST_F(LabelMoves, EveryCellOfTheTableIsWhatApplySays) {
  auto& w = world;
  const auto batch = w.packed("100 kg", 100);
  const auto other = w.packed("100 kg", 100);
  const auto range = w.range(1000);
  const std::map<std::string, std::function<void(int)>> states{
      {"allocated", [](int) {}},
      {"printed blank", [&](int at) { ASSERT_THAT(w.print(range, at, at + 4), Accepted()); }},
      {"printed for the batch",
       [&](int at) {
         ASSERT_THAT(w.print(range, at, at + 4, LabelWorld::for_batch(batch)), Accepted());
       }},
      {"printed for another batch",
       [&](int at) {
         ASSERT_THAT(w.print(range, at, at + 4, LabelWorld::for_batch(other)), Accepted());
       }},
      {"on goods", [&](int at) { ASSERT_THAT(w.put_on(range, at, at + 4, batch), Accepted()); }},
      {"lost on the roll",
       [&](int at) {
         ASSERT_THAT(w.print(range, at, at + 4), Accepted());
         ASSERT_THAT(w.lose(range, at, at + 4), Accepted());
       }},
      {"lost with the goods",
       [&](int at) {
         ASSERT_THAT(w.put_on(range, at, at + 4, batch), Accepted());
         ASSERT_THAT(w.lose(range, at, at + 4), Accepted());
       }},
      {"void", [&](int at) { ASSERT_THAT(w.make_void(range, at, at + 4), Accepted()); }},
      {"returned", [&](int at) { ASSERT_THAT(w.give_back(range, at, at + 4), Accepted()); }},
      {"on offer",
       [&](int at) { ASSERT_THAT(w.give(range, at, at + 4, w.neighbour), Accepted()); }},
      {"given",
       [&](int at) {
         ASSERT_THAT(w.give(range, at, at + 4, w.neighbour), Accepted());
         ASSERT_THAT(w.take(w.neighbour_boss, w.last_offer), Accepted());
       }},
  };
  using Move = std::function<Verdict(int, int)>;
  const std::map<std::string, std::vector<Move>> moves{
      {"print", {[&](int a, int b) { return w.print(range, a, b); }}},
      {"print for a batch",
       {[&](int a, int b) { return w.print(range, a, b, LabelWorld::for_batch(batch)); }}},
      {"reprint", {[&](int a, int b) { return w.reprint(range, a, b); }}},
      {"apply", {[&](int a, int b) { return w.put_on(range, a, b, batch); }}},
      {"void",
       {[&](int a, int b) { return w.make_void(range, a, b, "1"); },
        [&](int a, int b) { return w.make_void(range, a, b, "2"); }}},
      {"lose", {[&](int a, int b) { return w.lose(range, a, b); }}},
      {"return", {[&](int a, int b) { return w.give_back(range, a, b); }}},
      {"give", {[&](int a, int b) { return w.give(range, a, b, w.neighbour); }}},
  };
  const auto rows = plain_table(NGUON_LEDGER_FORMAT, "| labels are |");
  ASSERT_EQ(rows.size(), states.size());
  std::size_t tried = 0;
  int at = 0;
  for (const auto& row : rows) {
    ASSERT_TRUE(states.contains(row.name)) << row.name;
    states.at(row.name)(at);
    const auto before = w.state.values;
    ASSERT_EQ(row.cells.size(), moves.size());
    for (const auto& [name, ways] : moves) {
      ASSERT_TRUE(row.cells.contains(name)) << name;
      for (const auto& move : ways) {
        // All of what stands so, and a part from the middle of it.
        for (const auto& [first, last] : {std::pair{at, at + 4}, {at + 1, at + 2}}) {
          EXPECT_EQ(report(move(first, last)), row.cells.at(name)) << row.name << ": " << name;
          w.state.values = before;
          ++tried;
        }
      }
    }
    at += 10;
  }
  EXPECT_EQ(tried, rows.size() * (moves.size() + 1) * 2);
}

TEST_F(LabelMoves, ReprintsNeedTheOldOnesDestroyedAndAreCounted) {
  const auto batch = world.packed("100 kg", 100);
  const auto range = world.range(100);
  ASSERT_THAT(world.print(range, 0, 9, LabelWorld::for_batch(batch)), Accepted());
  EXPECT_THAT(world.reprint(range, 0, 9, false), Refused("label.destroyed"));
  EXPECT_THAT(world.reprint(range, 0, 9), Accepted());
  EXPECT_THAT(world.put_on(range, 0, 4, batch), Accepted());
  EXPECT_THAT(world.reprint(range, 2, 2), Accepted());
  EXPECT_EQ(world.account(batch).reprinted, 11);
  EXPECT_EQ(world.account(batch).printed, 10);
  EXPECT_EQ(world.record<LabelPart>(state_key::label_part(range)).reprinted, 11);
  EXPECT_EQ(world.balance(batch), (LabelBalance{10, 5, 0, 0, 0, 5}));
}

TEST_F(LabelMoves, MixedLabelsAreRefusedWithTheLastThatStandsLikeTheFirst) {
  const auto range = world.range(100);
  ASSERT_THAT(world.print(range, 0, 9), Accepted());
  const auto verdict = world.lose(range, 5, 12);
  EXPECT_THAT(verdict, Refused("label.mixed"));
  EXPECT_THAT(verdict.detail, HasSubstr("từ 5 đến 9"));
  EXPECT_THAT(verdict.detail, HasSubstr("5 to 9"));
  ASSERT_THAT(world.lose(range, 5, 9), Accepted());
  EXPECT_THAT(world.make_void(range, 0, 9), Refused("label.mixed"));
}

TEST_F(LabelMoves, PrintingForABatchStaysWithinItsAllowanceAndSaysEveryNumber) {
  const auto batch = world.pack(world.harvest("100.5 kg"), "100.5 kg", "7 kg", 14);
  const auto range = world.range(100);
  const auto seven = LabelWorld::for_batch(batch, "7 kg");
  // floor(100.5 · 102 / (7 · 100)) = 14.
  EXPECT_THAT(world.print(range, 0, 14, seven), Refused("label.allowance"));
  EXPECT_THAT(world.print(range, 0, 9, seven), Accepted());
  EXPECT_THAT(world.label(range, 0, 3, batch, "7 kg"), Accepted());
  const auto verdict = world.print(range, 10, 14, seven);
  EXPECT_THAT(verdict, Refused("label.allowance"));
  EXPECT_EQ(verdict.detail,
            "Khối lượng lô 100,5 kg × 102 ÷ (gói 7 kg × 100) = 14 tem, duyệt thêm 0: được 14 tem. "
            "Đã dán 4, đã in chờ dán 6, lần này 5: thành 15 tem, vượt 1.\n"
            "Net of the batch 100.5 kg × 102 ÷ (pack 7 kg × 100) = 14 labels, 0 more approved: 14 "
            "allowed. 4 on goods, 6 printed and waiting, 5 now: 15, which is 1 too many.");
  // What is void waits no more, so it may be printed anew.
  EXPECT_THAT(world.make_void(range, 4, 4), Accepted());
  EXPECT_THAT(world.print(range, 10, 14, seven), Accepted());
}

TEST_F(LabelMoves, AnApprovalMayBeUsedByThePrinting) {
  const auto batch = world.packed("10 kg", 10);
  const auto range = world.range(100);
  const auto approval = world.entry(world.director, "label.request/1", "request",
                                    "{'batch':'" + batch + "','extra':3,'reason':'misprints'}");
  ASSERT_THAT(world.submit(approval), Accepted());
  EXPECT_THAT(world.print(range, 0, 12, LabelWorld::for_batch(batch)), Refused("label.allowance"));
  EXPECT_THAT(world.print(range, 0, 12, LabelWorld::for_batch(batch, "1 kg", approval.id)),
              Accepted());
  EXPECT_THAT(world.put_on(range, 0, 12, batch), Accepted());
  EXPECT_THAT(world.put_on(range, 13, 13, batch), Refused("label.allowance"));
}

TEST_F(LabelMoves, NothingIsAppliedBeforeItsRangeIsGranted) {
  const auto batch = world.packed("10 kg", 10);
  const auto unknown = "range:" + std::string(26, '0');
  EXPECT_THAT(world.label(unknown, 0, 0, batch, "1 kg"), NotYet("subject.unknown"));
  EXPECT_FALSE(world.of<RangeRecord>(world.range(10)).serial_root.empty());
}

TEST_F(LabelMoves, ALotClosesOnlyInBalance) {
  const auto batch = world.packed("100 kg", 100);
  const auto range = world.range(200);
  ASSERT_THAT(world.print(range, 0, 89, LabelWorld::for_batch(batch)), Accepted());
  ASSERT_THAT(world.put_on(range, 0, 69, batch), Accepted());
  ASSERT_THAT(world.put_on(range, 100, 104, batch), Accepted());  // nobody said they were printed
  ASSERT_THAT(world.make_void(range, 60, 61), Accepted());
  ASSERT_THAT(world.make_void(range, 70, 72), Accepted());
  ASSERT_THAT(world.lose(range, 0, 3), Accepted());
  ASSERT_THAT(world.lose(range, 80, 80), Accepted());
  ASSERT_THAT(world.give_back(range, 89, 89), Accepted());
  EXPECT_EQ(world.balance(batch), (LabelBalance{95, 69, 5, 5, 1, 15}));
  const auto short_of_one = world.close(batch, 14);
  EXPECT_THAT(short_of_one, Refused("label.balance"));
  EXPECT_EQ(short_of_one.detail,
            "In 95 = dán 69 + hủy 5 + mất 5 + trả 1 + trên tay 15. Đếm được trên tay 14: thiếu "
            "1 tem.\nPrinted 95 = applied 69 + void 5 + lost 5 + returned 1 + on hand 15. "
            "Counted on hand 14: 1 missing.");
  EXPECT_THAT(world.close(batch, 16), Refused("label.balance"));
  ASSERT_THAT(world.lose(range, 81, 81), Accepted());
  EXPECT_THAT(world.close(batch, 14), Accepted());
}

TEST_F(LabelMoves, AClosedLotGetsNoLabelsUntilItIsOpenedAgain) {
  const auto batch = world.receive("100 kg");
  const auto range = world.range(200);
  ASSERT_THAT(world.print(range, 0, 9, LabelWorld::for_batch(batch)), Accepted());
  ASSERT_THAT(world.close(batch, 10), Accepted());
  const auto closing = world.head(batch);
  EXPECT_THAT(world.close(batch, 10), Refused("batch.closed"));
  EXPECT_THAT(world.put_on(range, 0, 0, batch), Refused("batch.closed"));
  EXPECT_THAT(world.print(range, 10, 10, LabelWorld::for_batch(batch)), Refused("batch.closed"));
  EXPECT_THAT(world.make_void(range, 0, 0), Accepted());
  EXPECT_EQ(world.balance(batch).on_hand, 9);
  world.receive("1 kg", batch);
  EXPECT_THAT(world.flags, testing::Contains("flag.batch-closed"));
  const auto reopen = [&](const std::string& which) {
    return world.try_add(world.director, "batch.close/1", batch,
                         "{'on':'2026-10-10','reopens':'" + which + "','reason':'more_goods'}");
  };
  EXPECT_THAT(reopen(range), Refused("batch.not-closed"));
  EXPECT_THAT(reopen(closing), Accepted());
  EXPECT_THAT(reopen(closing), Refused("batch.not-closed"));
  EXPECT_THAT(world.put_on(range, 1, 1, batch), Accepted());
  world.receive("1 kg", batch);
  EXPECT_THAT(world.flags, testing::Not(testing::Contains("flag.batch-closed")));
}

TEST_F(LabelMoves, BlankRollsGoFromHandToHandAndEachHandHasItsOwnHead) {
  const auto range = world.range(100);
  ASSERT_THAT(world.print(range, 0, 49), Accepted());
  EXPECT_THAT(world.give(range, 0, 9, world.coop), Refused("label.own"));
  EXPECT_THAT(world.give(range, 45, 54, world.neighbour), Refused("label.mixed"));
  ASSERT_THAT(world.give(range, 10, 19, world.neighbour), Accepted());
  const auto offer = world.last_offer;
  EXPECT_THAT(world.take(world.clerk, offer), Refused("label.offer-other"));
  EXPECT_THAT(world.take(world.neighbour_boss, world.head(world.coop)), Refused("label.offer"));
  ASSERT_THAT(world.take(world.neighbour_boss, offer), Accepted());
  const auto theirs = world.last_taken;
  EXPECT_THAT(world.take(world.neighbour_boss, offer), Refused("label.offer"));
  EXPECT_EQ(world.at(range, 10).word, theirs);
  EXPECT_EQ(world.at(theirs, 10).state, LabelState::printed);
  // Theirs are those places alone, and theirs alone to move.
  EXPECT_THAT(world.lose(theirs, 9, 10), Refused("label.interval"));
  EXPECT_THAT(world.lose(theirs, 19, 20), Refused("label.interval"));
  EXPECT_THAT(world.try_add(world.packer, "label.lose/1", theirs,
                            LabelWorld::span(10, 10, ",'reason':'missing'")),
              Refused("role.relation"));
  EXPECT_THAT(world.lose(theirs, 10, 10), Accepted());
  // And back again, a part of it.
  ASSERT_THAT(world.give(theirs, 12, 13, world.coop), Accepted());
  ASSERT_THAT(world.take(world.packer, world.last_offer), Accepted());
  EXPECT_EQ(world.record<LabelPart>(state_key::label_part(world.last_taken)).hands, 2);
  EXPECT_EQ(world.of<RangeRecord>(world.last_taken).serial_root,
            world.of<RangeRecord>(range).serial_root);
  const auto batch = world.packed("10 kg", 10);
  EXPECT_THAT(world.put_on(world.last_taken, 12, 13, batch), Accepted());
}

TEST_F(LabelMoves, AnOfferIsWithdrawnWhileNobodyTookIt) {
  const auto range = world.range(100);
  ASSERT_THAT(world.give(range, 0, 9, world.neighbour), Accepted());
  const auto offer = world.last_offer;
  const auto withdraw = [&] {
    return world.try_add(world.clerk, "label.give/1", range,
                         "{'on':'2026-10-09','withdraws':'" + offer + "'}");
  };
  EXPECT_THAT(withdraw(), Accepted());
  EXPECT_THAT(withdraw(), Refused("label.offer"));
  EXPECT_THAT(world.take(world.neighbour_boss, offer), Refused("label.offer"));
  EXPECT_THAT(world.print(range, 0, 9), Accepted());
}

TEST_F(LabelMoves, OffersAndHandsHaveTheirBounds) {
  auto range = world.range(100);
  for (int i = 0; i < 16; ++i) ASSERT_THAT(world.give(range, i, i, world.neighbour), Accepted());
  EXPECT_THAT(world.give(range, 16, 16, world.neighbour), Refused("label.offers"));
  range = world.range(100);
  for (int hand = 0; hand < 8; ++hand) {
    const bool there = hand % 2 == 0;
    ASSERT_THAT(world.give(range, 5, 5, there ? world.neighbour : world.coop), Accepted());
    ASSERT_THAT(world.take(there ? world.neighbour_boss : world.packer, world.last_offer),
                Accepted());
    range = world.last_taken;
  }
  EXPECT_THAT(world.give(range, 5, 5, world.neighbour), Refused("label.hands"));
}

TEST_F(LabelMoves, WordsOfOldMajorsWriteWhatTheyAlwaysWrote) {
  const auto batch = world.packed("100 kg", 100);
  const auto range = world.range(100);
  ASSERT_THAT(world.put_on(range, 0, 9, batch), Accepted());
  ASSERT_THAT(world.make_void(range, 5, 14, "1"), Accepted());  // some on goods, some not
  for (const auto& [key, value] : world.state.values) {
    EXPECT_FALSE(key.starts_with("label-") || key.starts_with("runs-printed/") ||
                 key.starts_with("runs-lost/") || key.starts_with("runs-returned/") ||
                 key.starts_with("runs-given/"))
        << key;
  }
  EXPECT_EQ(world.state.values.find(state_key::layer_page(range, LabelLayer::voided, 0))->second,
            R"({"runs":"5-14="})");
}

TEST_F(LabelMoves, OlderRulesKnowNoneOfTheseWordsAndJudgeTheOldOnesAsEver) {
  const auto old = rules_before_the_label_account();
  const auto batch = world.packed("100 kg", 100);
  const auto range = world.range(100);
  const auto asked = [&](const char* type, const std::string& sub, const std::string& data) {
    const auto entry = world.entry(world.clerk, type, sub, data);
    return *apply(world.index, world.recorded, entry, world.state, {1, &old});
  };
  const auto few = LabelWorld::span(0, 9, ",'reason':'damaged'");
  for (const char* type :
       {"label.print/1", "label.lose/1", "label.return/1", "label.void/2", "label.give/1"}) {
    EXPECT_THAT(asked(type, range, few), Refused("entry.type")) << type;
  }
  EXPECT_THAT(asked("batch.close/1", batch, "{}"), Refused("entry.type"));
  const auto voids = asked("label.void/1", range, few);
  EXPECT_THAT(voids, Accepted());
  const auto entry = world.entry(world.clerk, "label.void/1", range, few);
  const auto now =
      *apply(world.index, world.recorded, entry, world.state, {1, &schemas::Bundle::built_in()});
  ASSERT_EQ(now.changes.size(), voids.changes.size());
  for (std::size_t i = 0; i < now.changes.size(); ++i) {
    if (now.changes[i].key.starts_with("head/") || now.changes[i].key.starts_with("entry/"))
      continue;
    EXPECT_EQ(now.changes[i], voids.changes[i]);
  }
}

}  // namespace
}  // namespace nguon::ledger
