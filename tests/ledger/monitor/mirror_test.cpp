#include "ledger/monitor/mirror.hpp"

#include "ledger/audit/audit.hpp"
#include "ledger/log/leaf.hpp"
#include "tests/support/files.hpp"
#include "tests/support/paper_log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>

namespace nguon::ledger {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr const char* log_url = "https://so.example/log/0";
constexpr const char* witness_url = "https://chung.example";

/// One log of 300 entries for all tests, each of which gets the files of its own copy.
class MirrorTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    small_ = new tests::SmallLedger();
    small_->add(small_->harvest());
    small_->add(small_->revocation("member"));
    while (small_->log->head().size < 300) small_->add(small_->harvest("1", "clerk"));
  }
  static void TearDownTestSuite() {
    delete small_;
    small_ = nullptr;
  }

  MirrorTest() : log_(*small_) {
    options_.url = log_url;
    options_.fetch = [this](const std::string& url) -> Result<std::string> {
      asked_.push_back(url);
      if (asked_.size() == fails_at_) return Error{Errc::unavailable, "client.connect", {}, {}};
      if (url.starts_with(witness_url)) {
        return witness_note_.empty() ? Result<std::string>(tests::PaperLog::missing())
                                     : Result<std::string>(witness_note_);
      }
      const std::string name = url.substr(std::string(log_url).size() + 1);
      if (served_.contains(name)) return served_[name];
      return log_.serve(name);
    };
    options_.pause = [this](std::chrono::milliseconds) {
      ++pauses_;
      if (after_pause_) after_pause_();
    };
    options_.now_ms = [] { return 1'790'000'000'000; };
    options_.threads = 1;
  }
  std::string folder() const { return directory_ / "copy"; }
  void open() {
    mirror_.reset();
    auto opened = Mirror::open(folder(), log_.verifier, options_);
    ASSERT_TRUE(opened) << opened.error().rule << ' ' << opened.error().detail;
    mirror_ = std::move(*opened);
  }
  void take(std::uint64_t size) {
    log_.size = size;
    const auto look = mirror_->look();
    ASSERT_TRUE(look) << look.error().rule << ' ' << look.error().detail;
    EXPECT_EQ(look->after, (TreeHead{size, log_.root(size)}));
  }
  std::string rule_of_look() {
    const auto look = mirror_->look();
    detail_ = look ? "" : look.error().detail;
    return look ? "good" : look.error().rule;
  }
  /// The size that the folder alone proves.
  std::uint64_t audited() {
    const auto report = audit_folder(LogFolder(folder()), log_.verifier, {.threads = 1});
    EXPECT_TRUE(report) << report.error().rule << ' ' << report.error().detail;
    return report ? report->head.size : 0;
  }
  std::string evidence(const std::string& what, const std::string& file) {
    return tests::read_file(folder() + "/evidence/1790000000000-" + what + "/" + file);
  }
  void add_witness() {
    const auto witness = PrivateKey::from_seed(Alg::eddsa, std::string(32, 'w'));
    witness_ = NoteVerifier::make_witness("w.example", witness.public_key()).value();
    options_.policy = WitnessPolicy::parse("log " + log_.verifier.text() + "\nwitness w " +
                                           witness_->text() + " " + witness_url + "\nquorum w\n")
                          .value();
  }
  void show_witness(std::uint64_t size, const Hash& root) {
    const auto witness = PrivateKey::from_seed(Alg::eddsa, std::string(32, 'w'));
    const std::string note = log_.checkpoint(size, root);
    const std::string text = note.substr(0, note.find("\n\n") + 1);
    witness_note_ = note + cosignature_line(text, 1'790'000'000, *witness_, witness);
  }

  static tests::SmallLedger* small_;
  tests::PaperLog log_;
  tests::TempDir directory_;
  MirrorOptions options_;
  std::unique_ptr<Mirror> mirror_;
  std::map<std::string, std::string> served_;
  std::vector<std::string> asked_;
  std::size_t fails_at_ = 0;
  int pauses_ = 0;
  std::function<void()> after_pause_;
  std::optional<NoteVerifier> witness_;
  std::string witness_note_;
  std::string detail_;
};

tests::SmallLedger* MirrorTest::small_ = nullptr;

