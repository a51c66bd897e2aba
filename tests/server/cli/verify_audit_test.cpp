// `nguon verify` and `nguon audit` as their exit codes tell it.

#include "ledger/audit/bundle.hpp"
#include "ledger/keys/sha256.hpp"
#include "ledger/store/keys.hpp"
#include "server/cli/commands.hpp"
#include "tests/support/files.hpp"
#include "tests/support/small_ledger.hpp"

#include <CLI/CLI.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace nguon::server {
namespace {

class VerifyAuditTest : public testing::Test {
 protected:
  VerifyAuditTest() {
    const auto made = small_.add(small_.harvest());
    vkey_ = small_.log->log_vkey();
    bundle_ = *ledger::make_bundle(*small_.log, made.sub);
    tests::write_file(head_, small_.log->subject_head(made.sub)->jws);
    tests::write_file(other_head_, small_.log->subject_head(small_.coop)->jws + "\n");
    tests::write_file(file_, bundle_);
    std::filesystem::create_directory_symlink(small_.directory / "db",
                                              small_.directory / "database");
  }

  static int run(std::vector<std::string> arguments) {
    CLI::App program("test", "nguon");
    ExitCode outcome = ExitCode::good;
    add_verify(program, outcome);
    add_audit(program, outcome);
    std::reverse(arguments.begin(), arguments.end());
    try {
      program.parse(arguments);
    } catch (const CLI::ParseError&) {
      return static_cast<int>(ExitCode::usage);
    }
    return static_cast<int>(outcome);
  }

  tests::SmallLedger small_;
  const std::string file_ = small_.directory / "bundle.json";
  const std::string head_ = small_.directory / "head.jwt";
  const std::string other_head_ = small_.directory / "other.jwt";
  std::string bundle_, vkey_;
};

TEST_F(VerifyAuditTest, VerifyTellsGoodChangedAndUsageApart) {
  testing::internal::CaptureStdout();
  EXPECT_EQ(run({"verify", file_, "--vkey", vkey_}), 0);
  EXPECT_NE(testing::internal::GetCapturedStdout().find("batch.harvest/1"), std::string::npos);
  tests::flip_bit(file_, bundle_.size() / 2);
  EXPECT_EQ(run({"verify", file_, "--vkey", vkey_}), 1);
  tests::write_file(file_, "not a bundle");
  EXPECT_EQ(run({"verify", file_, "--vkey", vkey_}), 1);
  EXPECT_EQ(run({"verify", file_, "--vkey", "nonsense"}), 2);
  EXPECT_EQ(run({"verify", file_}), 2);
  EXPECT_EQ(run({"verify", file_ + ".absent", "--vkey", vkey_}), 2);
}

TEST_F(VerifyAuditTest, VerifyHoldsAHeadStatementAgainstTheFile) {
  testing::internal::CaptureStdout();
  EXPECT_EQ(run({"verify", file_, "--vkey", vkey_, "--head", head_}), 0);
  EXPECT_NE(testing::internal::GetCapturedStdout().find("complete: "), std::string::npos);
  EXPECT_EQ(run({"verify", file_, "--vkey", vkey_, "--head", other_head_}), 1);
  EXPECT_EQ(run({"verify", file_, "--vkey", vkey_, "--head", file_}), 1);
  EXPECT_EQ(run({"verify", file_, "--vkey", vkey_, "--head", head_ + ".absent"}), 2);
}

TEST_F(VerifyAuditTest, AuditListsWhatContradictsTheLogAndStillPasses) {
  const auto made = small_.people.make("batch.harvest/1")
                        .by("member")
                        .starts("batch")
                        .seen({small_.log->origin(), 2, ledger::sha256("another history")})
                        .data(R"({"product":")" + small_.product + R"(","site":")" + small_.site +
                              R"(","on":"2026-09-10","qty":{"amount":"1","unit":"kg"}})")
                        .sign();
  small_.add(made);
  const auto index = small_.log->head().size - 1;
  small_.close();
  testing::internal::CaptureStdout();
  EXPECT_EQ(run({"audit", "--data", small_.directory.string()}), 0);
  const std::string told = testing::internal::GetCapturedStdout();
  EXPECT_NE(told.find("1 contradict this one"), std::string::npos) << told;
  EXPECT_NE(told.find("split view: index " + std::to_string(index) + ", entry " + made.id +
                      " saw size 2 "),
            std::string::npos)
      << told;
}

TEST_F(VerifyAuditTest, AuditTellsWholeDamagedAndUsageApart) {
  const std::string data = small_.directory.string();
  small_.log.reset();
  small_.anchor.reset();
  const auto leaf = *small_.store->get(ledger::Family::log, ledger::keys::leaf(0, 3));
  const auto head = *small_.store->get(ledger::Family::log, ledger::keys::head(0));
  small_.store.reset();
  EXPECT_EQ(run({"audit", "--data", data}), 0);
  EXPECT_EQ(run({"audit", "--data", data, "--threads", "1"}), 0);

  small_.store = *ledger::open_rocks_store(small_.directory / "db");
  ledger::WriteBatch damage;
  damage.put(ledger::Family::log, ledger::keys::leaf(0, 3), *leaf + " ");
  ASSERT_EQ(small_.store->commit(damage, *head), ledger::Commit::done);
  small_.store.reset();
  testing::internal::CaptureStderr();
  EXPECT_EQ(run({"audit", "--data", data}), 1);
  EXPECT_NE(testing::internal::GetCapturedStderr().find("/leaf/3"), std::string::npos);

  std::filesystem::remove(small_.directory / "database");
  EXPECT_EQ(run({"audit", "--data", data}), 1) << "what was anchored is gone";
  std::filesystem::remove(small_.directory / "anchor");
  EXPECT_EQ(run({"audit", "--data", data}), 2) << "nothing was ever begun here";
  EXPECT_EQ(run({"audit", "--data", data + "/absent"}), 2);
  EXPECT_EQ(run({"audit"}), 2);
}

TEST_F(VerifyAuditTest, AuditOfAFolderTrustsTheGivenKeyAlone) {
  const std::string folder = small_.directory / "copy";
  small_.mirror_to(folder);
  EXPECT_EQ(run({"audit", "--folder", folder, "--vkey", vkey_}), 0);
  EXPECT_EQ(run({"audit", "--folder", folder}), 2);
  EXPECT_EQ(run({"audit", "--folder", folder, "--vkey", "nonsense"}), 2);
  tests::flip_bit(folder + "/checkpoint", 25);
  EXPECT_EQ(run({"audit", "--folder", folder, "--vkey", vkey_}), 1);
}

}  // namespace
}  // namespace nguon::server
