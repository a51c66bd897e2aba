#include "ledger/apply/records_goods.hpp"
#include "tests/ledger/apply/world.hpp"

namespace nguon::ledger {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

class Herd : public testing::Test {
 protected:
  std::string arrive(const std::string& sex = "female") {
    return world.add(world.herdsman, "animal.arrive/1", "animal",
                     "{'site':'" + world.site + "','species':'cattle','breed':'yellow','sex':'" +
                         sex + "','on':'2026-10-01','source':'bought'}");
  }
  std::string born(const std::string& dam = {}) {
    return world.add(world.herdsman, "animal.birth/1", "animal",
                     "{'site':'" + world.site +
                         "','species':'cattle','breed':'yellow','sex':'male','on':'2026-10-05',"
                         "'weight':{'amount':'22.5','unit':'kg'}" +
                         (dam.empty() ? "" : ",'dam':'" + dam + "'") + "}");
  }
  Verdict say(const std::string& type, const std::string& sub, const std::string& data) {
    return world.try_add(world.herdsman, type + "/1", sub, "{" + data + "}");
  }
  AnimalRecord of(const std::string& sub) { return world.of<AnimalRecord>(sub); }

  World world;
};

TEST_F(Herd, ABirthStartsAnAnimalOfItsDam) {
  const auto dam = arrive();
  const auto calf = of(born(dam));
  EXPECT_THAT(world.flags, IsEmpty());
  EXPECT_EQ(calf.dam, dam);
  EXPECT_EQ(calf.source, "born");
  EXPECT_EQ(calf.born, "2026-10");
  EXPECT_EQ(calf.arrived, "2026-10-05");
  EXPECT_EQ(calf.weighed, (Weighing{"2026-10-05", Amount(22'500'000)}));
  EXPECT_FALSE(of(dam).weighed);
}

TEST_F(Herd, ADamThatCannotBeOneIsFlaggedAndOneThatIsNotThereIsWaitedFor) {
  born(arrive("male"));
  EXPECT_THAT(world.flags, ElementsAre("flag.dam"));
  EXPECT_THAT(world.try_add(world.herdsman, "animal.birth/1", "animal",
                            "{'site':'" + world.site +
                                "','species':'cattle','breed':'yellow','sex':'male','on':"
                                "'2026-10-05','dam':'animal:00000000000000000000000000'}"),
              NotYet("subject.unknown"));
}

TEST_F(Herd, TheNewestWeighingByItsDateCountsHoweverLateItComes) {
  const auto cow = arrive();
  say("animal.weigh", cow,
      "'on':'2026-11-01','weight':{'amount':'3','unit':'ta'},'method':'scale'");
  say("animal.weigh", cow,
      "'on':'2026-10-20','weight':{'amount':'280','unit':'kg'},'method':'tape'");
  EXPECT_EQ(of(cow).weighed, (Weighing{"2026-11-01", Amount(300'000'000)}));
}

TEST_F(Herd, TheLongestWithdrawalCounts) {
  const auto cow = arrive();
  say("animal.treat", cow,
      "'on':'2026-11-01','name':'Thuoc mau','dose':{'amount':'15','unit':'ml'},"
      "'withdrawal_days':28");
  EXPECT_EQ(of(cow).withheld, "2026-11-29");
  say("animal.treat", cow,
      "'on':'2026-11-03','name':'Thuoc mau','dose':{'amount':'15','unit':'ml'},"
      "'withdrawal_days':3");
  EXPECT_EQ(of(cow).withheld, "2026-11-29");
  say("animal.treat", cow,
      "'on':'2026-11-04','name':'Thuoc la','dose':{'amount':'15','unit':'ml'}");
  EXPECT_EQ(of(cow).withheld, "2026-11-29") << "an interval that is not known is no interval";
}

TEST_F(Herd, TheNewestDoseAgainstEachDiseaseIsKnown) {
  const auto cow = arrive();
  const auto dose = [&](const std::string& disease, const std::string& on) {
    say("animal.vaccinate", cow,
        "'on':'" + on + "','disease':'" + disease + "','name':'Vac-xin mau'");
  };
  dose("lumpy_skin", "2026-10-02");
  dose("foot_and_mouth", "2026-11-02");
  dose("foot_and_mouth", "2026-05-02");
  EXPECT_THAT(of(cow).vaccinated.value(), ElementsAre(Vaccination{"foot_and_mouth", "2026-11-02"},
                                                      Vaccination{"lumpy_skin", "2026-10-02"}));
}

TEST_F(Herd, AMoveChangesThePlaceUnlessANewerOneDid) {
  const auto cow = arrive();
  const auto site = [&](const std::string& name) {
    return world.add(world.director, "site.add/1", "site",
                     "{'org':'" + world.coop + "','kind':'barn','name':'" + name +
                         "','commune':{'code':'04132','vintage':'2026-09-25'}}");
  };
  const auto high = site("Chuong cao");
  const auto low = site("Chuong thap");
  const auto move = [&](const std::string& to, const std::string& on) {
    return say("animal.move", cow, "'on':'" + on + "','to':'" + to + "','reason':'grazing'");
  };
  EXPECT_THAT(move(high, "2026-11-02"), Accepted());
  EXPECT_THAT(move(low, "2026-11-01"), Accepted());
  EXPECT_EQ(of(cow).site, high);
  EXPECT_EQ(of(cow).moved, "2026-11-02");
  EXPECT_THAT(move("site:00000000000000000000000000", "2026-11-03"), NotYet("subject.unknown"));
}

TEST_F(Herd, AfterItsDeathWhatIsSaidOfLaterDaysIsFlagged) {
  const auto cow = arrive();
  EXPECT_THAT(say("animal.die", cow, "'on':'2026-11-05','cause':'age','disposal':'buried'"),
              Accepted());
  EXPECT_EQ(of(cow).ended, "2026-11-05");
  const std::string weighing = "'weight':{'amount':'300','unit':'kg'},'method':'scale','on':";
  EXPECT_THAT(say("animal.weigh", cow, weighing + "'2026-11-04'"), Accepted());
  EXPECT_THAT(world.flags, IsEmpty()) << "a late word about a day on which it lived";
  EXPECT_THAT(say("animal.weigh", cow, weighing + "'2026-11-06'"), Accepted());
  EXPECT_THAT(world.flags, ElementsAre("flag.animal-ended"));
  EXPECT_THAT(say("animal.die", cow, "'on':'2026-11-09','cause':'lost','disposal':'not_found'"),
              Accepted());
  EXPECT_THAT(world.flags, ElementsAre("flag.animal-ended"));
  EXPECT_EQ(of(cow).ended, "2026-11-05");
}

TEST_F(Herd, AVetOfNoOrganisationHereMayTreatAndVaccinateAndNothingElse) {
  const auto cow = arrive();
  const auto vet = world.enrol(world.root, world.org("Tram thu y mau", "enterprise"), {"inspector"});
  EXPECT_THAT(world.try_add(vet, "animal.vaccinate/1", cow,
                            "{'on':'2026-11-02','disease':'anthrax','name':'Vac-xin mau'}"),
              Accepted());
  EXPECT_THAT(world.try_add(vet, "animal.die/1", cow,
                            "{'on':'2026-11-02','cause':'age','disposal':'buried'}"),
              Refused("role.none"));
}

class Inputs : public testing::Test {
 protected:
  std::string spray(const std::string& on, const std::string& rest,
                    const std::string& kind = "plant_protection") {
    return world.add(world.member, "input.apply/1", "input",
                     "{'site':'" + world.site + "','on':'" + on + "','kind':'" + kind +
                         "','name':'Thuoc mau 50WG','amount':{'amount':'250','unit':'ml'}" + rest +
                         "}");
  }
  std::optional<WaitRecord> wait() {
    return *read_record<WaitRecord>(world.state, state_key::wait(world.site));
  }

