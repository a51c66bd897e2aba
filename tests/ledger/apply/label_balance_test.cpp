#include "tests/ledger/apply/label_world.hpp"
#include "tests/ledger/apply/town.hpp"
#include "tests/support/seeded.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <set>
#include <tuple>

// Random work on labels against a model that keeps a row for every label and knows nothing of runs:
// the same verdicts, the same counts, the same state of every label.
namespace nguon::ledger {
namespace {

struct NaiveLabel {
  bool printed = false, applied = false, lost = false, voided = false, returned = false;
  int printed_for = -1, applied_to = -1;  // number of a batch
  auto as_tuple() const {
    return std::tie(printed, applied, lost, voided, returned, printed_for, applied_to);
  }
  bool operator==(const NaiveLabel& other) const { return as_tuple() == other.as_tuple(); }
};

struct NaiveBatch {
  std::int64_t allowed = 0, labels = 0, reprinted = 0;
  bool closed = false;
};

class NaiveLabels {
 public:
  static constexpr int size = 60;
  using Span = std::pair<int, int>;

  std::string print(Span span, int batch) {
    const auto mixed = whole(span);
    const auto moved = mixed.empty() ? stuck(span, {"", "label.printed", "label.used"}) : mixed;
    if (!moved.empty()) return moved;
    if (batch >= 0) {
      auto& goods = batches[static_cast<std::size_t>(batch)];
      if (goods.closed) return "batch.closed";
      if (goods.labels + on_hand(batch) + length(span) > goods.allowed) return "label.allowance";
    }
    each(span, [&](NaiveLabel& label) {
      label.printed = true;
      label.printed_for = batch;
    });
    return "yes";
  }

  std::string reprint(Span span) {
    const auto mixed = whole(span);
    const auto moved = mixed.empty() ? stuck(span, {"label.not-printed", "", ""}) : mixed;
    if (!moved.empty()) return moved;
    const int batch = batch_of(first(span));
    if (batch >= 0) batches[static_cast<std::size_t>(batch)].reprinted += length(span);
    return "yes";
  }

  std::string put_on(Span span, int batch) {
    if (any(span, [](const auto& label) { return label.voided; })) return "label.void";
    if (any(span, [](const auto& label) { return label.applied; })) return "label.overlap";
    auto& goods = batches[static_cast<std::size_t>(batch)];
    if (goods.closed) return "batch.closed";
    const auto mixed = whole(span);
    const auto moved = mixed.empty() ? stuck(span, {"", "", ""}) : mixed;
    if (!moved.empty()) return moved;
    const auto& label = first(span);
    if (label.printed && label.printed_for >= 0 && label.printed_for != batch) {
      return "label.other-batch";
    }
    const auto waiting = label.printed_for == batch ? 0 : on_hand(batch);
    if (goods.labels + waiting + length(span) > goods.allowed) return "label.allowance";
    goods.labels += length(span);
    each(span, [&](NaiveLabel& one) {
      one.applied = true;
      one.applied_to = batch;
    });
    return "yes";
  }

  std::string make_void(Span span, int major) {
    if (any(span, [](const auto& label) { return label.voided; })) return "label.void";
    const bool old = major == 1 && !any(span, [](const auto& label) {
                       return label.printed || label.lost || label.returned;
                     });
    if (!old) {
      if (const auto mixed = whole(span); !mixed.empty()) return mixed;
      if (first(span).returned) return "label.returned";
    }
    each(span, [&](NaiveLabel& label) { label.voided = true; });
    // What old words void on goods stays in the batch's count of what is on them.
    if (old) each(span, [&](NaiveLabel& label) { plain_.emplace(index_of(label)); });
    return "yes";
  }

  std::string lose(Span span) { return leave(span, {"", "", ""}, &NaiveLabel::lost); }
  std::string give_back(Span span) {
    return leave(span, {"", "", "label.used"}, &NaiveLabel::returned);
  }

  std::string close(int batch, std::int64_t counted) {
    auto& goods = batches[static_cast<std::size_t>(batch)];
    if (goods.closed) return "batch.closed";
    if (counted != on_hand(batch)) return "label.balance";
    goods.closed = true;
    return "yes";
  }

  std::int64_t on_hand(int batch) const {
    return std::count_if(labels.begin(), labels.end(), [&](const auto& label) {
      return label.printed && label.printed_for == batch && !label.applied && !label.lost &&
             !label.voided && !label.returned;
    });
  }

