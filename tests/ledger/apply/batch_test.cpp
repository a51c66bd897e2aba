#include "tests/ledger/apply/world.hpp"

namespace nguon::ledger {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

class Batches : public testing::Test {
 protected:
  BatchRecord batch(const std::string& sub) { return world.of<BatchRecord>(sub); }
  std::string micro(const Amount& amount) { return schemas::print(amount); }
  Verdict correct(const std::string& sub, const std::string& target, const std::string& pointer,
                  const std::string& value) {
    return world.try_add(world.clerk, "batch.correct/1", sub,
                         "{'target':'" + target + "','pointer':'" + pointer + "','value':" + value +
                             ",'reason':'typing'}");
  }
  Verdict recall(const std::string& sub, const std::string& lifts = {}) {
    return world.try_add(
        world.director, "batch.recall/1", sub,
        "{'on':'2026-10-09','reason':'residue','action':'return','notice':{'vi':'Du "
        "lieu mau','en':'sample data'}" +
            (lifts.empty() ? "" : ",'lifts':'" + lifts + "'") + "}");
  }
  Verdict harvest(const std::string& product, const std::string& site, const std::string& qty) {
    return world.try_add(world.member, "batch.harvest/1", "batch",
                         "{'product':'" + product + "','site':'" + site +
                             "','on':'2026-10-05','qty':" + World::qty(qty) + "}");
  }
  World world;
};

TEST_F(Batches, HarvestCreditsExactMicroUnitsInAnyUnitOfItsDimension) {
  EXPECT_EQ(micro(batch(world.harvest("120.5 kg")).credited), "120.5");
  EXPECT_EQ(micro(batch(world.harvest("1.25 ta")).credited), "125");
  EXPECT_EQ(micro(batch(world.harvest("7 g")).credited), "0.007");
}

TEST_F(Batches, HarvestOfUnknownSiteOrProductComesAgain) {
  const std::string none = "00000000000000000000000000";
  EXPECT_THAT(harvest("product:" + none, world.site, "1 kg"), NotYet("subject.unknown"));
  EXPECT_THAT(harvest(world.product, "site:" + none, "1 kg"), NotYet("subject.unknown"));
}

TEST_F(Batches, HarvestInUnitsOfLandOrNoUnitIsRefused) {
  EXPECT_THAT(harvest(world.product, world.site, "1 ha"), Refused("quantity.dimension"));
  EXPECT_THAT(harvest(world.product, world.site, "1 stone"), Refused("quantity.unit"));
  EXPECT_THAT(harvest(world.product, world.site, "-1 kg"), Refused("quantity.amount"));
}

TEST_F(Batches, HarvestOnARetiredPlotIsAcceptedAndFlagged) {
  world.add(world.clerk, "site.retire/1", world.site, "{'on':'2026-10-05','reason':'sold'}");
  world.harvest("10 kg");
  EXPECT_THAT(world.flags, ElementsAre("flag.site-retired"));
}

TEST_F(Batches, TransformDebitsItsInputAndCreditsItsOutput) {
  const auto picked = world.harvest("100 kg");
  const auto made = world.transform(picked, "80 kg", "70 kg");
  EXPECT_EQ(micro(batch(picked).debited), "80");
  EXPECT_EQ(micro(batch(made).credited), "70");
  EXPECT_THAT(batch(made).inputs, ElementsAre(picked));
  EXPECT_THAT(world.flags, IsEmpty());
}

TEST_F(Batches, ADeliveryTakesFromTheHarvestAndTheTicketFromTheDelivery) {
  const auto picked = world.harvest("100 kg");
  const auto said = [&](const std::string& qty) {
    return world.entry(world.member, "batch.deliver/1", "batch",
                       "{'product':'" + world.product + "','on':'2026-10-06','ticket':'PC-7','qty':" +
                           World::qty(qty) + "}");
  };
  auto delivery = said("60 kg");
  delivery.from = {world.input(picked, "60 kg")};
  ASSERT_THAT(world.submit(delivery), Accepted());
  EXPECT_EQ(micro(batch(picked).debited), "60");
  EXPECT_EQ(batch(delivery.sub).kind, "delivery");
  EXPECT_EQ(batch(delivery.sub).holder, world.coop);
  auto ticket = world.entry(world.packer, "batch.receive/1", "batch",
                            "{'product':'" + world.product + "','on':'2026-10-06','qty':" +
                                World::qty("59 kg") + "}");
  ticket.from = {world.input(delivery.sub, "60 kg")};
  ASSERT_THAT(world.submit(ticket), Accepted());
  EXPECT_EQ(micro(batch(delivery.sub).debited), "60");
  EXPECT_EQ(micro(batch(ticket.sub).credited), "59");

  // Whoever notes no harvests states the delivery alone, and may put it right.
  const auto alone = said("25 kg");
  ASSERT_THAT(world.submit(alone), Accepted());
  EXPECT_THAT(batch(alone.sub).inputs, IsEmpty());
  EXPECT_THAT(correct(alone.sub, alone.id, "/qty", World::qty("24 kg")), Accepted());
  EXPECT_EQ(micro(batch(alone.sub).credited), "24");
}

TEST_F(Batches, OverdrawnInputIsAcceptedAndFlagged) {
  const auto picked = world.harvest("100 kg");
  world.transform(picked, "60 kg", "50 kg");
  world.transform(picked, "60 kg", "50 kg");
  EXPECT_THAT(world.flags, ElementsAre("flag.overdraw"));
  EXPECT_EQ(micro(batch(picked).debited), "120");
}

TEST_F(Batches, InputInAnotherDimensionOrHandsIsRefused) {
  const auto picked = world.harvest("100 kg");
  auto entry =
      world.entry(world.packer, "batch.transform/1", "batch",
                  "{'product':'" + world.product +
                      "','step':'sort','on':'2026-10-06','qty':{'amount':'9','unit':'kg'}}");
  entry.from = {world.input(picked, "5 l")};
  EXPECT_THAT(world.submit(entry), Refused("quantity.dimension"));
  entry.from = {};
  EXPECT_THAT(world.submit(entry), Refused("from.count"));
  entry.from = {world.input(world.site, "5 kg")};
  EXPECT_THAT(world.submit(entry), Refused("from.kind"));

  const auto other = world.org("HTX khac");
  const auto boss = world.enrol(world.registrar, other, {"director"});
  entry = world.entry(boss, "batch.transform/1", "batch",
                      "{'product':'" + world.product +
                          "','step':'sort','on':'2026-10-06','qty':{'amount':'9','unit':'kg'}}");
  entry.from = {world.input(picked, "5 kg")};
  EXPECT_THAT(world.submit(entry), Refused("role.relation"));
}

TEST_F(Batches, LotGathersTicketsOfOneProductAndCountsEachPersonOnce) {
  const auto lot = world.receive("10 kg");
  for (const auto* person : {&world.member.person, &world.packer.person, &world.member.person}) {
    auto ticket = world.entry(
        world.clerk, "batch.receive/1", lot,
        "{'product':'" + world.product + "','on':'2026-10-09','qty':{'amount':'5','unit':'kg'}}");
    ticket.on_behalf_of = *person;
    EXPECT_THAT(world.submit(ticket), Accepted());
  }
  EXPECT_EQ(micro(batch(lot).credited), "25");
  EXPECT_EQ(batch(lot).tickets, 4);
  EXPECT_EQ(batch(lot).people, 2);
  EXPECT_EQ(batch(lot).first, "2026-10-05");
  EXPECT_EQ(batch(lot).last, "2026-10-09");

  const auto other =
      world.add(world.clerk, "product.add/1", "product",
                "{'org':'" + world.coop + "','name':'Khac','crop':'orange','stage':'fresh'}");
  EXPECT_THAT(world.try_add(
                  world.clerk, "batch.receive/1", lot,
                  "{'product':'" + other + "','on':'2026-10-09','qty':{'amount':'5','unit':'kg'}}"),
              Refused("batch.product"));
  EXPECT_THAT(world.try_add(world.clerk, "batch.receive/1", lot,
                            "{'product':'" + world.product +
                                "','on':'2026-10-09','qty':{'amount':'5','unit':'l'}}"),
              Refused("quantity.dimension"));
}

TEST_F(Batches, TicketOnSomethingThatIsNoLotIsRefused) {
  const auto picked = world.harvest("10 kg");
  EXPECT_THAT(world.try_add(world.clerk, "batch.receive/1", picked,
                            "{'product':'" + world.product +
                                "','on':'2026-10-09','qty':{'amount':'5','unit':'kg'}}"),
              Refused("batch.kind"));
}

TEST_F(Batches, CorrectionOfAQuantityMovesTheBatchByTheDifference) {
  const auto lot = world.receive("10 kg");
  const auto first = world.head(lot);
  world.receive("20 kg", lot);
  EXPECT_THAT(correct(lot, first, "/qty", World::qty("1 yen")), Accepted());
  EXPECT_EQ(micro(batch(lot).credited), "30");
  EXPECT_THAT(correct(lot, first, "/qty", World::qty("12 kg")), Accepted());
  EXPECT_EQ(micro(batch(lot).credited), "32");
  EXPECT_THAT(correct(lot, first, "/qty", World::qty("12 l")), Refused("quantity.dimension"));
  EXPECT_THAT(correct(lot, first, "/qty/amount", "'9'"), Refused("correct.pointer"));
}

TEST_F(Batches, CorrectionTargetsAnEntryOfItsOwnBatch) {
  const auto picked = world.harvest("10 kg");
  const auto other = world.harvest("10 kg");
  EXPECT_THAT(correct(picked, world.head(other), "/on", "'2026-10-01'"), Refused("correct.target"));
  EXPECT_THAT(correct(picked, std::string(43, 'A'), "/on", "'2026-10-01'"),
              NotYet("entry.unknown"));
  EXPECT_THAT(correct(picked, world.head(picked), "/on", "'2026-10-01'"), Accepted());
  EXPECT_EQ(batch(picked).first, "2026-10-01");
  EXPECT_EQ(batch(picked).last, "2026-10-01");
}

TEST_F(Batches, MemberCorrectsOnlyWhatTheMemberMade) {
  const auto picked = world.harvest("10 kg");
  const auto by = [&](const Actor& who, const std::string& target) {
    return world.try_add(
        who, "batch.correct/1", picked,
        "{'target':'" + target + "','pointer':'/on','value':'2026-10-01','reason':'typing'}");
  };
  const auto target = world.head(picked);
  EXPECT_THAT(by(world.packer, target), Refused("role.relation"));
  EXPECT_THAT(by(world.member, target), Accepted());
}

TEST_F(Batches, RecallStandsUntilItIsLiftedAndFlagsWhoConsumesIt) {
  const auto picked = world.harvest("10 kg");
  EXPECT_THAT(recall(picked), Accepted());
  const auto id = world.head(picked);
  ASSERT_EQ(batch(picked).recalls.size(), 1U);
  EXPECT_EQ(batch(picked).recalls[0].entry, id);
  world.transform(picked, "5 kg", "5 kg");
  EXPECT_THAT(world.flags, ElementsAre("flag.input-recalled"));
  EXPECT_THAT(recall(picked, std::string(43, 'A')), Refused("recall.lifts"));
  EXPECT_THAT(recall(picked, id), Accepted());
  EXPECT_THAT(batch(picked).recalls, IsEmpty());
}

TEST_F(Batches, BalancesBeyond128BitsAreRefusedAndTouchNothing) {
  const auto lot = world.receive("999999999999.999999 tan");
  auto record = batch(lot);
  record.credited = Amount(~(Amount::Wide{1} << 127));
  world.state.values[state_key::subject(lot)] = encode(record);
  const auto before = world.state.values;
  EXPECT_THAT(world.try_add(world.clerk, "batch.receive/1", lot,
                            "{'product':'" + world.product +
                                "','on':'2026-10-09','qty':{'amount':'1','unit':'g'}}"),
              Refused("quantity.overflow"));
  EXPECT_EQ(world.state.values, before);
}

TEST_F(Batches, PackNamesItsContentInTheDimensionOfItsGoods) {
  const auto picked = world.harvest("100 kg");
  const auto packed = world.pack(picked, "100 kg", "500 g", 200);
  EXPECT_EQ(micro(*batch(packed).pack), "0.5");
  EXPECT_EQ(batch(packed).kind, "pack");
  EXPECT_EQ(batch(packed).lot, "CL-1");
  auto entry = world.entry(world.packer, "batch.pack/1", "batch",
                           "{'product':'" + world.product +
                               "','on':'2026-10-07','lot':'A','qty':{'amount':'1','unit':'kg'},"
                               "'pack':{'amount':'1','unit':'l'},'count':1}");
  entry.from = {world.input(picked, "1 kg")};
  EXPECT_THAT(world.submit(entry), Refused("quantity.dimension"));
}

}  // namespace
}  // namespace nguon::ledger
