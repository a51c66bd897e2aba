#include "ledger/log/cosignature.hpp"

#include "ledger/store/keys.hpp"

#include <gtest/gtest.h>

#include <array>

namespace nguon::ledger {
namespace {

constexpr std::string_view cosigned = "so.example/log/0\n7\nroot\n";
constexpr std::uint64_t cosigned_at = 1'789'000'060;

PrivateKey witness_key(char seed = 'w') {
  return PrivateKey::from_seed(Alg::eddsa, std::string(32, seed));
}
NoteVerifier witness_name(char seed = 'w', std::string name = "w.example") {
  return *NoteVerifier::make_witness(std::move(name), witness_key(seed).public_key());
}

/// A checkpoint of log 'l' with a cosignature after it.
std::string cosigned_note(const std::string& line) {
  const PrivateKey log = witness_key('l');
  return sign_note(cosigned, *NoteVerifier::make("so.example/log/0", log.public_key()), log) + line;
}

std::string opened_by_witness(const std::string& note) {
  const NoteVerifier known = witness_name();
  const auto opened = open_note(note, {&known, 1});
  return opened ? "opened" : opened.error().rule;
}

TEST(Cosignature, SignsTheTimeAndTheWholeText) {
  EXPECT_EQ(cosigned_text(7, "a\nb\n"), "cosignature/v1\ntime 7\na\nb\n");
}

TEST(Cosignature, OpensUnderItsWitnessAndTellsItsTime) {
  const std::string line = cosignature_line(cosigned, cosigned_at, witness_name(), witness_key());
  const NoteVerifier known = witness_name();
  const auto opened = open_note(cosigned_note(line), {&known, 1});
  ASSERT_TRUE(opened);
  ASSERT_EQ(opened->signatures.size(), 1U);
  EXPECT_EQ(opened->signatures[0].name, "w.example");
  EXPECT_EQ(cosignature_time(opened->signatures[0].octets), cosigned_at);
  EXPECT_EQ(signature_line(opened->signatures[0]), line);
}

TEST(Cosignature, EveryFlippedOctetIsRefused) {
  const std::string line = cosignature_line(cosigned, cosigned_at, witness_name(), witness_key());
  const std::string note = cosigned_note(line);
  const std::size_t first = note.size() - line.size();
  for (std::size_t i = 0; i < note.size(); ++i) {
    // The log's own line is not this witness's business.
    if (i >= cosigned.size() + 1 && i < first) continue;
    std::string broken = note;
    broken[i] = static_cast<char>(broken[i] ^ 1);
    EXPECT_NE(opened_by_witness(broken), "opened") << "octet " << i;
  }
}

TEST(Cosignature, OfAnotherTimeOrShapeIsNone) {
  const PrivateKey key = witness_key();
  const std::string good = keys::big_endian(5) + key.sign(cosigned_text(5, cosigned));
  EXPECT_TRUE(verify_cosignature(cosigned, good, key.public_key()));
  const std::string other_time = keys::big_endian(6) + good.substr(8);
  const std::string beyond =
      keys::big_endian(1ULL << 63) + key.sign(cosigned_text(1ULL << 63, cosigned));
  for (const std::string& octets :
       {other_time, beyond, good + "x", good.substr(1), good.substr(0, 71), std::string(),
        key.sign(cosigned), keys::big_endian(5) + key.sign(cosigned)}) {
    EXPECT_FALSE(verify_cosignature(cosigned, octets, key.public_key())) << octets.size();
  }
  const std::uint64_t last = (1ULL << 63) - 1;
  EXPECT_TRUE(verify_cosignature(cosigned,
                                 keys::big_endian(last) + key.sign(cosigned_text(last, cosigned)),
                                 key.public_key()));
}

TEST(Cosignature, AWitnessKeyIsNoLogKey) {
  const NoteVerifier witness = witness_name();
  const NoteVerifier log = *NoteVerifier::make("w.example", witness_key().public_key());
  EXPECT_NE(witness.id(), log.id());
  EXPECT_FALSE(NoteVerifier::parse(witness.text()));
  EXPECT_FALSE(NoteVerifier::parse_witness(log.text()));
  EXPECT_EQ(NoteVerifier::parse_witness(witness.text())->text(), witness.text());
  // A plain signature by the same key under the witness's key id is not a cosignature.
  const std::string line =
      signature_line({"w.example", witness.id(), witness_key().sign(cosigned)});
  EXPECT_EQ(opened_by_witness(cosigned_note(line)), "note.signature");
  EXPECT_EQ(opened_by_witness(cosigned_note(note_signature_line(cosigned, log, witness_key()))),
            "note.unknown-keys");
}

TEST(Cosignature, MayStandBesideTheLogsOwnLine) {
  const std::string note =
      cosigned_note(cosignature_line(cosigned, cosigned_at, witness_name(), witness_key()));
  const std::array known = {*NoteVerifier::make("so.example/log/0", witness_key('l').public_key()),
                            witness_name()};
  EXPECT_EQ(open_note(note, known)->signatures.size(), 2U);
}

}  // namespace
}  // namespace nguon::ledger