  LabelBalance balance(int batch) const {
    LabelBalance count;
    for (int i = 0; i < size; ++i) {
      const auto& label = labels[static_cast<std::size_t>(i)];
      if (batch_of(label) != batch) continue;
      ++count.printed;
      const bool plain = plain_.contains(i);
      auto& place = label.voided && !plain ? count.voided
                    : label.returned       ? count.returned
                    : label.lost           ? count.lost
                    : label.applied        ? count.applied
                                           : count.on_hand;
      ++place;
    }
    return count;
  }

  static LabelState state_of(const NaiveLabel& label) {
    return label.returned  ? LabelState::returned
           : label.voided  ? LabelState::voided
           : label.lost    ? LabelState::lost
           : label.applied ? LabelState::applied
           : label.printed ? LabelState::printed
                           : LabelState::allocated;
  }

  std::vector<NaiveLabel> labels{static_cast<std::size_t>(size)};
  std::array<NaiveBatch, 2> batches;

 private:
  using Rules = std::array<std::string, 3>;  // of what is allocated, printed, on goods

  static std::int64_t length(Span span) { return span.second - span.first + 1; }
  const NaiveLabel& first(Span span) const { return labels[static_cast<std::size_t>(span.first)]; }
  int index_of(const NaiveLabel& label) const { return static_cast<int>(&label - labels.data()); }
  static int batch_of(const NaiveLabel& label) {
    return label.applied ? label.applied_to : label.printed ? label.printed_for : -1;
  }
  template <class Do>
  void each(Span span, Do&& what) {
    for (int i = span.first; i <= span.second; ++i) what(labels[static_cast<std::size_t>(i)]);
  }
  template <class Is>
  bool any(Span span, Is&& is) const {
    return std::any_of(labels.begin() + span.first, labels.begin() + span.second + 1, is);
  }
  std::string whole(Span span) const {
    return any(span, [&](const auto& label) { return !(label == first(span)); }) ? "label.mixed"
                                                                                 : "";
  }
  std::string stuck(Span span, const Rules& rules) const {
    switch (state_of(first(span))) {
      case LabelState::returned:
        return "label.returned";
      case LabelState::voided:
        return "label.void";
      case LabelState::lost:
        return "label.lost";
      case LabelState::applied:
        return rules[2];
      case LabelState::printed:
        return rules[1];
      default:
        return rules[0];
    }
  }
  std::string leave(Span span, const Rules& rules, bool NaiveLabel::*where) {
    const auto mixed = whole(span);
    const auto moved = mixed.empty() ? stuck(span, rules) : mixed;
    if (!moved.empty()) return moved;
    each(span, [&](NaiveLabel& label) { label.*where = true; });
    return "yes";
  }

  std::set<int> plain_;
};

class LabelSeason {
 public:
  explicit LabelSeason(unsigned seed) : random_(seed) {
    for (int i = 0; i < 2; ++i) {
      subs_.push_back(world_.packed("12 kg", 12));
      naive_.batches[static_cast<std::size_t>(i)].allowed = 12;
    }
    range_ = world_.range(NaiveLabels::size);
  }

  void step() {
    const int from = pick(NaiveLabels::size);
    const NaiveLabels::Span span{from, std::min(NaiveLabels::size - 1, from + pick(2) * pick(7))};
    const auto [a, b] = span;
    const int batch = pick(2);
    const auto& sub = subs_[static_cast<std::size_t>(batch)];
    switch (pick(12)) {
      case 0:
        return same(world_.print(range_, a, b), naive_.print(span, -1));
      case 1:
        return same(world_.print(range_, a, b, LabelWorld::for_batch(sub)),
                    naive_.print(span, batch));
      case 2:
        return same(world_.reprint(range_, a, b), naive_.reprint(span));
      case 3:
      case 4:
      case 5:
        return same(world_.put_on(range_, a, b, sub), naive_.put_on(span, batch));
      case 6:
        return same(world_.make_void(range_, a, b, "1"), naive_.make_void(span, 1));
      case 7:
        return same(world_.make_void(range_, a, b), naive_.make_void(span, 2));
      case 8:
        return pick(2) == 0 ? same(world_.lose(range_, a, b), naive_.lose(span))
                            : same(world_.give_back(range_, a, b), naive_.give_back(span));
      case 9:
        return naive_.batches[static_cast<std::size_t>(batch)].closed || pick(3) == 0
                   ? close(batch, sub)
                   : void();
      default:
        return same(world_.print(range_, a, a, LabelWorld::for_batch(sub)),
                    naive_.print({a, a}, batch));
    }
  }

