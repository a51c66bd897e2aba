#include "ledger/log/note.hpp"

#include "ledger/base/base64url.hpp"

#include <gtest/gtest.h>

namespace nguon::ledger {
namespace {

constexpr std::string_view text = "so.example/log/0\n7\ndòng thứ ba\n";

PrivateKey key_of(char seed) { return PrivateKey::from_seed(Alg::eddsa, std::string(32, seed)); }

NoteVerifier verifier_of(char seed, std::string name = "so.example/log/0") {
  return *NoteVerifier::make(std::move(name), key_of(seed).public_key());
}

std::string signed_text() { return sign_note(text, verifier_of('a'), key_of('a')); }

std::string refusal(const std::string& note) {
  const NoteVerifier known = verifier_of('a');
  const auto opened = open_note(note, {&known, 1});
  return opened ? "opened" : opened.error().rule;
}

// The example of the C2SP signed-note text is signed by a key that is not printed there, so the
// shape alone is checked here; foreign signatures are checked by tests/vectors.
TEST(Note, OpensWhatItSigned) {
  const NoteVerifier known = verifier_of('a');
  const auto opened = open_note(signed_text(), {&known, 1});
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->text, text);
  ASSERT_EQ(opened->signatures.size(), 1U);
  EXPECT_EQ(opened->signatures[0].name, "so.example/log/0");
  EXPECT_EQ(opened->signatures[0].key_id, known.id());
}

TEST(Note, EveryFlippedOctetIsRefused) {
  const std::string note = signed_text();
  for (std::size_t i = 0; i < note.size(); ++i) {
    std::string broken = note;
    broken[i] = static_cast<char>(broken[i] ^ 1);
    EXPECT_NE(refusal(broken), "opened") << "octet " << i;
  }
}

TEST(Note, TextMayHoldEmptyLines) {
  const std::string note = sign_note("a\n\nb\n\n", verifier_of('a'), key_of('a'));
  const NoteVerifier known = verifier_of('a');
  EXPECT_EQ(open_note(note, {&known, 1})->text, "a\n\nb\n\n");
}

TEST(Note, IgnoresUnknownKeysAndTheirGarbage) {
  std::string note = signed_text();
  note += "— foreign.example " + base64_encode("12345") + "\n";
  note += note_signature_line(text, verifier_of('b'), key_of('b'));                   // same name
  note += note_signature_line(text, verifier_of('a', "other.example"), key_of('a'));  // same key
  EXPECT_EQ(refusal(note), "opened");
  EXPECT_EQ(parse_note(note)->signatures.size(), 4U);
}

TEST(Note, OneBadLineOfAKnownKeyDamnsTheNote) {
  std::string wrong = note_signature_line("another text\n", verifier_of('a'), key_of('a'));
  EXPECT_EQ(refusal(signed_text() + wrong), "note.signature");
  std::string short_line = "— so.example/log/0 ";
  const std::uint32_t id = verifier_of('a').id();
  std::string octets;
  for (int shift = 24; shift >= 0; shift -= 8) octets += static_cast<char>((id >> shift) & 255);
  EXPECT_EQ(refusal(signed_text() + short_line + base64_encode(octets + "short") + "\n"),
            "note.signature");
}

TEST(Note, ASignatureLineWithUnusedBitsSetIsToldFromOneThatIsNoBase64) {
  const std::string spelled = base64_encode("12345");  // 7 symbols, the last with two unused bits
  ASSERT_EQ(spelled, "MTIzNDU=");
  EXPECT_EQ(refusal(signed_text() + "— foreign.example MTIzNDV=\n"), "note.slack-bits");
  EXPECT_EQ(refusal(signed_text() + "— foreign.example MTIzNB==\n"), "note.slack-bits");
  EXPECT_EQ(refusal(signed_text() + "— foreign.example MTIzND*=\n"), "note.syntax");
  EXPECT_EQ(refusal(signed_text() + "— foreign.example MTIzN===\n"), "note.syntax");
  EXPECT_EQ(refusal(signed_text() + "— foreign.example MTIzNDV\n"), "note.syntax");
}

TEST(Note, WithoutAKnownKeyIsNotOpened) {
  const NoteVerifier other = verifier_of('b');
  EXPECT_EQ(open_note(signed_text(), {&other, 1}).error().rule, "note.unknown-keys");
  EXPECT_EQ(open_note(signed_text(), {}).error().rule, "note.unknown-keys");
}

TEST(Note, AcceptsManySignaturesButNotAnyNumber) {
  std::string note = signed_text();
  const std::string line = "— w.example " + base64_encode(std::string(2420 + 12, 'x')) + "\n";
  for (std::size_t i = 1; i < max_note_signatures; ++i) note += line;
  EXPECT_EQ(refusal(note), "opened");
  EXPECT_EQ(refusal(note + line), "note.too-large");
  EXPECT_EQ(parse_note(std::string(max_note_size + 1, 'a')).error().code, Errc::too_large);
}

TEST(Note, RefusesBrokenGrammar) {
  const std::string good = signed_text();
  const std::string line = good.substr(good.rfind("—"));
  const std::string body(text);
  for (const std::string& note : {
           std::string(),
           std::string("\n"),
           body,
           body + "\n",
           line,
           body + line,
           good.substr(0, good.size() - 1),           // no final LF
           good + "\n",                               // an empty line at the end
           good + "x\n",                              // not a signature line
           body + "\n- " + line.substr(4),            // hyphen for dash
           body + "\n—" + line.substr(4),             // no space
           body + "\n— so.example/log/0\n",           // no signature
           body + "\n— so.example/log/0 \n",          // empty signature
           body + "\n— so.example/log/0 AAAA\n",      // shorter than a key id
           body + "\n— so.example/log/0 AAAAAA==\n",  // a key id and nothing
           body + "\n—  AAAAAAA=\n",                  // empty name
           body + "\n— a+b AAAAAAA=\n",               // plus in the name
           body + "\n— a\xc2\xa0"
                  "b AAAAAAA=\n",  // Unicode space in the name
           "a\tb\n\n" + line,
           "a\r\n\n" + line,
           std::string("a\0\n\n", 4) + line,
           "\xff\n\n" + line,
           "\xc0\x80\n\n" + line,
           "\xed\xa0\x80\n\n" + line,
       }) {
    EXPECT_EQ(refusal(note), "note.syntax") << note;
  }
}

TEST(NoteVerifier, PrintsAndReadsItself) {
  const NoteVerifier known = verifier_of('a');
  const auto again = NoteVerifier::parse(known.text());
  ASSERT_TRUE(again);
  EXPECT_EQ(again->text(), known.text());
  EXPECT_EQ(again->id(), known.id());
  EXPECT_EQ(again->key().kid(), known.key().kid());
}

TEST(NoteVerifier, ReadsAForeignKey) {
  // The vkey of the public test log of Tessera, as its documentation prints it.
  const auto key = NoteVerifier::parse(
      "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx");
  ASSERT_TRUE(key);
  EXPECT_EQ(key->name(), "example.com/log/testdata");
  EXPECT_EQ(key->id(), 0x33d7b496U);
}

TEST(NoteVerifier, RefusesTextsThatNameNoKey) {
  const std::string good = verifier_of('a').text();
  std::string wrong_id = good;
  wrong_id[good.find('+') + 1] = wrong_id[good.find('+') + 1] == '0' ? '1' : '0';
  std::string capitals = "x.example/A" + good.substr(good.find('+'));
  for (const std::string& vkey :
       {std::string(), std::string("a"), std::string("a+b"), std::string("a+00000000+"), wrong_id,
        capitals, good + "A", good.substr(1), good.substr(0, good.size() - 4),
        "a b" + good.substr(good.find('+'))}) {
    const auto parsed = NoteVerifier::parse(vkey);
    ASSERT_FALSE(parsed) << vkey;
    EXPECT_EQ(parsed.error().rule, "note.vkey");
  }
  EXPECT_FALSE(NoteVerifier::make("a", PrivateKey::generate(Alg::es256).public_key()));
  EXPECT_FALSE(NoteVerifier::make("", key_of('a').public_key()));
}

}  // namespace
}  // namespace nguon::ledger
