#include "ledger/audit/audit.hpp"
#include "ledger/keys/sha256.hpp"
#include "tests/support/small_ledger.hpp"

#include <gtest/gtest.h>

namespace nguon::ledger {
namespace {

/// A ledger whose members say what they had seen of it.
class SeenAuditTest : public testing::Test {
 protected:
  std::string origin() const { return small_.log->origin(); }

  /// Logs a harvest with that claim; its index.
  std::uint64_t say(const Seen& seen) {
    ++amount_;
    const auto made = small_.people.make("batch.harvest/1")
                          .by("member")
                          .starts("batch")
                          .seen(seen)
                          .data(R"({"product":")" + small_.product + R"(","site":")" + small_.site +
                                R"(","on":"2026-09-10","qty":{"amount":")" +
                                std::to_string(amount_) + R"(","unit":"kg"}})")
                          .sign();
    const auto outcome = small_.submit(made);
    EXPECT_EQ(outcome.kind, Outcome::Kind::created) << outcome.error.rule;
    ids_.push_back(made.id);
    return small_.log->head().size - 1;
  }
  SeenReport audited() {
    small_.log.reset();
    const auto report = audit_store(*small_.store, 0, *small_.anchor->read());
    EXPECT_TRUE(report) << (report ? "" : report.error().detail);
    return report ? report->seen : SeenReport{};
  }

  tests::SmallLedger small_;
  std::vector<std::string> ids_;
  int amount_ = 0;
};

TEST_F(SeenAuditTest, ATreeThisLogHadIsNothingToReport) {
  const TreeHead early = small_.log->head();
  say({origin(), early.size, early.root});
  say({origin(), early.size, early.root});
  say({origin(), 0, empty_root()});
  const SeenReport report = audited();
  EXPECT_EQ(report.claims, 3U);
  EXPECT_EQ(report.foreign, 0U);
  EXPECT_TRUE(report.disproved.empty());
}

TEST_F(SeenAuditTest, ATreeItNeverHadIsKeptAsEvidenceAndTheLogIsStillWhole) {
  const TreeHead early = small_.log->head();
  const Hash other = sha256("another history");
  const auto forked = say({origin(), early.size, other});
  const TreeHead later = small_.log->head();
  const auto ahead = say({origin(), later.size + 1, other});
  const SeenReport report = audited();
  EXPECT_EQ(report.claims, 2U);
  const std::vector<SplitView> expected{
      {forked, ids_[0], early.size, other, early.root},
      {ahead, ids_[1], later.size + 1, other, std::nullopt},
  };
  EXPECT_EQ(report.disproved, expected);
}

TEST_F(SeenAuditTest, ACheckpointOfAnotherLogProvesNothing) {
  say({"other.example/log/0", 3, sha256("theirs")});
  const SeenReport report = audited();
  EXPECT_EQ(report.foreign, 1U);
  EXPECT_TRUE(report.disproved.empty());
}

TEST_F(SeenAuditTest, AFolderCopyTellsTheSame) {
  say({origin(), 2, sha256("another history")});
  const std::string folder = small_.directory / "mirror";
  small_.mirror_to(folder);
  const auto log = NoteVerifier::parse(small_.log->log_vkey());
  ASSERT_TRUE(log);
  const auto report = audit_folder(LogFolder(folder), *log);
  ASSERT_TRUE(report) << report.error().detail;
  ASSERT_EQ(report->seen.disproved.size(), 1U);
  EXPECT_EQ(report->seen.disproved[0].size, 2U);
}

}  // namespace
}  // namespace nguon::ledger
