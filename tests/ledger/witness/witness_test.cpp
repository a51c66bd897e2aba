#include "ledger/witness/witness.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/keys/sha256.hpp"
#include "ledger/log/cosignature.hpp"
#include "ledger/witness/record.hpp"
#include "tests/support/files.hpp"
#include "tests/support/witness_world.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <thread>

namespace nguon::ledger {
namespace {

using Verdict = Witness::Verdict;

class WitnessTest : public testing::Test, protected WitnessWorld {
 protected:
  std::string log_hash() const { return hex_encode(sha256(origin).view()); }
  std::string record_file() const { return folder / log_hash(); }
  std::uint64_t remembered() const {
    const auto watched = witness->watched();
    return watched.at(0).last ? watched[0].last->size : 0;
  }
};

TEST_F(WitnessTest, CosignsEachStepOfAGrowingLog) {
  std::uint64_t at = 0;
  for (const std::uint64_t size : {1U, 2U, 7U, 8U, 100U}) {
    const MemoryTree to = tree(size);
    const auto answer = ask(at, to);
    ASSERT_EQ(answer.verdict, Verdict::cosigned) << size << " " << answer.error.rule;
    const NoteVerifier known = name();
    const auto opened = open_note(checkpoint(to) + answer.lines, {&known, 1});
    ASSERT_TRUE(opened);
    EXPECT_EQ(cosignature_time(opened->signatures.at(0).octets), 1'789'000'000U);
    at = size;
  }
}

TEST_F(WitnessTest, TellsItsSizeWhenAskedFromAnother) {
  ASSERT_EQ(ask(0, tree(5)).verdict, Verdict::cosigned);
  for (const std::uint64_t old_size : {0U, 3U, 4U, 6U}) {
    const auto answer = ask(old_size, tree(7));
    EXPECT_EQ(answer.verdict, Verdict::conflict) << old_size;
    EXPECT_EQ(answer.size, 5U);
  }
  EXPECT_EQ(ask(3, tree(4)).verdict, Verdict::conflict) << "a smaller tree";
  EXPECT_EQ(remembered(), 5U);
}

TEST_F(WitnessTest, CosignsTheSameTreeAgainAndDatesItAnew) {
  ASSERT_EQ(ask(0, tree(5)).verdict, Verdict::cosigned);
  clock.now += 60'000;
  EXPECT_EQ(ask(5, tree(5)).verdict, Verdict::cosigned);
  const auto watched = witness->watched();
  EXPECT_EQ(watched.at(0).since, 1'789'000'000U);
  EXPECT_EQ(watched.at(0).at, 1'789'000'060U);
}

TEST_F(WitnessTest, NeverCosignsAnotherHistory) {
  ASSERT_EQ(ask(0, tree(5)).verdict, Verdict::cosigned);
  EXPECT_EQ(ask(5, tree(9, 2)).verdict, Verdict::inconsistent) << "the proof of a forked tree";
  EXPECT_EQ(witness->add(format_add_checkpoint({5, {}, checkpoint(tree(9))})).verdict,
            Verdict::inconsistent)
      << "no proof at all";
  auto path = *consistency_path(5, 9, tree(9).reader());
  path.push_back(path.back());
  EXPECT_EQ(witness->add(format_add_checkpoint({5, path, checkpoint(tree(9))})).verdict,
            Verdict::inconsistent)
      << "a proof with a hash too many";
  EXPECT_EQ(remembered(), 5U);
  EXPECT_EQ(ask(5, tree(9)).verdict, Verdict::cosigned) << "the true one still gets its word";
}

TEST_F(WitnessTest, FirstCheckpointTakesNoProof) {
  const auto path = *consistency_path(3, 9, tree(9).reader());
  EXPECT_EQ(witness->add(format_add_checkpoint({0, path, checkpoint(tree(9))})).verdict,
            Verdict::inconsistent);
  EXPECT_EQ(ask(0, tree(9)).verdict, Verdict::cosigned);
}

TEST_F(WitnessTest, TheEmptyTreeHasOneRoot) {
  const std::string forged = sign_checkpoint({origin, 0, leaf_hash("x")}, log(), key('l'));
  EXPECT_EQ(witness->add(format_add_checkpoint({0, {}, forged})).verdict, Verdict::inconsistent);
  EXPECT_EQ(ask(0, tree(0)).verdict, Verdict::cosigned);
  EXPECT_EQ(ask(0, tree(3)).verdict, Verdict::cosigned);
}

TEST_F(WitnessTest, KeepsTheProofOfALyingLog) {
  ASSERT_EQ(ask(0, tree(5)).verdict, Verdict::cosigned);
  EXPECT_EQ(witness->fork(log_hash()), std::nullopt);
  const auto answer = ask(5, tree(5, 4));
  EXPECT_EQ(answer.verdict, Verdict::conflict);
  EXPECT_EQ(answer.size, 5U);
  reopen();
  EXPECT_TRUE(witness->watched().at(0).forked);
  const std::string pair = witness->fork(log_hash()).value();
  EXPECT_NE(pair.find(checkpoint(tree(5, 4))), std::string::npos);
  EXPECT_NE(pair.find(checkpoint(tree(5))), std::string::npos);
  EXPECT_EQ(remembered(), 5U);
}

TEST_F(WitnessTest, KnowsWhoseWordItTakes) {
  const MemoryTree to = tree(3);
  const std::string by_stranger = format_add_checkpoint({0, {}, checkpoint(to, 'x')});
  EXPECT_EQ(witness->add(by_stranger).verdict, Verdict::not_signed);
  std::string broken = request(0, to);
  broken[broken.size() - 10] = broken[broken.size() - 10] == 'A' ? 'B' : 'A';
  EXPECT_EQ(witness->add(broken).verdict, Verdict::not_signed);
  // 68 octets: two unused bits in the last symbol, which litewitness reads past and calls 403 too.
  std::string stray = request(0, to);
  ASSERT_TRUE(stray.ends_with("=\n"));
  ++stray[stray.size() - 3];
  EXPECT_EQ(witness->add(stray).verdict, Verdict::not_signed);
  const NoteVerifier other = *NoteVerifier::make("so.example/log/1", key('l').public_key());
  const std::string foreign = sign_checkpoint({"so.example/log/1", 3, to.root()}, other, key('l'));
  EXPECT_EQ(witness->add(format_add_checkpoint({0, {}, foreign})).verdict, Verdict::unknown_log);
  EXPECT_EQ(witness->add("old 0\n").verdict, Verdict::malformed);
  EXPECT_EQ(ask(4, to).verdict, Verdict::malformed) << "an old size over the checkpoint's";
  EXPECT_EQ(remembered(), 0U);
}

TEST_F(WitnessTest, TakesALogsOldAndNewKeyWhileItChangesThem) {
  witness.reset();
  auto opened = Witness::open(folder.string(), name(), key('w'), {log('l'), log('m')}, clock);
  ASSERT_TRUE(opened);
  const MemoryTree to = tree(3);
  const std::string both =
      checkpoint(to) +
      note_signature_line(checkpoint_text({origin, 3, to.root()}), log('m'), key('m'));
  EXPECT_EQ((*opened)->add(format_add_checkpoint({0, {}, both})).verdict, Verdict::cosigned);
  EXPECT_EQ((*opened)->watched().size(), 1U) << "one log with two keys";
  EXPECT_EQ((*opened)->add(format_add_checkpoint({3, {}, checkpoint(to, 'm')})).verdict,
            Verdict::cosigned);
}

TEST_F(WitnessTest, RemembersAcrossProcesses) {
  ASSERT_EQ(ask(0, tree(5)).verdict, Verdict::cosigned);
  clock.now += 3'600'000;
  reopen();
  EXPECT_EQ(remembered(), 5U);
  EXPECT_EQ(witness->watched().at(0).since, 1'789'000'000U);
  EXPECT_EQ(ask(0, tree(7)).verdict, Verdict::conflict);
  EXPECT_EQ(ask(5, tree(7)).verdict, Verdict::cosigned);
}

TEST_F(WitnessTest, ShowsMonitorsWhatItCosigned) {
  EXPECT_EQ(witness->checkpoint(log_hash()), std::nullopt);
  std::string stranger = "— else.example " + base64_encode(std::string(68, 'x')) + "\n";
  const auto answer = witness->add(format_add_checkpoint({0, {}, checkpoint(tree(5)) + stranger}));
  ASSERT_EQ(answer.verdict, Verdict::cosigned);
  EXPECT_EQ(witness->checkpoint(log_hash()), checkpoint(tree(5)) + answer.lines)
      << "lines that nobody verified are not passed on";
  EXPECT_EQ(witness->checkpoint("00"), std::nullopt);
}

TEST_F(WitnessTest, NoCosignatureLeavesBeforeItsRecordIsStored) {
  ASSERT_EQ(ask(0, tree(5)).verdict, Verdict::cosigned);
  const std::string before = tests::read_file(record_file());
  // A directory in the way of the new file: it cannot be created.
  std::filesystem::create_directory(record_file() + ".new");
  const auto answer = ask(5, tree(7));
  EXPECT_EQ(answer.verdict, Verdict::failed);
  EXPECT_EQ(answer.error.rule, "witness.storage");
  EXPECT_EQ(answer.lines, "");
  EXPECT_EQ(tests::read_file(record_file()), before);
  EXPECT_FALSE(witness->healthy());
  std::filesystem::remove(record_file() + ".new");
  EXPECT_EQ(ask(5, tree(7)).verdict, Verdict::failed) << "nothing until the next start";
  reopen();
  EXPECT_EQ(ask(5, tree(7)).verdict, Verdict::cosigned);
}

TEST_F(WitnessTest, AnUnfinishedWriteOfACrashIsPassedOver) {
  ASSERT_EQ(ask(0, tree(5)).verdict, Verdict::cosigned);
  tests::write_file(record_file() + ".new", "nguon-witn");
  reopen();
  EXPECT_EQ(remembered(), 5U);
  EXPECT_EQ(ask(5, tree(7)).verdict, Verdict::cosigned);
}

TEST_F(WitnessTest, ADamagedOrForeignRecordRefusesToStart) {
  ASSERT_EQ(ask(0, tree(5)).verdict, Verdict::cosigned);
  witness.reset();
  const std::string whole = tests::read_file(record_file());
  const auto start = [&] {
    const auto opened = Witness::open(folder.string(), name(), key('w'), {log()}, clock);
    return opened ? std::string("started") : opened.error().rule;
  };
  for (const std::size_t at : {std::size_t{3}, whole.find("\n5\n") + 1, whole.size() - 20}) {
    tests::write_file(record_file(), whole);
    tests::flip_bit(record_file(), at);
    EXPECT_EQ(start(), "witness.state") << at;
  }
  tests::write_file(record_file(), whole.substr(0, whole.size() / 2));
  EXPECT_EQ(start(), "witness.state");
  tests::write_file(record_file(), whole);
  EXPECT_EQ(start(), "started");
}

TEST_F(WitnessTest, OneProcessAtATime) {
  const auto second = Witness::open(folder.string(), name(), key('w'), {log()}, clock);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().rule, "witness.state");
}

TEST_F(WitnessTest, NeedsAFolderALogAndAKeyOfItsOwn) {
  witness.reset();
  const auto refusal = [&](const std::string& at, NoteVerifier as, char seed,
                           std::vector<NoteVerifier> logs) {
    const auto opened = Witness::open(at, std::move(as), key(seed), std::move(logs), clock);
    return opened ? std::string("opened") : opened.error().rule;
  };
  EXPECT_EQ(refusal(folder / "none", name(), 'w', {log()}), "witness.state");
  EXPECT_EQ(refusal(folder.string(), name(), 'w', {}), "witness.logs");
  EXPECT_EQ(refusal(folder.string(), name(), 'x', {log()}), "witness.key");
  EXPECT_EQ(refusal(folder.string(), log('w'), 'w', {log()}), "witness.key");
  EXPECT_EQ(refusal(folder.string(), name(), 'w', {log('w')}), "witness.key");
}

TEST_F(WitnessTest, AClockBeforeTheEpochSignsNothing) {
  clock.now = 0;
  EXPECT_EQ(ask(0, tree(5)).error.rule, "witness.clock");
  EXPECT_EQ(remembered(), 0U);
}

TEST_F(WitnessTest, OfManyRequestsAtOnceOneLineOfSizesIsCosigned) {
  std::vector<MemoryTree> trees;
  for (std::uint64_t size = 0; size <= 40; ++size) trees.push_back(tree(size));
  std::atomic<std::uint64_t> steps{0};
  const auto climb = [&] {
    std::uint64_t at = 0;
    while (at < 40) {
      const auto answer = ask(at, trees[at + 1]);
      ASSERT_TRUE(answer.verdict == Verdict::cosigned || answer.verdict == Verdict::conflict);
      if (answer.verdict == Verdict::cosigned) ++steps;
      const std::uint64_t next = answer.verdict == Verdict::cosigned ? at + 1 : answer.size;
      ASSERT_GE(next, at) << "the witness went back";
      at = next;
    }
  };
  std::thread other(climb);
  climb();
  other.join();
  EXPECT_EQ(steps.load(), 40U) << "no size was cosigned twice over";
  EXPECT_EQ(remembered(), 40U);
}

TEST(WitnessRecordText, ReadsWhatItWritesAndNothingElse) {
  const PrivateKey key = PrivateKey::generate(Alg::eddsa);
  const std::string note =
      sign_checkpoint({"o", 1, leaf_hash("x")}, *NoteVerifier::make("o", key.public_key()), key);
  const WitnessRecord record{1'789'000'000, note};
  const std::string text = format_witness_record(record);
  EXPECT_EQ(*parse_witness_record(text), record);
  for (const std::string& broken :
       {std::string(), text.substr(1), text + "x", "nguon-witness/1\nsince 01\n\n" + note,
        "nguon-witness/1\nsince 1\n" + note, "nguon-witness/1\n\n" + note,
        std::string("nguon-witness/1\nsince 1\n\nno note\n")}) {
    EXPECT_EQ(parse_witness_record(broken).error().rule, "witness.state") << broken;
  }
}

}  // namespace
}  // namespace nguon::ledger
