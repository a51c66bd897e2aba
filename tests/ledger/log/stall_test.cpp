// A store that holds writes back: who has waited is served, who comes now is sent away for a while.
#include "tests/support/forwarding_store.hpp"
#include "tests/support/small_ledger.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>

namespace nguon::ledger {
namespace {

/// Its commits end when the test says so.
class StalledStore final : public tests::ForwardingStore {
 public:
  using ForwardingStore::ForwardingStore;
  Commit commit(const WriteBatch& batch, std::string_view head) override {
    entered = true;
    while (stalls) std::this_thread::yield();
    return ForwardingStore::commit(batch, head);
  }
  bool stalled() const override { return stalls; }

  std::atomic<bool> stalls = false;
  std::atomic<bool> entered = false;
};

TEST(Stall, ASecondWhoWouldWaitIsSentAwayAndNothingIsLost) {
  tests::SmallLedger small;
  small.log.reset();
  StalledStore store(*small.store);
  const auto log = *Ledger::open(store, *small.anchor, small.clock, small.keys(), small.options);
  const auto submit = [&](const MadeEntry& made) {
    auto outcome = std::make_shared<std::promise<Outcome>>();
    auto future = outcome->get_future();
    log->submit(made.sd_jwt, made.id,
                [outcome](Outcome told) { outcome->set_value(std::move(told)); });
    return future;
  };
  store.stalls = true;
  auto written = submit(small.harvest("1"));
  while (!store.entered) std::this_thread::yield();
  auto waiting = submit(small.harvest("2"));
  EXPECT_EQ(log->statistics().waiting, 1U);
  const MadeEntry third = small.harvest("3");
  const Outcome turned_away = submit(third).get();
  EXPECT_EQ(turned_away.kind, Outcome::Kind::error);
  EXPECT_EQ(turned_away.error.rule, "store.stalled");
  EXPECT_EQ(turned_away.error.code, Errc::too_busy);  // 503 with Retry-After
  EXPECT_TRUE(log->ready());

  store.stalls = false;
  EXPECT_EQ(written.get().kind, Outcome::Kind::created);
  EXPECT_EQ(waiting.get().kind, Outcome::Kind::created);
  EXPECT_EQ(submit(third).get().kind, Outcome::Kind::created);
}

}  // namespace
}  // namespace nguon::ledger