TEST_F(MirrorTest, AGrowingLogIsTakenAndTheFolderProvesItself) {
  open();
  for (const std::uint64_t size : {1U, 7U, 256U, 300U}) {
    take(size);
    EXPECT_EQ(audited(), size);
    EXPECT_EQ(mirror_->root_at(1).value(), log_.root(1));
    if (size == 7) open();
  }
  EXPECT_FALSE(fs::exists(folder() + "/tile/entries/000.p")) << "older edges are dropped";
  EXPECT_EQ(tests::read_file(folder() + "/tile/0/000").size(), 8192U);
  EXPECT_EQ(tests::read_file(folder() + "/tile/1/000.p/1").size(), 32U);
  EXPECT_EQ(mirror_->root_at(7).value(), log_.root(7));
  EXPECT_EQ(mirror_->reader().deployment_id(), small_->log->deployment_id());
  for (const std::string& url : asked_) EXPECT_THAT(url, testing::Not(HasSubstr("/tile/0")));
}

TEST_F(MirrorTest, CutOffAtAnyRequestTheCopyStaysWholeAndTheNextLookGoesOn) {
  open();
  take(7);
  log_.size = 300;
  for (std::size_t cut = 1; cut <= 3; ++cut) {
    asked_.clear();
    fails_at_ = cut;
    EXPECT_EQ(rule_of_look(), "client.connect");
    EXPECT_EQ(audited(), 7U);
  }
  open();
  fails_at_ = 0;
  asked_.clear();
  take(300);
  EXPECT_EQ(asked_.size(), 2U) << "the full bundle was there already";
  EXPECT_EQ(audited(), 300U);
}

TEST_F(MirrorTest, FilesLeftBeyondTheCopyAreNotTrusted) {
  open();
  take(256);
  std::string garbage;
  for (int i = 0; i < 256; ++i) append_to_bundle(garbage, "nonsense");
  tests::write_file(folder() + "/tile/entries/001", garbage);
  log_.leaves.insert(log_.leaves.end(), 212, log_.leaves.back());
  log_.size = 512;
  // The fresh ones are asked for; that the log holds one entry over and over is for the audit.
  take(512);
  EXPECT_NE(tests::read_file(folder() + "/tile/entries/001"), garbage);
}

TEST_F(MirrorTest, ASmallerCheckpointIsLagForAMomentAndThenARollback) {
  open();
  take(200);
  log_.size = 150;
  after_pause_ = [this] { log_.size = 210; };
  EXPECT_EQ(rule_of_look(), "good");
  EXPECT_EQ(pauses_, 1);
  after_pause_ = nullptr;
  log_.size = 150;
  EXPECT_EQ(rule_of_look(), "monitor.rollback");
  EXPECT_EQ(evidence("rollback", "shown.checkpoint"), log_.checkpoint());
  EXPECT_EQ(evidence("rollback", "held.checkpoint"), mirror_->checkpoint());
  EXPECT_EQ(audited(), 210U);
}

TEST_F(MirrorTest, AnotherTreeOfTheSameSizeIsASplitView) {
  open();
  take(200);
  log_.leaves[199] = log_.leaves[200];
  EXPECT_EQ(rule_of_look(), "monitor.split-view");
  EXPECT_EQ(evidence("split-view", "shown.checkpoint"), log_.checkpoint());
  EXPECT_EQ(audited(), 200U);
}

TEST_F(MirrorTest, WhatWasRecordedIsNeitherEditedDroppedNorMoved) {
  open();
  take(200);
  const auto honest = log_.leaves;
  log_.size = 280;
  log_.leaves[57][12] ^= 1;  // recorded
  EXPECT_EQ(rule_of_look(), "monitor.fork");
  EXPECT_THAT(detail_, HasSubstr("index 57: its leaf hash was "));
  EXPECT_EQ(evidence("fork", "held.leaf"), honest[57]);
  EXPECT_EQ(evidence("fork", "shown.leaf"), log_.leaves[57]);
  EXPECT_EQ(audited(), 200U);
  log_.leaves = honest;
  log_.leaves.erase(log_.leaves.begin() + 199);
  EXPECT_EQ(rule_of_look(), "monitor.fork");
  EXPECT_THAT(detail_, HasSubstr("index 199"));
  log_.leaves = honest;
  std::swap(log_.leaves[3], log_.leaves[4]);
  EXPECT_EQ(rule_of_look(), "monitor.fork");
  EXPECT_THAT(detail_, HasSubstr("index 3"));
  log_.leaves = honest;
  EXPECT_EQ(rule_of_look(), "good") << "an alarm leaves the copy as it was";
  EXPECT_EQ(audited(), 280U);
}