  World world;
};

TEST_F(Inputs, ASprayingHoldsPickingBackForItsInterval) {
  const auto first = spray("2026-10-28", ",'phi_days':7");
  EXPECT_EQ(wait(), (WaitRecord{"2026-11-04", first}));
  EXPECT_EQ(world.of<InputRecord>(first), (InputRecord{world.coop, world.site, "plant_protection",
                                                       "Thuoc mau 50WG", "2026-10-28", 7}));
  spray("2026-11-01", ",'phi_days':1");
  EXPECT_EQ(wait()->free, "2026-11-04") << "the longest one counts";
  const auto last = spray("2026-11-01", ",'phi_days':14");
  EXPECT_EQ(wait(), (WaitRecord{"2026-11-15", last}));
}

TEST_F(Inputs, AnIntervalThatIsNotKnownIsNotNought) {
  const auto unknown = spray("2026-10-28", "", "fertiliser");
  EXPECT_FALSE(wait());
  EXPECT_FALSE(world.of<InputRecord>(unknown).phi_days);
  spray("2026-10-28", ",'phi_days':0", "fertiliser");
  EXPECT_EQ(wait()->free, "2026-10-28");
}

TEST_F(Inputs, ARetiredSiteIsFlaggedAndOneThatIsNotThereIsWaitedFor) {
  world.add(world.director, "site.retire/1", world.site, "{'on':'2026-10-20','reason':'sold'}");
  spray("2026-10-28", "");
  EXPECT_THAT(world.flags, Contains("flag.site-retired"));
  EXPECT_THAT(world.try_add(world.member, "input.apply/1", "input",
                            "{'site':'site:00000000000000000000000000','on':'2026-10-28','kind':"
                            "'other','name':'x','amount':{'amount':'1','unit':'kg'}}"),
              NotYet("subject.unknown"));
}

}  // namespace
}  // namespace nguon::ledger
