#include "ledger/log/checkpoint.hpp"

#include "ledger/log/merkle.hpp"

#include <gtest/gtest.h>

namespace nguon::ledger {
namespace {

const Checkpoint sample{"so.example/log/0", 20'852'163, leaf_hash("x")};

PrivateKey log_key() { return PrivateKey::from_seed(Alg::eddsa, std::string(32, 'l')); }
NoteVerifier log_verifier(std::string name = sample.origin) {
  return *NoteVerifier::make(std::move(name), log_key().public_key());
}

TEST(Checkpoint, OpensWhatItSigned) {
  const auto opened =
      open_checkpoint(sign_checkpoint(sample, log_verifier(), log_key()), log_verifier());
  ASSERT_TRUE(opened);
  EXPECT_EQ(*opened, sample);
}

TEST(Checkpoint, TheEmptyTreeHasOne) {
  const Checkpoint empty{sample.origin, 0, empty_root()};
  EXPECT_EQ(checkpoint_text(empty),
            "so.example/log/0\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n");
  EXPECT_EQ(*parse_checkpoint_text(checkpoint_text(empty)), empty);
}

TEST(Checkpoint, ToleratesForeignExtensionLinesButNoEmptyOne) {
  const std::string text = checkpoint_text(sample);
  EXPECT_EQ(*parse_checkpoint_text(text + "an extension\nanother\n"), sample);
  EXPECT_FALSE(parse_checkpoint_text(text + "\n"));
  EXPECT_FALSE(parse_checkpoint_text(text + "an extension\n\nanother\n"));
}

TEST(Checkpoint, RefusesWhatIsNotExactlyThreeProperLines) {
  const std::string root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
  for (const std::string& text :
       {std::string(), std::string("\n"), std::string("o\n1\n"), "o\n1\n" + root,
        "\n1\n" + root + "\n", "o\n01\n" + root + "\n", "o\n+1\n" + root + "\n",
        "o\n-1\n" + root + "\n", "o\n1 \n" + root + "\n", "o\n\n" + root + "\n",
        "o\n0x1\n" + root + "\n", "o\n9223372036854775808\n" + root + "\n",
        "o\n99999999999999999999\n" + root + "\n", std::string("o\n1\nAAAA\n"),
        "o\n1\n" + root.substr(0, 43) + "\n", "o\n1\n" + root + "=\n",
        std::string("o\n1\n47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=\n"),
        std::string("o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n")}) {
    const auto parsed = parse_checkpoint_text(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error().rule, "checkpoint.syntax");
  }
  EXPECT_TRUE(parse_checkpoint_text("o\n9223372036854775807\n" + root + "\n"));
}

TEST(Checkpoint, OfAnotherOriginIsRefused) {
  const Checkpoint other{"so.example/log/1", sample.size, sample.root};
  const auto opened =
      open_checkpoint(sign_checkpoint(other, log_verifier(), log_key()), log_verifier());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().rule, "checkpoint.origin");
}

TEST(Checkpoint, OfAnotherKeyIsRefused) {
  const std::string note = sign_checkpoint(sample, log_verifier(), log_key());
  const NoteVerifier other =
      *NoteVerifier::make(sample.origin, PrivateKey::generate(Alg::eddsa).public_key());
  EXPECT_EQ(open_checkpoint(note, other).error().rule, "note.unknown-keys");
}

}  // namespace
}  // namespace nguon::ledger