TEST_F(MirrorTest, EntriesThatDoNotGiveTheSignedRootAreSaidSo) {
  open();
  take(200);
  served_["checkpoint"] = log_.checkpoint(250, log_.root(249));
  log_.size = 250;
  EXPECT_EQ(rule_of_look(), "monitor.leaves");
  served_.clear();
  served_["tile/entries/000.p/250"] = "xx";
  EXPECT_EQ(rule_of_look(), "monitor.leaves");
  served_.clear();
  take(250);
}

TEST_F(MirrorTest, AnEntryThatNobodyMayAcceptIsNotTaken) {
  open();
  take(200);
  log_.size = 201;
  const auto honest = log_.leaves[200];
  // Of another deployment; with a signature that is not its key's; by a key that had ended.
  tests::People others("khác");
  log_.leaves[200] = encode_leaf(
      1, others.make("batch.harvest/1").by("member").starts("batch").data("{}").sign().jws);
  EXPECT_EQ(rule_of_look(), "monitor.entry") << detail_;
  log_.leaves[200] = honest;
  log_.leaves[200].replace(honest.size() - 20, 4, "AAAA");
  EXPECT_EQ(rule_of_look(), "monitor.entry");
  EXPECT_THAT(detail_, HasSubstr("index 200: jws.signature"));
  EXPECT_EQ(evidence("entry", "leaf"), log_.leaves[200]);
  log_.leaves[200] = encode_leaf(1, small_->harvest("1", "member").jws);
  EXPECT_EQ(rule_of_look(), "monitor.entry");
  EXPECT_THAT(detail_, HasSubstr("verify.revoked"));
  log_.leaves[200] = honest;
  take(201);
}

TEST_F(MirrorTest, WitnessesTellWhatTheLogKeepsBack) {
  add_witness();
  open();
  take(200);
  show_witness(180, log_.root(180));
  EXPECT_EQ(rule_of_look(), "good");
  show_witness(210, log_.root(210));
  after_pause_ = [this] { log_.size = 220; };
  EXPECT_EQ(rule_of_look(), "good") << "it was a moment behind";
  after_pause_ = nullptr;
  show_witness(260, log_.root(260));
  EXPECT_EQ(rule_of_look(), "monitor.frozen");
  EXPECT_EQ(evidence("frozen", "witness.checkpoint"), witness_note_);
  show_witness(150, log_.root(149));
  EXPECT_EQ(rule_of_look(), "monitor.split-view");
  witness_note_ = "no note";
  const auto look = mirror_->look();
  ASSERT_TRUE(look);
  EXPECT_EQ(look->silent, std::vector<std::string>{"w"});
  EXPECT_EQ(look->cosigned, 0U);
}

TEST_F(MirrorTest, CosignaturesOfTheCheckpointAreCountedAndKept) {
  add_witness();
  open();
  take(200);
  show_witness(200, log_.root(200));
  served_["checkpoint"] = witness_note_;
  const auto look = mirror_->look();
  ASSERT_TRUE(look);
  EXPECT_EQ(look->cosigned, 1U);
  EXPECT_TRUE(look->quorum);
  EXPECT_EQ(look->cosigned_at, 1'790'000'000U);
  EXPECT_EQ(tests::read_file(folder() + "/checkpoint"), witness_note_);
}

TEST_F(MirrorTest, ACopyThatIsDamagedOrInUseIsNotBuiltUpon) {
  open();
  take(200);
  const auto second = Mirror::open(folder(), log_.verifier, options_);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().rule, "monitor.folder");
  mirror_.reset();
  tests::flip_bit(folder() + "/tile/entries/000.p/200", 20);
  const auto damaged = Mirror::open(folder(), log_.verifier, options_);
  ASSERT_FALSE(damaged);
  EXPECT_EQ(damaged.error().rule, "monitor.folder");
  EXPECT_EQ(damaged.error().code, Errc::corrupt);
}

}  // namespace
}  // namespace nguon::ledger
