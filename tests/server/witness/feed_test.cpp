#include "server/witness/feed.hpp"

#include "server/http/problem.hpp"
#include "server/witness/routes.hpp"
#include "tests/support/witness_world.hpp"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <mutex>
#include <thread>

namespace nguon::server {
namespace {

/// A growing log, and one real witness that may be switched off, behind a function call instead of
/// a network.
class Feed : public testing::Test, protected ledger::WitnessWorld {
 protected:
  static constexpr WitnessFeed::Timing quick{std::chrono::milliseconds(2),
                                             std::chrono::milliseconds(2),
                                             std::chrono::milliseconds(4), std::chrono::hours(1)};

  OfferedLog offered() {
    return {[this] { return std::vector{log()}; },
            [this] {
              const std::lock_guard lock(mutex);
              return checkpoint(grown);
            },
            [this](std::uint64_t from, std::uint64_t to) {
              const std::lock_guard lock(mutex);
              return ledger::consistency_path(from, to, grown.reader());
            }};
  }
  void grow(std::uint64_t size) {
    const std::lock_guard lock(mutex);
    grown = tree(size);
  }
  /// Witness `a` is the real one; nobody is behind the name of `b`; `c` is never asked.
  ledger::WitnessPolicy policy() {
    const auto line = [](const char* name, char seed, const char* url) {
      const auto vkey = ledger::NoteVerifier::make_witness(seed == 'w' ? "w.example" : name,
                                                           key(seed).public_key());
      return std::string("witness ") + name + " " + vkey->text() + " " + url + "\n";
    };
    return ledger::WitnessPolicy::parse(line("a", 'w', "https://a.example") +
                                        line("b", 'b', "https://b.example") + line("c", 'c', "") +
                                        "group g 1 a b c\nquorum g\n")
        .value();
  }
  WitnessPost post() {
    return [this](const std::string& url, const std::string& body) -> ledger::Result<WitnessReply> {
      ++(url == "https://a.example/add-checkpoint" ? posts : posts_elsewhere);
      if (!reachable || url != "https://a.example/add-checkpoint") {
        return ledger::Error{ledger::Errc::unavailable, "client.connect", {}, url};
      }
      const Response answer = witness_response(witness->add(body), problems);
      return WitnessReply{answer.status, std::string(answer.body_view()) + appended};
    };
  }
  std::unique_ptr<WitnessFeed> start() {
    auto feed = WitnessFeed::open(offered(), policy(), post(), quick);
    EXPECT_TRUE(feed) << feed.error().rule << " " << feed.error().detail;
    return feed ? std::move(*feed) : nullptr;
  }
  std::string refusal_to_start() {
    const auto feed = WitnessFeed::open(offered(), policy(), post(), quick);
    return feed ? "started" : feed.error().rule;
  }
  static bool eventually(const std::function<bool()>& holds) {
    for (int i = 0; i < 1000 && !holds(); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return holds();
  }

  const Problems problems;
  std::mutex mutex;  // guards grown
  ledger::MemoryTree grown = tree(3);
  std::atomic<bool> reachable{true};
  std::atomic<int> posts{0};
  std::atomic<int> posts_elsewhere{0};
  std::string appended;
};

TEST_F(Feed, EveryCheckpointIsServedAtOnceAndSoonCosigned) {
  const auto feed = start();
  EXPECT_EQ(feed->standing().cosigned(), 1U) << "asked before anything is served";
  for (const std::uint64_t size : {4U, 5U, 40U}) {
    grow(size);
    EXPECT_EQ(feed->standing().checkpoint.size, size) << "served before it is cosigned";
    ASSERT_TRUE(eventually([&] { return feed->standing().cosigned() == 1; })) << size;
    EXPECT_TRUE(feed->standing().quorum);
  }
  const std::array known{log(), name()};
  EXPECT_EQ(ledger::open_note(feed->checkpoint(), known)->signatures.size(), 2U);
  EXPECT_EQ(feed->standing().times.size(), 3U) << "one of three";
}

TEST_F(Feed, ACosignatureOfAnOlderCheckpointIsNotShownOnTheNewOne) {
  const auto feed = start();
  reachable = false;
  grow(9);
  EXPECT_EQ(feed->standing().cosigned(), 0U);
  EXPECT_EQ(feed->checkpoint(), checkpoint(tree(9)));
}

TEST_F(Feed, AWitnessOutOfReachIsTriedAgain) {
  reachable = false;
  const auto feed = start();
  ASSERT_NE(feed, nullptr) << "a witness out of reach never keeps the log from starting";
  EXPECT_EQ(feed->standing().cosigned(), 0U);
  EXPECT_EQ(feed->peers().at(0).fault, "client.connect");
  reachable = true;
  EXPECT_TRUE(eventually([&] { return feed->standing().cosigned() == 1; }));
  EXPECT_EQ(feed->peers().at(0).fault, "");
  EXPECT_EQ(feed->peers().at(0).size, 3U);
}

TEST_F(Feed, AsksFromWhereTheWitnessIs) {
  ASSERT_EQ(ask(0, tree(2)).verdict, ledger::Witness::Verdict::cosigned);
  const auto feed = start();
  EXPECT_EQ(feed->standing().cosigned(), 1U) << "409, then once more with a proof from 2";
}

TEST_F(Feed, NobodyIsAskedTwiceForTheSameCheckpoint) {
  const auto feed = start();
  ASSERT_TRUE(eventually([&] { return posts_elsewhere.load() > 20; }))
      << "who fails is asked again";
  EXPECT_EQ(posts.load(), 1) << "who cosigned is left in peace until there is something new";
  EXPECT_EQ(feed->peers().at(2).at, 0U) << "who has no URL is not asked";
}

TEST_F(Feed, AWitnessAheadOfUsMeansAnOldCopyAndNoStart) {
  ASSERT_EQ(ask(0, tree(7)).verdict, ledger::Witness::Verdict::cosigned);
  EXPECT_EQ(refusal_to_start(), "start.witness-ahead");
}

TEST_F(Feed, AWitnessOfAnotherHistoryMeansNoStart) {
  ASSERT_EQ(ask(0, tree(2, 1)).verdict, ledger::Witness::Verdict::cosigned);
  EXPECT_EQ(refusal_to_start(), "start.witness-ahead");
}

TEST_F(Feed, AnAnswerThatIsNotTheWitnessesIsNotPassedOn) {
  appended = "not a signature line\n";
  const auto feed = start();
  EXPECT_EQ(feed->standing().cosigned(), 0U);
  EXPECT_EQ(feed->peers().at(0).fault, "witness.answer");
  EXPECT_EQ(feed->checkpoint(), checkpoint(tree(3)));
}

}  // namespace
}  // namespace nguon::server