  void compare() {
    for (int i = 0; i < NaiveLabels::size; ++i) {
      const auto& label = naive_.labels[static_cast<std::size_t>(i)];
      const auto piece = world_.at(range_, i);
      ASSERT_EQ(piece.state, NaiveLabels::state_of(label)) << i;
      ASSERT_EQ(piece.applied ? piece.applied_to : "", named(label.applied_to)) << i;
      ASSERT_EQ(piece.printed ? piece.printed_for : "", named(label.printed_for)) << i;
    }
    for (int batch = 0; batch < 2; ++batch) {
      const auto& sub = subs_[static_cast<std::size_t>(batch)];
      const auto balance = world_.balance(sub);
      ASSERT_EQ(balance, naive_.balance(batch));
      ASSERT_EQ(balance.printed, balance.applied + balance.voided + balance.lost +
                                     balance.returned + balance.on_hand);
      ASSERT_EQ(world_.account(sub).reprinted,
                naive_.batches[static_cast<std::size_t>(batch)].reprinted);
    }
  }

  int accepted = 0;
  std::map<std::string, int> told;

  void replay_gives_the_same_bytes() const {
    MemoryState again;
    for (std::size_t i = 0; i < world_.log.size(); ++i) {
      const auto verdict =
          apply(i, world_.times[i], world_.log[i], again, {1, &schemas::Bundle::built_in()});
      ASSERT_TRUE(verdict);
      ASSERT_EQ(verdict->kind, Verdict::Kind::accept) << verdict->rule;
      again.take(verdict->changes);
    }
    EXPECT_EQ(again.values, world_.state.values);
  }

 private:
  int pick(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }
  std::string named(int batch) const {
    return batch < 0 ? "" : subs_[static_cast<std::size_t>(batch)];
  }
  void same(const Verdict& verdict, const std::string& naive) {
    const auto said = Town::told(verdict);
    ASSERT_EQ(said, naive);
    ++told[said];
    if (said == "yes") ++accepted;
  }
  void close(int batch, const std::string& sub) {
    auto& goods = naive_.batches[static_cast<std::size_t>(batch)];
    // Opened soon again, for what is closed refuses nearly everything.
    if (!goods.closed || pick(8) == 0) {
      const auto counted = naive_.on_hand(batch) + (pick(4) == 0 ? 1 : 0);
      return same(world_.close(sub, counted), naive_.close(batch, counted));
    }
    goods.closed = false;
    same(world_.try_add(world_.clerk, "batch.close/1", sub,
                        "{'on':'2026-10-10','reopens':'" + *world_.account(sub).closed +
                            "','reason':'counted_wrong'}"),
         "yes");
  }

  LabelWorld world_;
  NaiveLabels naive_;
  std::mt19937 random_;
  std::string range_;
  std::vector<std::string> subs_;
};

TEST(LabelBalance, RandomWorkGivesWhatARowPerLabelWouldGive) {
  const auto seed = test::seed();
  std::map<std::string, int> told;
  for (unsigned run = 0; run < test::cases(50, 400); ++run) {
    SCOPED_TRACE("NGUON_SEED=" + std::to_string(seed) + ", run " + std::to_string(run));
    LabelSeason season(seed * 1'000'003U + run);
    for (int i = 0; i < 80; ++i) {
      season.step();
      if (i % 8 == 0) season.compare();
      if (testing::Test::HasFatalFailure()) return;
    }
    season.compare();
    season.replay_gives_the_same_bytes();
    if (testing::Test::HasFailure()) return;
    for (const auto& [rule, count] : season.told) told[rule] += count;
  }
  // Work that only ever bounced, or never did, would prove nothing.
  for (const char* rule : {"yes", "label.mixed", "label.allowance", "label.balance", "batch.closed",
                           "label.overlap", "label.other-batch", "label.void", "label.lost"}) {
    EXPECT_GT(told[rule], 0) << rule << ", NGUON_SEED=" << seed;
  }
}

}  // namespace
}  // namespace nguon::ledger
