// Audits of what is not the running store: after an erasure, opened read-only, with a damaged file,
// and of a folder copy.

#include "ledger/audit/audit.hpp"
#include "ledger/base/base64url.hpp"
#include "ledger/log/tile.hpp"
#include "tests/ledger/audit/season.hpp"
#include "tests/support/files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <thread>

namespace nguon::ledger {
namespace {

TEST(AuditCopies, AnErasureLeavesStateAndLogReproducible) {
  tests::Season season;
  season.erase_member();
  while (season.small.log->purging()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  const auto head = season.small.log->head();
  season.small.close();
  const auto store = open_rocks_store(season.small.directory / "db", {.read_only = true});
  ASSERT_TRUE(store);
  const auto anchor = FileAnchor::open(season.small.directory / "anchor");
  const auto report = audit_store(**store, 0, *(*anchor)->read());
  ASSERT_TRUE(report) << report.error().rule << ' ' << report.error().field << ' '
                      << report.error().detail;
  EXPECT_EQ(report->head, head);
}

TEST(AuditCopies, AFlippedOctetOfATableFileIsFoundByItsChecksum) {
  tests::Season season;
  ASSERT_TRUE(season.small.store->purge(Family::log));  // everything into table files
  season.small.close();
  std::filesystem::path largest;
  for (const auto& file : std::filesystem::directory_iterator(season.small.directory / "db")) {
    if (file.path().extension() == ".sst" &&
        (largest.empty() || file.file_size() > std::filesystem::file_size(largest))) {
      largest = file.path();
    }
  }
  ASSERT_FALSE(largest.empty());
  tests::flip_bit(largest.string(), std::filesystem::file_size(largest) / 3);
  const auto store = open_rocks_store(season.small.directory / "db", {.read_only = true});
  ASSERT_TRUE(store);
  const auto report = audit_store(**store, 0, std::nullopt);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().rule, "store.corrupt");
  EXPECT_THAT(report.error().detail, testing::HasSubstr(largest.filename().string()));
}

class FolderAuditTest : public testing::Test {
 protected:
  FolderAuditTest() : season_(230), folder_(season_.small.directory / "copy") {
    season_.small.mirror_to(folder_);
  }
  Result<AuditReport> audit() {
    return audit_folder(LogFolder(folder_), *NoteVerifier::parse(season_.small.log->log_vkey()));
  }
  std::string rule_after_flip(const std::string& name, std::size_t at) {
    tests::flip_bit(folder_ + "/" + name, at);
    const auto report = audit();
    tests::flip_bit(folder_ + "/" + name, at);
    return report ? "good" : report.error().rule;
  }

  tests::Season season_;
  const std::string folder_;
};

TEST_F(FolderAuditTest, ACopyProvesItselfUnderTheLogsKey) {
  const auto report = audit();
  ASSERT_TRUE(report) << report.error().rule << ' ' << report.error().detail;
  EXPECT_EQ(report->head, season_.small.log->head());
}

TEST_F(FolderAuditTest, EachFileIsHeldAgainstTheOthers) {
  EXPECT_EQ(rule_after_flip("checkpoint", 25), "note.signature");
  EXPECT_EQ(rule_after_flip("tile/0/000", 100), "audit.tile");
  EXPECT_EQ(rule_after_flip("tile/entries/000", 4000), "audit.leaf");
  EXPECT_EQ(
      rule_after_flip("tile/entries/001.p/" + std::to_string(season_.small.log->head().size - 256),
                      2 + 15),
      "audit.checkpoint");
  for (const auto& rules : std::filesystem::directory_iterator(folder_ + "/rules")) {
    EXPECT_EQ(rule_after_flip("rules/" + rules.path().filename().string(), 50), "folder.file");
  }
  std::filesystem::remove(folder_ + "/tile/0/000");
  EXPECT_TRUE(audit()) << "tiles follow from leaves";
  std::filesystem::remove(folder_ + "/tile/entries/000");
  EXPECT_EQ(audit().error().rule, "folder.file");
}

}  // namespace
}  // namespace nguon::ledger
