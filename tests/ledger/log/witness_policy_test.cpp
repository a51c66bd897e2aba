#include "ledger/log/witness_policy.hpp"

#include "ledger/log/cosignature.hpp"
#include "ledger/log/merkle.hpp"

#include <gtest/gtest.h>

namespace nguon::ledger {
namespace {

PrivateKey policy_key(char seed) {
  return PrivateKey::from_seed(Alg::eddsa, std::string(32, seed));
}
NoteVerifier policy_log(char seed, std::string name = "so.example/log/0") {
  return *NoteVerifier::make(std::move(name), policy_key(seed).public_key());
}
/// Witness 'a' is called a.example and has the key of seed 'a'.
NoteVerifier policy_witness(char seed) {
  return *NoteVerifier::make_witness(std::string(1, seed) + ".example",
                                     policy_key(seed).public_key());
}
std::string witness_lines(std::string_view seeds) {
  std::string lines;
  for (const char seed : seeds) {
    lines += "witness " + std::string(1, seed) + " " + policy_witness(seed).text() + "\n";
  }
  return lines;
}
std::string log_line() { return "log " + policy_log('l').text() + "\n"; }

const Checkpoint policy_head{"so.example/log/0", 7, leaf_hash("x")};

/// The head signed by the log, and by witnesses at second 100, 101, … in turn.
std::string witnessed_by(std::string_view seeds) {
  std::string note = sign_checkpoint(policy_head, policy_log('l'), policy_key('l'));
  std::uint64_t time = 100;
  for (const char seed : seeds) {
    note += cosignature_line(checkpoint_text(policy_head), time++, policy_witness(seed),
                             policy_key(seed));
  }
  return note;
}

WitnessPolicy policy_of(const std::string& text) {
  auto policy = WitnessPolicy::parse(text);
  EXPECT_TRUE(policy) << policy.error().rule << " " << policy.error().detail << "\n" << text;
  return *policy;
}

bool meets(const WitnessPolicy& policy, std::string_view seeds) {
  return policy.judge(witnessed_by(seeds), policy.log_keys())->quorum;
}

std::string fault_in(const std::string& text) {
  const auto policy = WitnessPolicy::parse(text);
  return policy ? "good" : policy.error().rule;
}

TEST(WitnessPolicy, ReadsLogsWitnessesAndUrls) {
  const WitnessPolicy policy = policy_of(
      "# dữ liệu mẫu\n\n \t\nlog\t" + policy_log('l').text() + "  https://so.example/log/0 \n" +
      "log " + policy_log('m').text() + "\n" + "  witness Đại_học " + policy_witness('a').text() +
      " https://a.example\nquorum Đại_học\n  # the end\n");
  ASSERT_EQ(policy.logs().size(), 2U);
  EXPECT_EQ(policy.logs()[0].url, "https://so.example/log/0");
  EXPECT_EQ(policy.logs()[1].url, "");
  EXPECT_EQ(policy.logs()[1].key.text(), policy_log('m').text());
  ASSERT_EQ(policy.witnesses().size(), 1U);
  EXPECT_EQ(policy.witnesses()[0].name, "Đại_học");
  EXPECT_EQ(policy.witnesses()[0].url, "https://a.example");
}

TEST(WitnessPolicy, CountsKOfN) {
  const WitnessPolicy policy =
      policy_of(log_line() + witness_lines("abc") + "group two 2 a b c\nquorum two\n");
  const auto standing = policy.judge(witnessed_by("ca"), policy.log_keys());
  ASSERT_TRUE(standing);
  EXPECT_EQ(standing->checkpoint, policy_head);
  EXPECT_EQ(standing->cosigned(), 2U);
  ASSERT_EQ(standing->times.size(), 3U);
  EXPECT_EQ(standing->times[0], 101U);
  EXPECT_EQ(standing->times[1], std::nullopt);
  EXPECT_EQ(standing->times[2], 100U);
  EXPECT_TRUE(standing->quorum);
  EXPECT_FALSE(meets(policy, "a"));
  EXPECT_FALSE(meets(policy, "aa")) << "one witness twice is one witness";
  EXPECT_TRUE(meets(policy, "abc"));
}

TEST(WitnessPolicy, AllAnyOneAndNone) {
  const std::string head = log_line() + witness_lines("abc");
  const WitnessPolicy all = policy_of(head + "group g all a b c\nquorum g\n");
  EXPECT_TRUE(meets(all, "abc"));
  EXPECT_FALSE(meets(all, "ab"));
  const WitnessPolicy any = policy_of(head + "group g any a b c\nquorum g\n");
  EXPECT_TRUE(meets(any, "b"));
  EXPECT_FALSE(meets(any, ""));
  const WitnessPolicy one = policy_of(head + "quorum b\n");
  EXPECT_TRUE(meets(one, "b"));
  EXPECT_FALSE(meets(one, "ac"));
  EXPECT_TRUE(meets(policy_of(head + "quorum none\n"), ""));
}

TEST(WitnessPolicy, GroupsOfGroups) {
  const WitnessPolicy policy = policy_of(log_line() + witness_lines("abcdef") +
                                         "group schools 2 a b c\ngroup unions any d e f\ngroup "
                                         "both all schools unions\nquorum both\n");
  EXPECT_TRUE(meets(policy, "abf"));
  EXPECT_FALSE(meets(policy, "abc"));
  EXPECT_FALSE(meets(policy, "adef"));
}

TEST(WitnessPolicy, WitnessesAloneProveNothing) {
  const WitnessPolicy policy = policy_of(log_line() + witness_lines("a") + "quorum a\n");
  const std::string text = checkpoint_text(policy_head);
  const std::string only_witness =
      text + "\n" + cosignature_line(text, 1, policy_witness('a'), policy_key('a'));
  EXPECT_EQ(policy.judge(only_witness, policy.log_keys()).error().rule, "note.unknown-keys");
  // A log that is known, but under another origin.
  const NoteVerifier other = policy_log('m', "so.example/log/1");
  const std::string foreign = witnessed_by("a") + note_signature_line(text, other, policy_key('m'));
  EXPECT_EQ(policy.judge(foreign, {&other, 1}).error().rule, "note.unknown-keys");
}

TEST(WitnessPolicy, AForgedLineOfAWitnessDamnsTheNote) {
  const WitnessPolicy policy = policy_of(log_line() + witness_lines("ab") + "quorum a\n");
  const std::string forged =
      signature_line({"b.example", policy_witness('b').id(), std::string(cosignature_size, 'x')});
  EXPECT_EQ(policy.judge(witnessed_by("a") + forged, policy.log_keys()).error().rule,
            "note.signature");
}

TEST(WitnessPolicy, RefusesBrokenLines) {
  const std::string head = witness_lines("ab");
  const std::string key = policy_witness('c').text();
  for (const std::string& text :
       {std::string(), std::string("quorum none"), std::string("quorum\n"), head,
        std::string("quorum none\nquorum none\n"), head + "quorum a b\n", head + "Quorum a\n",
        head + "group g 2\nquorum a\n", head + "group g\nquorum a\n",
        head + "group g 0 a b\nquorum g\n", head + "group g 3 a b\nquorum g\n",
        head + "group g 01 a b\nquorum g\n", head + "group g some a b\nquorum g\n",
        head + "quorum a\r\n", head + "quorum a\x7f\n", head + std::string("quorum a\0\n", 10),
        "witness " + key + "\nquorum none\n", "witness c " + key + " url more\nquorum none\n",
        std::string("log\nquorum none\n")}) {
    EXPECT_EQ(fault_in(text), "policy.syntax") << text;
  }
}

TEST(WitnessPolicy, RefusesNamesThatCouldMeanTwoThings) {
  const std::string head = witness_lines("abc");
  for (const std::string& text :
       {head + "quorum d\n", head + "quorum g\ngroup g any a b\n",
        head + "group g any a d\nquorum g\n", head + "group g any a a\nquorum g\n",
        head + "group g any a b\ngroup h any b c\nquorum h\n", head + "group g any g a\nquorum g\n",
        head + "group a any b c\nquorum a\n", head + "group none any a b\nquorum none\n",
        head + "group g any none a\nquorum g\n",
        "witness none " + policy_witness('c').text() + "\nquorum none\n",
        head + "witness a " + policy_witness('d').text() + "\nquorum none\n"}) {
    EXPECT_EQ(fault_in(text), "policy.name") << text;
  }
}

TEST(WitnessPolicy, RefusesKeysOfAnotherKindOrTwice) {
  const std::string log = policy_log('l').text();
  const std::string witness = policy_witness('a').text();
  const std::string renamed =
      NoteVerifier::make_witness("other.example", policy_key('a').public_key())->text();
  for (const std::string& text :
       {"log " + witness + "\n", "witness a " + log + "\n", std::string("log nonsense\n"),
        "log " + log + "\nlog " + log + "\n",
        "log " + log + "\nlog " + policy_log('l', "other.example").text() + "\n",
        "witness a " + witness + "\nwitness b " + renamed + "\n"}) {
    EXPECT_EQ(fault_in(text + "quorum none\n"), "policy.key") << text;
  }
}

TEST(WitnessPolicy, HasLimits) {
  std::string logs;
  std::string witnesses;
  for (std::size_t i = 0; i < max_policy_items; ++i) {
    const auto key = PrivateKey::generate(Alg::eddsa).public_key();
    logs += "log " + NoteVerifier::make("so.example", key)->text() + "\n";
    witnesses += "witness w" + std::to_string(i) + " " +
                 NoteVerifier::make_witness("w.example", key)->text() + "\n";
  }
  std::string groups;
  for (std::size_t i = 0; i < max_policy_items; ++i) {
    groups += "group g" + std::to_string(i) + " any w" + std::to_string(i) + "\n";
  }
  EXPECT_EQ(fault_in(logs + witnesses + groups + "quorum g1\n"), "good");
  EXPECT_EQ(fault_in(logs + log_line() + "quorum none\n"), "policy.too-large");
  EXPECT_EQ(fault_in(witnesses + witness_lines("a") + "quorum none\n"), "policy.too-large");
  EXPECT_EQ(fault_in(witnesses + groups + "group h any g1\nquorum none\n"), "policy.too-large");
  EXPECT_EQ(fault_in(std::string(max_policy_size, '\n') + "\n"), "policy.too-large");
}

}  // namespace
}  // namespace nguon::ledger
