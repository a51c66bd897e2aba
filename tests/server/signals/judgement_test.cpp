#include "server/signals/judgement.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace nguon::server {
namespace {

constexpr Province ha_noi = 1;
constexpr Province son_la = 14;
constexpr Province da_nang = 48;
constexpr Province sai_gon = 79;

/// Sightings one after another, each of a session and a network of its own unless said otherwise.
class Seen {
 public:
  Seen& at(Province province, std::int64_t minute, std::uint32_t network = 0) {
    ++next_;
    all_.push_back({next_, network != 0 ? network : next_, province, false, minute * 60});
    return *this;
  }
  Seen& bought(Province province, std::int64_t minute) {
    at(province, minute);
    all_.back().bought = true;
    return *this;
  }
  Alarm judged() const {
    auto backwards = all_;
    std::reverse(backwards.begin(), backwards.end());
    EXPECT_EQ(judge(backwards), judge(all_)) << "the order must not matter";
    return judge(all_);
  }

 private:
  std::vector<Sighting> all_;
  std::uint32_t next_ = 100;
};

TEST(Judgement, ThreeProvincesApartEachSeenByTwoNetworks) {
  Seen seen;
  seen.at(ha_noi, 0).at(ha_noi, 1).at(da_nang, 2).at(da_nang, 3).at(sai_gon, 4);
  EXPECT_EQ(seen.judged(), Alarm::none) << "one phone in Hồ Chí Minh may be misplaced";
  EXPECT_EQ(seen.at(sai_gon, 5).judged(), Alarm::apart);
}

TEST(Judgement, TwoSessionsOfOneNetworkAreOneWitness) {
  Seen seen;
  seen.at(ha_noi, 0).at(ha_noi, 1).at(da_nang, 2).at(da_nang, 3);
  seen.at(sai_gon, 4, 7).at(sai_gon, 5, 7);
  EXPECT_EQ(seen.judged(), Alarm::none);
}

TEST(Judgement, TwoProvincesAreNotEnough) {
  Seen seen;
  for (int i = 0; i < 5; ++i) seen.at(ha_noi, i).at(sai_gon, i);
  EXPECT_EQ(seen.judged(), Alarm::none);
}

TEST(Judgement, NeighboursAreNoSignal) {
  Seen seen;
  // Hà Nội, Sơn La, Phú Thọ: an hour's drive for whoever lives at the border.
  for (int i = 0; i < 5; ++i) seen.at(ha_noi, i).at(son_la, i).at(25, i);
  EXPECT_EQ(seen.judged(), Alarm::none);
}

TEST(Judgement, APackThatTravelsIsSilent) {
  Seen seen;
  // By road from Hà Nội over Đà Nẵng to Hồ Chí Minh, seen twice at each stop.
  seen.at(ha_noi, 0).at(ha_noi, 5).at(da_nang, 14 * 60).at(da_nang, 14 * 60 + 5);
  seen.at(sai_gon, 20 * 60).at(sai_gon, 20 * 60 + 5);
  EXPECT_EQ(seen.judged(), Alarm::none);
}

TEST(Judgement, WhereMostOfThemAreIsHomeAndTheRestMisplaced) {
  Seen seen;
  for (int i = 0; i < 20; ++i) seen.at(son_la, i);
  seen.at(da_nang, 2).at(da_nang, 3).at(sai_gon, 4).at(sai_gon, 5).at(46, 6).at(46, 7);
  EXPECT_EQ(seen.judged(), Alarm::none);
}

TEST(Judgement, UnknownPlacesSayNothing) {
  Seen seen;
  for (int i = 0; i < 60; ++i) seen.at(0, i);
  EXPECT_EQ(seen.judged(), Alarm::none);
  seen.at(ha_noi, 0).at(ha_noi, 1).at(da_nang, 2).at(da_nang, 3).at(sai_gon, 4).at(sai_gon, 5);
  EXPECT_EQ(seen.judged(), Alarm::apart) << "and do not hide those that are known";
}

TEST(Judgement, SoldHereAndSeenThereBeforeAnybodyCouldTravel) {
  Seen seen;
  seen.bought(ha_noi, 10).at(sai_gon, 20);
  EXPECT_EQ(seen.judged(), Alarm::none) << "one other phone is no second signal";
  EXPECT_EQ(seen.at(sai_gon, 30).judged(), Alarm::sold);
  EXPECT_EQ(Seen().bought(ha_noi, 10).at(sai_gon, 1).at(sai_gon, 2).judged(), Alarm::none)
      << "before the sale";
  EXPECT_EQ(Seen().bought(ha_noi, 0).at(sai_gon, 600).at(sai_gon, 601).judged(), Alarm::none)
      << "a present from Hà Nội";
  EXPECT_EQ(Seen().bought(0, 0).at(sai_gon, 10).at(ha_noi, 11).judged(), Alarm::none);
}

}  // namespace
}  // namespace nguon::server
