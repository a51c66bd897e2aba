#include "tests/ledger/apply/label_world.hpp"
#include "tests/ledger/apply/town.hpp"
#include "tests/support/seeded.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <set>

// Rolls that go to and fro between two organisations at random, against a model that keeps a row
// for every label in every hand.
namespace nguon::ledger {
namespace {

constexpr int hand_labels = 24;

struct NaivePlace {
  bool printed = false, lost = false, given = false;
  bool operator==(const NaivePlace&) const = default;
};

struct NaiveOffer {
  std::string entry;
  int first = 0, last = 0;
};

struct NaiveRange {
  int org = 0, first = 0, last = hand_labels - 1, hands = 0;
  std::vector<NaiveOffer> offers;
  std::map<int, NaivePlace> places;
};

class HandsSeason {
 public:
  explicit HandsSeason(unsigned seed) : random_(seed) {
    world_.have_neighbour();
    root_ = world_.range(hand_labels);
    auto& range = ranges_[root_];
    for (int i = 0; i < hand_labels; ++i) {
      range.places[i] = {};
      owner_[i] = root_;
    }
  }

  void step() {
    auto at = ranges_.begin();
    std::advance(at, pick(static_cast<int>(ranges_.size())));
    const std::string sub = at->first;
    // Mostly the range's own labels, or few would go through many hands.
    const bool own = pick(6) > 0;
    const int begin = own ? at->second.first : 0;
    const int end = own ? at->second.last : hand_labels - 1;
    const int first = begin + pick(end - begin + 1);
    const int last = std::min(end, first + pick(6));
    switch (pick(6)) {
      case 0:
        return print(sub, first, last);
      case 1:
        if (pick(4) == 0) lose(sub, first);
        return;
      case 2:
      case 3:
        return give(sub, first, last);
      default:
        return answer(sub);
    }
  }

  // From the range whose number is in the serial, as a scan does.
  void compare() {
    for (int i = 0; i < hand_labels; ++i) {
      std::string range = root_;
      auto piece = world_.at(range, i);
      for (; piece.state == LabelState::given; piece = world_.at(range, i)) range = piece.word;
      ASSERT_EQ(range, owner_[i]) << i;
      const auto& place = ranges_[range].places[i];
      ASSERT_EQ(piece.state, place.lost      ? LabelState::lost
                             : place.printed ? LabelState::printed
                                             : LabelState::allocated)
          << i;
    }
  }

  std::set<std::string> told;
  int most_hands = 0;

 private:
  int pick(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }
  void same(const Verdict& verdict, const std::string& naive) {
    const auto said = Town::told(verdict);
    ASSERT_EQ(said, naive);
    told.insert(said);
  }

  std::string refusal(const NaiveRange& range, int first, int last) const {
    if (first < range.first || last > range.last) return "label.interval";
    for (const auto& offer : range.offers) {
      if (first <= offer.last && offer.first <= last) return "label.offered";
    }
    for (int i = first; i <= last; ++i) {
      if (!(range.places.at(i) == range.places.at(first))) return "label.mixed";
    }
    const auto& place = range.places.at(first);
    return place.given ? "label.given" : place.lost ? "label.lost" : "";
  }

  void print(const std::string& sub, int first, int last) {
    auto& range = ranges_[sub];
    auto naive = refusal(range, first, last);
    if (naive.empty() && range.places[first].printed) naive = "label.printed";
    same(world_.print(sub, first, last), naive.empty() ? "yes" : naive);
    if (!naive.empty()) return;
    for (int i = first; i <= last; ++i) range.places[i].printed = true;
  }

  // One at a time, or soon there would be nothing to hand over.
  void lose(const std::string& sub, int label) {
    auto& range = ranges_[sub];
    const auto naive = refusal(range, label, label);
    same(world_.lose(sub, label, label), naive.empty() ? "yes" : naive);
    if (naive.empty()) range.places[label].lost = true;
  }

  void give(const std::string& sub, int first, int last) {
    auto& range = ranges_[sub];
    auto naive = refusal(range, first, last);
    if (naive.empty() && range.offers.size() == 16) naive = "label.offers";
    if (naive.empty() && range.hands == 8) naive = "label.hands";
    const auto to = range.org == 0 ? world_.neighbour : world_.coop;
    same(world_.give(sub, first, last, to), naive.empty() ? "yes" : naive);
    if (naive.empty()) range.offers.push_back({world_.last_offer, first, last});
  }

  /// Whoever it was offered to takes it, somebody else tries to, or it is withdrawn.
  void answer(const std::string& sub) {
    auto& range = ranges_[sub];
    if (range.offers.empty()) return;
    const auto which = range.offers.begin() + pick(static_cast<int>(range.offers.size()));
    const NaiveOffer offer = *which;
    const bool ours = range.org == 0;
    const int how = pick(5);
    if (how == 0) {
      same(world_.try_add(ours ? world_.clerk : world_.neighbour_boss, "label.give/1", sub,
                          "{'on':'2026-10-09','withdraws':'" + offer.entry + "'}"),
           "yes");
      range.offers.erase(which);
      return;
    }
    if (how == 1) {
      return same(world_.take(ours ? world_.packer : world_.neighbour_boss, offer.entry),
                  "label.offer-other");
    }
    same(world_.take(ours ? world_.neighbour_boss : world_.packer, offer.entry), "yes");
    NaiveRange taken{ours ? 1 : 0, offer.first, offer.last, range.hands + 1, {}, {}};
    range.offers.erase(which);
    for (int i = offer.first; i <= offer.last; ++i) {
      taken.places[i] = range.places[i];
      range.places[i].given = true;
      owner_[i] = world_.last_taken;
    }
    most_hands = std::max(most_hands, taken.hands);
    ranges_[world_.last_taken] = std::move(taken);
  }

  LabelWorld world_;
  std::mt19937 random_;
  std::string root_;
  std::map<std::string, NaiveRange> ranges_;
  std::map<int, std::string> owner_;
};

TEST(LabelHands, RandomHandOversEndWhereARowPerLabelWouldEnd) {
  const auto seed = test::seed();
  std::set<std::string> told;
  int most_hands = 0;
  for (unsigned run = 0; run < test::cases(15, 300); ++run) {
    SCOPED_TRACE("NGUON_SEED=" + std::to_string(seed) + ", run " + std::to_string(run));
    HandsSeason season(seed * 1'000'003U + run);
    for (int i = 0; i < 150; ++i) {
      season.step();
      if (i % 10 == 0) season.compare();
      if (testing::Test::HasFatalFailure()) return;
    }
    season.compare();
    if (testing::Test::HasFatalFailure()) return;
    told.insert(season.told.begin(), season.told.end());
    most_hands = std::max(most_hands, season.most_hands);
  }
  for (const char* rule : {"yes", "label.interval", "label.offered", "label.mixed", "label.given",
                           "label.lost", "label.printed", "label.offer-other"}) {
    EXPECT_TRUE(told.contains(rule)) << rule << ", NGUON_SEED=" << seed;
  }
  EXPECT_GE(most_hands, 3) << "NGUON_SEED=" << seed;
}

}  // namespace
}  // namespace nguon::ledger
