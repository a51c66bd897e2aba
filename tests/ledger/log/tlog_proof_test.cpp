#include "ledger/log/tlog_proof.hpp"

#include "tests/support/memory_tree.hpp"

#include <gtest/gtest.h>

namespace nguon::ledger {
namespace {

const std::string origin = "so.example/log/0";

PrivateKey proof_log_key() { return PrivateKey::from_seed(Alg::eddsa, std::string(32, 'l')); }
NoteVerifier proof_log_verifier() {
  return *NoteVerifier::make(origin, proof_log_key().public_key());
}

TlogProof proof_of(const MemoryTree& tree, std::uint64_t index) {
  return {
      std::nullopt, index, *inclusion_path(index, tree.size(), tree.reader()),
      sign_checkpoint({origin, tree.size(), tree.root()}, proof_log_verifier(), proof_log_key())};
}

TEST(TlogProof, ReadsWhatItWrites) {
  const MemoryTree tree = counting_tree(11);
  for (std::uint64_t index = 0; index < tree.size(); ++index) {
    TlogProof proof = proof_of(tree, index);
    for (const auto& extra : {std::optional<std::string>(), std::optional<std::string>(""),
                              std::optional<std::string>("x\n\0y")}) {
      proof.extra = extra;
      const auto again = parse_tlog_proof(format_tlog_proof(proof));
      ASSERT_TRUE(again);
      EXPECT_EQ(*again, proof);
    }
  }
}

TEST(TlogProof, LooksAsTheTextShows) {
  const MemoryTree tree = counting_tree(1);
  const std::string text = format_tlog_proof(proof_of(tree, 0));
  EXPECT_TRUE(text.starts_with("c2sp.org/tlog-proof@v1\nindex 0\n\nso.example/log/0\n1\n")) << text;
}

TEST(TlogProof, VerifiesItsLeafAndNoOther) {
  const MemoryTree tree = counting_tree(11);
  for (std::uint64_t index = 0; index < tree.size(); ++index) {
    const TlogProof proof = proof_of(tree, index);
    const auto checkpoint = verify_tlog_proof(proof, tree.leaves()[index], proof_log_verifier());
    ASSERT_TRUE(checkpoint);
    EXPECT_EQ(checkpoint->size, 11U);
    const auto other =
        verify_tlog_proof(proof, tree.leaves()[(index + 1) % 11], proof_log_verifier());
    EXPECT_EQ(other.error().rule, "proof.inclusion");
  }
}

TEST(TlogProof, EveryFlippedOctetIsRefused) {
  const MemoryTree tree = counting_tree(11);
  const std::string text = format_tlog_proof(proof_of(tree, 4));
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string broken = text;
    broken[i] = static_cast<char>(broken[i] ^ 1);
    const auto parsed = parse_tlog_proof(broken);
    EXPECT_FALSE(parsed && verify_tlog_proof(*parsed, tree.leaves()[4], proof_log_verifier())) << i;
  }
}

TEST(TlogProof, RefusesBrokenGrammar) {
  const MemoryTree tree = counting_tree(2);
  const std::string good = format_tlog_proof(proof_of(tree, 1));
  const std::string head = "c2sp.org/tlog-proof@v1\n";
  const std::string rest = good.substr(good.find("index 1\n") + 8);
  ASSERT_TRUE(parse_tlog_proof(head + "index 1\n" + rest));
  for (const std::string& text :
       {std::string(), head, head + "index 1\n", "x" + good, head + "index 01\n" + rest,
        head + "index -1\n" + rest, head + "index \n" + rest, head + "Index 1\n" + rest,
        head + "index 1 \n" + rest, head + "index 1\r\n" + rest, head + "extra !\nindex 1\n" + rest,
        head + "extra eA\nindex 1\n" + rest, head + "index 1\nextra eA==\n" + rest,
        head + "extra eA==\nextra eA==\nindex 1\n" + rest, head + "index 1\nAAAA\n" + rest,
        head + "index 9223372036854775808\n" + rest}) {
    const auto parsed = parse_tlog_proof(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error().rule, "proof.syntax");
  }
  std::string deep = head + "index 1\n";
  for (int i = 0; i < 64; ++i) deep += rest.substr(0, rest.find('\n') + 1);
  EXPECT_FALSE(parse_tlog_proof(deep + rest.substr(rest.find("\n\n") + 1)));
  EXPECT_EQ(parse_tlog_proof(head + "index 1\n\nnot a note\n").error().rule, "note.syntax");
}

}  // namespace
}  // namespace nguon::ledger
