#include "ledger/log/add_checkpoint.hpp"

#include "ledger/log/checkpoint.hpp"
#include "tests/support/memory_tree.hpp"

#include <gtest/gtest.h>

namespace nguon::ledger {
namespace {

AddCheckpoint sample_request(std::uint64_t from, std::uint64_t to) {
  const PrivateKey key = PrivateKey::from_seed(Alg::eddsa, std::string(32, 'l'));
  const NoteVerifier log = *NoteVerifier::make("so.example/log/0", key.public_key());
  const MemoryTree tree = counting_tree(to);
  return {from, *consistency_path(from, to, tree.reader()),
          sign_checkpoint({log.name(), to, tree.root()}, log, key)};
}

std::string request_refusal(const std::string& text) {
  const auto parsed = parse_add_checkpoint(text);
  return parsed ? "accepted" : parsed.error().rule;
}

TEST(AddCheckpoint, ReadsWhatItWrites) {
  for (const auto& [from, to] : {std::pair{0, 1}, {0, 11}, {3, 11}, {8, 8}, {7, 11}}) {
    const AddCheckpoint request =
        sample_request(static_cast<std::uint64_t>(from), static_cast<std::uint64_t>(to));
    const auto again = parse_add_checkpoint(format_add_checkpoint(request));
    ASSERT_TRUE(again) << from << " " << to;
    EXPECT_EQ(*again, request);
  }
}

TEST(AddCheckpoint, RefusesBrokenGrammar) {
  const std::string good = format_add_checkpoint(sample_request(3, 11));
  const std::string rest = good.substr(good.find('\n'));
  const std::string note = good.substr(good.find("\n\n") + 2);
  const std::string hash(43, 'A');
  for (const std::string& text : {std::string(),
                                  std::string("\n"),
                                  std::string("old 3"),
                                  std::string("old 3\n"),
                                  std::string("old 3\n\n"),
                                  "old" + rest,
                                  "old " + rest,
                                  "Old 3" + rest,
                                  "old  3" + rest,
                                  "old 03" + rest,
                                  "old -3" + rest,
                                  "old +3" + rest,
                                  "old 3 " + rest,
                                  "old 3\r" + rest,
                                  "old 9223372036854775808" + rest,
                                  "\n" + good,
                                  "old 3\nAAAA\n\n" + note,
                                  "old 3\n" + hash + "\n\n" + note,
                                  "old 3\n" + hash + "B\n\n" + note,
                                  "old 3\n" + hash + "= \n\n" + note,
                                  "old 3\n" + note,
                                  "old 3\n\n\n" + note}) {
    EXPECT_NE(request_refusal(text), "accepted") << text;
  }
  EXPECT_EQ(request_refusal("old 3" + rest), "accepted");
  EXPECT_EQ(request_refusal("old 9223372036854775807\n\n" + note), "accepted");
}

TEST(AddCheckpoint, TakesSixtyThreeHashesAndNoMore) {
  AddCheckpoint request = sample_request(3, 11);
  request.path.assign(max_add_checkpoint_path, leaf_hash("x"));
  EXPECT_EQ(request_refusal(format_add_checkpoint(request)), "accepted");
  request.path.push_back(leaf_hash("x"));
  EXPECT_EQ(request_refusal(format_add_checkpoint(request)), "witness.request");
}

TEST(AddCheckpoint, HoldsANoteThatIsACheckpoint) {
  const std::string good = format_add_checkpoint(sample_request(3, 11));
  EXPECT_EQ(request_refusal(good.substr(0, good.size() - 1)), "note.syntax");
  EXPECT_EQ(request_refusal(good + "x\n"), "note.syntax");
  const std::string signature = good.substr(good.find("—"));
  EXPECT_EQ(request_refusal("old 0\n\nso.example/log/0\nseven\nAAAA\n\n" + signature),
            "checkpoint.syntax");
  EXPECT_EQ(request_refusal("old 0\n\na note of another kind\n\n" + signature),
            "checkpoint.syntax");
}

}  // namespace
}  // namespace nguon::ledger
