#include "ledger/trace/trace.hpp"

#include "tests/ledger/trace/world_source.hpp"

namespace nguon::ledger::trace {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Status = LabelView::Status;
using Standing = OcopLine::Standing;

// Noon in Việt Nam on 2026-10-10, and the last and first instants of days there.
constexpr std::int64_t noon = 1'791'608'400'000;
constexpr std::int64_t day = 86'400'000;

class Tracing : public testing::Test {
 protected:
  Trace trace(std::int64_t now = noon, Limits limits = {}) {
    return Trace(source, schemas::Bundle::built_in(), now, limits);
  }
  BatchView batch(const std::string& sub, std::int64_t now = noon) {
    const auto view = trace(now).batch(sub);
    EXPECT_TRUE(view && *view);
    return **view;
  }
  std::string decide(const std::string& issued, const std::string& rest = {}) {
    return world.add(world.registrar, "ocop.decision/1", "ocop",
                     "{'products':['" + world.product + "'],'holder':'" + world.coop +
                         "','stars':4,'number':'12/QD','council':'Hoi dong mau','issued':'" +
                         issued + "'" + rest + "}");
  }
  /// Picked 100 kg, packed in 500 g, labels 0..199 of a range of 300.
  void season() {
    picked = world.harvest("100 kg");
    packed = world.pack(picked, "100 kg", "500 g", 200);
    range = world.range(300);
    EXPECT_THAT(world.label(range, 0, 199, packed, "500 g"), Accepted());
  }
  World world;
  WorldSource source{world};
  std::string picked, packed, range;
};

TEST_F(Tracing, AppliedLabelLeadsToProductMakerPlaceAndDates) {
  season();
  const auto label = trace().label(1, 0, 199);
  ASSERT_TRUE(label);
  ASSERT_EQ(label->status, Status::applied);
  const auto& view = *label->batch;
  EXPECT_EQ(view.sub, packed);
  EXPECT_EQ(view.product.record.name, "Chanh leo mau");
  EXPECT_EQ(view.maker.record.name, "HTX mau");
  ASSERT_EQ(view.origin.sites.size(), 1U);
  EXPECT_EQ(view.origin.sites[0].place.commune, "Xã Chiềng Mai");
  EXPECT_EQ(view.origin.sites[0].place.province, "Tỉnh Sơn La");
  EXPECT_EQ(view.origin.harvest_first, "2026-10-05");
  EXPECT_EQ(view.origin.harvest_last, "2026-10-05");
  EXPECT_EQ(view.packed, "2026-10-07");
  EXPECT_EQ(view.origin.people, 1);
  EXPECT_FALSE(view.origin.cut);
}

TEST_F(Tracing, WhatIsOutOfUseSaysSinceWhenAndWhy) {
  season();
  const auto says = [&](const char* type, int first, int last, const char* more) {
    return world.add(world.packer, type, range,
                     "{'first':" + std::to_string(first) + ",'last':" + std::to_string(last) +
                         ",'on':'2026-10-08'" + more + "}");
  };
  says("label.print/1", 200, 259, "");
  says("label.lose/1", 200, 209, ",'reason':'stolen'");
  const auto lost = world.head(range);
  says("label.return/1", 210, 219, ",'reason':'unused'");
  says("label.void/2", 220, 229, ",'reason':'misprinted'");
  says("label.lose/1", 0, 9, ",'reason':'goods_lost'");
  world.add(world.packer, "label.void/1", range, "{'first':290,'last':299,'reason':'damaged'}");
  const auto at = [&](std::int64_t index) { return *trace().label(1, 0, index); };
  EXPECT_EQ(at(200).status, Status::lost);
  EXPECT_EQ(at(200).word->entry, lost);
  EXPECT_EQ(at(200).word->on, "2026-10-08");
  EXPECT_EQ(at(200).word->reason, "stolen");
  EXPECT_FALSE(at(200).batch);
  EXPECT_EQ(at(9).status, Status::lost);
  EXPECT_EQ(at(9).batch->sub, packed);
  EXPECT_EQ(at(210).status, Status::returned);
  EXPECT_EQ(at(210).word->reason, "unused");
  EXPECT_EQ(at(220).status, Status::voided);
  EXPECT_EQ(at(220).word->reason, "misprinted");
  EXPECT_EQ(at(230).status, Status::printed);
  EXPECT_FALSE(at(230).word);
  EXPECT_EQ(at(260).status, Status::issued);
  // A word of the old major is found in the history, with the day it was recorded on.
  EXPECT_EQ(at(295).word->reason, "damaged");
  EXPECT_EQ(at(295).word->on, "2026-09-21");
  EXPECT_FALSE(trace(noon, {.max_events = 0}).label(1, 0, 295)->word);
}

TEST_F(Tracing, ALabelThatChangedHandsIsItsLastHolders) {
  season();
  const auto other = world.org("HTX ben canh");
  const auto boss = world.enrol(world.registrar, other, {"director"});
  world.add(world.clerk, "label.give/1", range,
            "{'first':250,'last':259,'on':'2026-10-08','to':'" + other + "'}");
  const auto offer = world.head(range);
  EXPECT_EQ(trace().label(1, 0, 250)->org->record.name, "HTX mau");
  const auto theirs = world.add(boss, "label.take/1", "range",
                                "{'org':'" + other + "','give':'" + offer + "','on':'2026-10-08'}");
  const auto label = trace().label(1, 0, 259);
  EXPECT_EQ(label->status, Status::issued);
  EXPECT_EQ(label->range, theirs);
  EXPECT_EQ(label->org->record.name, "HTX ben canh");
  EXPECT_EQ(trace().label(1, 0, 260)->range, range);
}

TEST_F(Tracing, EveryOtherLabelHasItsOwnStatus) {
  season();
  world.add(world.packer, "label.void/1", range, "{'first':150,'last':249,'reason':'damaged'}");
  EXPECT_EQ(trace().label(1, 0, 149)->status, Status::applied);
  const auto voided = trace().label(1, 0, 150);
  EXPECT_EQ(voided->status, Status::voided);
  EXPECT_EQ(voided->batch->sub, packed);
  EXPECT_EQ(trace().label(1, 0, 200)->status, Status::voided);
  EXPECT_FALSE(trace().label(1, 0, 200)->batch);
  EXPECT_EQ(trace().label(1, 0, 299)->status, Status::issued);
  EXPECT_EQ(trace().label(1, 0, 299)->org->record.name, "HTX mau");
  for (const auto& [epoch, number, index] :
       {std::tuple{1, 0, 300}, {1, 1, 0}, {2, 0, 0}, {1, 0, -1}}) {
    EXPECT_EQ(trace().label(epoch, number, index)->status, Status::never_issued);
  }
}

TEST_F(Tracing, StarsLiveThirtySixMonthsToTheEndOfTheLastDayInVietnam) {
  season();
  decide("2023-10-10");
  const auto standing = [&](std::int64_t now) { return batch(packed, now).ocop[0].standing; };
  EXPECT_EQ(batch(packed).ocop[0].last_day, "2026-10-10");
  EXPECT_EQ(standing(noon + 12 * 3'600'000 - 1), Standing::valid);
  EXPECT_EQ(standing(noon + 12 * 3'600'000), Standing::lapsed);
  EXPECT_EQ(standing(noon - 4 * 365 * day), Standing::not_yet);
  EXPECT_EQ(batch(packed).stars()->record.stars, 4);
  EXPECT_EQ(batch(packed, noon + day).stars(), nullptr);
}

TEST_F(Tracing, StatedExpiryAndWithdrawalEndStarsEarlier) {
  season();
  const auto sub = decide("2026-01-01", ",'expires':'2026-10-09'");
  EXPECT_EQ(batch(packed).ocop[0].standing, Standing::lapsed);
  EXPECT_EQ(batch(packed, noon - day).ocop[0].standing, Standing::valid);
  world.add(world.registrar, "ocop.withdraw/1", sub, "{'on':'2026-10-09','reason':'violation'}");
  EXPECT_EQ(batch(packed, noon - day).ocop[0].standing, Standing::withdrawn);
  EXPECT_EQ(batch(packed, noon - 2 * day).ocop[0].standing, Standing::valid);
}

TEST_F(Tracing, RenewalIsShownBeforeWhatItRenewsAndOtherHoldersGiveNoStars) {
  season();
  decide("2023-01-01");
  const auto newer = decide("2026-02-01");
  EXPECT_EQ(batch(packed).stars()->sub, newer);
  EXPECT_EQ(batch(packed).ocop.size(), 2U);
  const auto foreign = trace().ocop(world.product, world.operator_org);
  ASSERT_TRUE(foreign);
  for (const auto& line : *foreign) EXPECT_EQ(line.standing, Standing::other_holder);
}

TEST_F(Tracing, ProductOutsideTheScopeHasNoLine) {
  season();
  decide("2026-02-01");
  const auto other =
      world.add(world.clerk, "product.add/1", "product",
                "{'org':'" + world.coop + "','name':'Khac','crop':'orange','stage':'fresh'}");
  EXPECT_THAT(*trace().ocop(other, world.coop), IsEmpty());
}

TEST_F(Tracing, CertificatesHoldAtTheDateOfTheWorkAndWithinTheirScope) {
  season();
  const auto certify = [&](const std::string& from, const std::string& rest) {
    return world.add(world.director, "certificate.add/1", "certificate",
                     "{'kind':'vietgap','number':'952-1','issuer':'Mau','holder':'" + world.coop +
                         "','from':'" + from + "'" + rest + "}");
  };
  const auto open = certify("2026-01-01", "");
  const auto site = certify("2026-01-01", ",'sites':['" + world.site + "'],'until':'2026-10-07'");
  certify("2026-10-08", "");
  certify("2025-01-01", ",'until':'2026-10-06'");
  const auto other =
      world.add(world.clerk, "product.add/1", "product",
                "{'org':'" + world.coop + "','name':'Khac','crop':'orange','stage':'fresh'}");
  certify("2026-01-01", ",'products':['" + other + "']");
  const auto ended = certify("2026-01-01", "");
  world.add(world.director, "certificate.withdraw/1", ended,
            "{'on':'2026-10-07','reason':'violation'}");
  std::vector<std::string> held;
  for (const auto& view : batch(packed, noon + 3000 * day).certificates) held.push_back(view.sub);
  EXPECT_THAT(held, ElementsAre(open, site));
  const auto entered = batch(packed, noon + 3000 * day).certificates.at(0);
  EXPECT_EQ(entered.by.org, world.coop);
  EXPECT_EQ(entered.by.name, trace().org(world.coop)->value().record.name);
  EXPECT_THAT(entered.by.roles, ElementsAre("director"));
}

TEST_F(Tracing, RecallUpstreamReachesThePackWithItsNotice) {
  season();
  world.add(world.director, "batch.recall/1", picked,
            "{'on':'2026-10-09','reason':'residue','action':'return','notice':{'vi':'Dung "
            "dung','en':'Stop'}}");
  const auto recalls = batch(packed).recalls;
  ASSERT_EQ(recalls.size(), 1U);
  EXPECT_EQ(recalls[0].batch, picked);
  EXPECT_EQ(recalls[0].notice_vi, "Dung dung");
  EXPECT_EQ(recalls[0].notice_en, "Stop");
  EXPECT_EQ(recalls[0].recall.action, "return");
}

TEST_F(Tracing, WalkGoesThroughLotsAndSaysWhenItWasCut) {
  std::vector<std::string> picks;
  for (int i = 0; i < 5; ++i) picks.push_back(world.harvest("10 kg"));
  std::string lot = "batch";
  for (const auto& pick : picks) {
    auto ticket = world.entry(
        world.clerk, "batch.receive/1", lot,
        "{'product':'" + world.product + "','on':'2026-10-06','qty':{'amount':'10','unit':'kg'}}");
    ticket.from = {world.input(pick, "10 kg")};
    ASSERT_THAT(world.submit(ticket), Accepted());
    lot = ticket.sub;
  }
  const auto made = world.transform(lot, "50 kg", "45 kg");
  const auto view = batch(made);
  EXPECT_EQ(view.origin.batches.size(), 7U);
  EXPECT_EQ(view.origin.harvests, 5);
  EXPECT_EQ(view.origin.tickets, 5);
  EXPECT_EQ(view.origin.people, 1);
  EXPECT_EQ(view.origin.harvest_last, "2026-10-05");
  EXPECT_FALSE(view.origin.cut);
  const auto small = trace(noon, {.max_batches = 4}).batch(made);
  EXPECT_EQ((*small)->origin.batches.size(), 4U);
  EXPECT_TRUE((*small)->origin.cut);
  EXPECT_THAT(*trace().used_in(lot), ElementsAre(made));
}

TEST_F(Tracing, TimelineTellsWhoEnteredWhatInLogOrder) {
  season();
  const auto view = batch(packed);
  const auto story = trace().timeline(view.origin.batches);
  ASSERT_TRUE(story);
  ASSERT_EQ(story->events.size(), 2U);
  EXPECT_EQ(story->events[0].type, "batch.harvest/1");
  EXPECT_EQ(story->events[0].person, world.member.person);
  EXPECT_EQ(story->events[0].org_name, "HTX mau");
  EXPECT_THAT(story->events[0].roles, ElementsAre("member"));
  EXPECT_EQ(story->events[1].type, "batch.pack/1");
  EXPECT_FALSE(story->cut);
  EXPECT_TRUE(trace(noon, {.max_events = 1}).timeline(view.origin.batches)->cut);
}

TEST_F(Tracing, AnimalIsFoundByTheNumberItWearsOrWore) {
  const auto cow = world.add(world.herdsman, "animal.arrive/1", "animal",
                             "{'site':'" + world.site +
                                 "','species':'cattle','breed':'yellow','sex':'female',"
                                 "'on':'2026-10-01','source':'bought'}");
  const auto tag = [&](const std::string& number, const std::string& rest) {
    world.add(world.herdsman, "animal.tag/1", cow,
              "{'scheme':'rfid','number':'" + number + "','on':'2026-10-02','reason':'first'" +
                  rest + "}");
  };
  tag("952000000000001", "");
  tag("952000000000002", ",'replaces_number':'952000000000001'");
  const auto now = trace().animal("952000000000002");
  ASSERT_TRUE(now && *now);
  EXPECT_EQ((*now)->sub, cow);
  EXPECT_TRUE((*now)->wears);
  EXPECT_EQ((*now)->site.place.commune, "Xã Chiềng Mai");
  EXPECT_FALSE((*trace().animal("952000000000001"))->wears);
  EXPECT_FALSE(*trace().animal("952000000000009"));
}

TEST_F(Tracing, UnknownNamesAreAbsentAndNoError) {
  EXPECT_FALSE(*trace().batch("batch:00000000000000000000000000"));
  EXPECT_FALSE(*trace().org("org:00000000000000000000000000"));
  EXPECT_FALSE(*trace().product_of_gtin("09521234543213"));
}

}  // namespace
}  // namespace nguon::ledger::trace
