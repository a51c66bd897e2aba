#include "ledger/log/recover.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/base/json.hpp"
#include "tests/support/forwarding_store.hpp"
#include "tests/support/small_ledger.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

namespace nguon::ledger {
namespace {

using Kind = Outcome::Kind;
namespace fs = std::filesystem;

/// Counts commits and loses power at one of them.
class FailingStore final : public tests::ForwardingStore {
 public:
  using ForwardingStore::ForwardingStore;
  Commit commit(const WriteBatch& batch, std::string_view head) override {
    largest = std::max(largest, batch.size());
    return ++commits == fails_at ? Commit::unknown : ForwardingStore::commit(batch, head);
  }
  int commits = 0;
  int fails_at = 0;  ///< 0: never.
  std::size_t largest = 0;
};

class RecoverTest : public testing::Test {
 protected:
  std::string db() const { return small_.directory / "db"; }
  std::string mirror() const { return small_.directory / "mirror"; }

  void copy_database() {
    small_.close();
    fs::copy(db(), small_.directory / "older", fs::copy_options::recursive);
    small_.reopen();
  }
  void put_back() {
    small_.close();
    fs::remove_all(db());
    fs::copy(small_.directory / "older", db(), fs::copy_options::recursive);
  }

  std::string head_of(const std::string& sub) {
    const auto record = parse_json(**small_.log->state(state_key::head(sub)));
    return std::string(record->at("head").as_string());
  }

  /// Refills; the commit numbered `fails_at` does not happen.
  Result<Recovery> recover_from_mirror(int fails_at = 0) {
    small_.close();
    auto real = *open_rocks_store(db(), {});
    FailingStore store(*real);
    store.fails_at = fails_at;
    auto anchor = *FileAnchor::open(small_.directory / "anchor");
    const auto log =
        NoteVerifier::make("nguon.example/log/0", small_.people.key("log").public_key());
    auto done = recover(store, *anchor, LogFolder(mirror()), {&*log, 1}, small_.keys(), 0,
                        [](auto, auto) {});
    commits_ = store.commits;
    largest_ = store.largest;
    return done;
  }

  tests::SmallLedger small_;
  int commits_ = 0;
  std::size_t largest_ = 0;
};

TEST_F(RecoverTest, ManyLeavesShareACommit) {
  for (int i = 0; i < 600; ++i) small_.add(small_.harvest("1"));
  const auto head = small_.log->head();
  small_.mirror_to(mirror());
  small_.close();
  fs::remove_all(db());
  const auto recovered = recover_from_mirror();
  ASSERT_TRUE(recovered) << recovered.error().rule << " " << recovered.error().detail;
  EXPECT_EQ(recovered->after, head);
  // The bundle, then one for each enrolment that the next leaf's signature needs, and the rest.
  EXPECT_LE(commits_, 10);
  EXPECT_LE(largest_, max_batch_size);
  small_.reopen();
  EXPECT_EQ(small_.log->head(), head);
}

TEST_F(RecoverTest, CutOffAtAnyCommitItIsRunAgain) {
  for (int i = 0; i < 5; ++i) small_.add(small_.harvest("1"));
  const auto& member = small_.persons.at("member");
  small_.add(small_.people.make("erase/1")
                 .by("member")
                 .continues(member, head_of(member))
                 .data(R"({"scope":"person","reason":"request"})")
                 .sign());
  for (int i = 0; i < 5; ++i) small_.add(small_.harvest("1"));
  const auto head = small_.log->head();
  small_.mirror_to(mirror());
  small_.close();
  fs::remove_all(db());
  int runs = 0;
  for (;; ++runs) {
    // Two commits a run (the first of all is the bundle, which comes again with the genesis).
    const auto recovered = recover_from_mirror(3);
    if (recovered) break;
    ASSERT_EQ(recovered.error().rule, "store.io") << recovered.error().detail;
    ASSERT_FALSE(small_.try_open()) << "half a log was good enough to start";
    ASSERT_LT(runs, 100);
  }
  EXPECT_GT(runs, 1);
  small_.reopen();
  EXPECT_EQ(small_.log->head(), head);
  small_.add(small_.harvest("1"));
}

TEST_F(RecoverTest, SlotsAreCountedAsThePublicClaimsShowThemAndValuesStillHeldAreNot) {
  const auto held = small_.harvest("75");
  small_.add(small_.revocation("member"));
  ASSERT_EQ(small_.submit(held).kind, Kind::held);
  copy_database();
  Draft draft;
  draft.sub = held.sub;
  draft.iat = 1'789'900'000;
  draft.data = {{"entry", held.jws}};
  EntryMaker maker(small_.people.deployment_id(), system_entropy());
  small_.add(
      maker.make(small_.people.key("clerk"), *small_.people.bundle().find("entry.adopt/1"), draft)
          .value());
  small_.add(small_.harvest("1", "clerk"));
  small_.mirror_to(mirror());
  put_back();
  const auto recovered = recover_from_mirror();
  ASSERT_TRUE(recovered) << recovered.error().rule << " " << recovered.error().detail;
  // A harvest has three slots. Of the adopted one the note is held still, for it came before the
  // copy was made, and two were empty; of the other the note is lost and two were empty.
  EXPECT_EQ(recovered->unheld_slots, 2U + 3U);
  small_.reopen();
  EXPECT_EQ(small_.log->disclosures(held.id)->size(), 1U);
}

}  // namespace
}  // namespace nguon::ledger
