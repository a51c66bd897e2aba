#include "ledger/log/cosigned.hpp"

#include "ledger/log/checkpoint.hpp"
#include "ledger/log/cosignature.hpp"
#include "ledger/log/merkle.hpp"
#include "ledger/trace/times.hpp"
#include "tests/support/small_ledger.hpp"

#include <gtest/gtest.h>

namespace nguon::ledger {
namespace {

class CosignedTest : public testing::Test {
 protected:
  /// The newest checkpoint with that witness's line, kept.
  void cosign(const std::string& name, std::uint64_t at) {
    const PrivateKey& key = small_.people.key("service-" + name);
    const auto witness = *NoteVerifier::make_witness(name, key.public_key());
    const Checkpoint head{small_.log->origin(), small_.log->head().size, small_.log->head().root};
    const std::string text = checkpoint_text(head);
    const auto log = *NoteVerifier::parse(small_.log->log_vkey());
    ASSERT_TRUE(small_.log->cosigned().keep(sign_checkpoint(head, log, small_.people.key("log")) +
                                            cosignature_line(text, at, witness, key)));
  }
  std::uint64_t last() const { return small_.log->head().size - 1; }
  Covering covering(std::uint64_t index) { return **small_.log->cosigned().covering(index); }

  tests::SmallLedger small_;
};

TEST_F(CosignedTest, TheFirstCheckpointThatHoldsAnEntryBoundsItsTime) {
  const auto index = last();
  EXPECT_FALSE(*small_.log->cosigned().covering(index));
  cosign("w.example", 1'790'000'100);
  small_.add(small_.harvest());
  EXPECT_FALSE(*small_.log->cosigned().covering(index + 1));
  cosign("w.example", 1'790'000'200);
  EXPECT_EQ(covering(index).size, index + 1);
  EXPECT_EQ(covering(index).by, (std::vector<Cosigned>{{"w.example", 1'790'000'100}}));
  EXPECT_EQ(covering(index + 1).by.front().at, 1'790'000'200);
  EXPECT_EQ(covering(0).size, index + 1);
  small_.reopen();
  EXPECT_EQ(covering(index).by.front().at, 1'790'000'100);
}

TEST_F(CosignedTest, AWitnessIsKeptAtItsFirstWordAndWitnessesInOrderOfTheirClocks) {
  cosign("w.example", 1'790'000'500);
  const auto before = small_.log->cosigned().revision();
  cosign("w.example", 1'790'000'900);  // Cosigned again, to show that it is fresh.
  EXPECT_EQ(small_.log->cosigned().revision(), before);
  cosign("other.example", 1'790'000'300);
  EXPECT_GT(small_.log->cosigned().revision(), before);
  EXPECT_EQ(covering(0).by, (std::vector<Cosigned>{{"other.example", 1'790'000'300},
                                                   {"w.example", 1'790'000'500}}));
  // What is kept is a note whose lines anybody checks.
  const auto witness = *NoteVerifier::make_witness(
      "other.example", small_.people.key("service-other.example").public_key());
  EXPECT_TRUE(open_note(covering(0).note, {&witness, 1}));
}

TEST_F(CosignedTest, WhatIsNoCosignedCheckpointIsNotKept) {
  auto& book = small_.log->cosigned();
  EXPECT_TRUE(book.keep(small_.log->checkpoint()));  // nobody's line but the log's
  EXPECT_FALSE(*book.covering(0));
  EXPECT_EQ(book.keep("x").error().rule, "note.syntax");
  EXPECT_EQ(book.revision(), 0U);
}

TEST_F(CosignedTest, AnEntryWasSignedAfterWhatItsDeviceHadSeen) {
  const auto size = small_.log->head().size;
  const auto made = [&](const Seen& seen) {
    small_.add(small_.people.make("batch.harvest/1")
                   .by("member")
                   .starts("batch")
                   .seen(seen)
                   .data(R"({"product":")" + small_.product + R"(","site":")" + small_.site +
                         R"(","on":"2026-09-10","qty":{"amount":"5","unit":"kg"}})")
                   .sign());
    return *trace::times_of(*small_.log, last());
  };
  const Hash root = small_.log->head().root;
  const auto times = made({small_.log->origin(), size, root});
  ASSERT_TRUE(times.seen);
  EXPECT_TRUE(times.seen->ours);
  EXPECT_EQ(times.seen->recorded, small_.log->leaf(size - 1)->recorded);
  EXPECT_FALSE(times.covering);
  // Another log's, another history's, one of the future: they bound nothing.
  EXPECT_FALSE(made({"so.example/log/0", size, root}).seen->ours);
  EXPECT_FALSE(made({small_.log->origin(), size, leaf_hash("another")}).seen->ours);
  EXPECT_FALSE(made({small_.log->origin(), size + 50, root}).seen->ours);
  EXPECT_FALSE(trace::times_of(*small_.log, size - 1)->seen);
  EXPECT_FALSE(trace::times_of(*small_.log, last() + 1));
}

}  // namespace
}  // namespace nguon::ledger
