#include "ledger/entry/jws.hpp"

#include "ledger/base/base64url.hpp"

#include <gtest/gtest.h>

namespace nguon::ledger {
namespace {

PrivateKey key_of(Alg alg) { return PrivateKey::from_seed(alg, std::string(32, 'j')); }

std::string rule_of(std::string_view text) {
  const auto parsed = parse_jws(text, entry_typ);
  return parsed ? "accepted" : parsed.error().rule;
}

std::string with_header(std::string_view header) {
  return base64url_encode(header) + ".e30." + base64url_encode(std::string(64, '\1'));
}

const std::string kid(43, 'A');

TEST(Jws, SignedByEitherAlgorithmVerifies) {
  for (const Alg alg : {Alg::es256, Alg::eddsa}) {
    const PrivateKey key = key_of(alg);
    const std::string text = make_jws(key, entry_typ, R"({"a":1})");
    const auto parsed = parse_jws(text, entry_typ);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->payload, R"({"a":1})");
    EXPECT_EQ(parsed->kid, key.kid());
    EXPECT_EQ(parsed->alg, alg);
    EXPECT_TRUE(verify_jws(*parsed, key.public_key()));
  }
}

TEST(Jws, HeaderHasOneSpelling) {
  const std::string good = R"({"alg":"ES256","typ":"nguon-entry+jwt","kid":")" + kid + R"("})";
  EXPECT_EQ(rule_of(with_header(good)), "accepted");
  const std::string tail = R"(,"kid":")" + kid + R"("})";
  EXPECT_EQ(rule_of(with_header(R"({"alg": "ES256","typ":"nguon-entry+jwt")" + tail)),
            "jws.header");
  EXPECT_EQ(rule_of(with_header(R"({"typ":"nguon-entry+jwt","alg":"ES256")" + tail)), "jws.header");
  EXPECT_EQ(rule_of(with_header(R"({"alg":"ES256","typ":"nguon-entry+jwt","x":1)" + tail)),
            "jws.header");
  EXPECT_EQ(rule_of(with_header(R"({"typ":"nguon-entry+jwt")" + tail)), "jws.header");
  EXPECT_EQ(rule_of(with_header(R"({"alg":"ES256","typ":"nguon-entry\u002bjwt")" + tail)),
            "jws.header");
  EXPECT_EQ(rule_of(with_header(good + "\n")), "jws.header");
  EXPECT_EQ(rule_of(with_header("")), "jws.header");
}

TEST(Jws, HeaderValuesAreClosed) {
  const std::string tail = R"(,"kid":")" + kid + R"("})";
  for (const std::string alg : {"none", "HS256", "es256", "Ed25519", ""}) {
    EXPECT_EQ(rule_of(with_header(R"({"alg":")" + alg + R"(","typ":"nguon-entry+jwt")" + tail)),
              "jws.alg");
  }
  for (const std::string typ : {"nguon-receipt+jwt", "NGUON-ENTRY+JWT", "JWT", ""}) {
    EXPECT_EQ(rule_of(with_header(R"({"alg":"ES256","typ":")" + typ + '"' + tail)), "jws.typ");
  }
  EXPECT_EQ(rule_of(with_header(R"({"alg":"ES256","typ":"nguon-entry+jwt","kid":"AAAA"})")),
            "jws.kid");
}

TEST(Jws, PartsAreThreeAndCanonical) {
  const std::string text = make_jws(key_of(Alg::es256), entry_typ, "{}");
  EXPECT_EQ(rule_of(""), "jws.shape");
  EXPECT_EQ(rule_of("."), "jws.shape");
  EXPECT_EQ(rule_of(text + "."), "jws.shape");
  EXPECT_EQ(rule_of(text + "="), "jws.base64url");
  // 64 octets leave four slack bits in the last symbol; A, Q, g, w are the ones with none of them
  // set.
  EXPECT_EQ(rule_of(text.substr(0, text.size() - 1) + "B"), "jws.base64url");
  EXPECT_EQ(rule_of(text.substr(0, text.size() - 1)), "jws.base64url");
  EXPECT_EQ(rule_of(text.substr(0, text.size() - 2)), "jws.signature");
  EXPECT_EQ(rule_of(text.substr(0, text.rfind('.') + 1)), "jws.signature");
  EXPECT_EQ(rule_of(text + "AAAA"), "jws.signature");
}

TEST(Jws, AlgorithmIsTheKeysAndNotTheHeadersToChoose) {
  const std::string text = make_jws(key_of(Alg::es256), entry_typ, "{}");
  const auto parsed = parse_jws(text, entry_typ);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(verify_jws(*parsed, key_of(Alg::eddsa).public_key()).error().rule, "jws.alg");
  const PrivateKey other = PrivateKey::from_seed(Alg::es256, std::string(32, 'k'));
  EXPECT_EQ(verify_jws(*parsed, other.public_key()).error().rule, "jws.signature");
}

TEST(Jws, EntryIdIgnoresTheSignature) {
  const PrivateKey key = key_of(Alg::es256);
  const std::string one = make_jws(key, entry_typ, "{}");
  const std::string two = make_jws(key, entry_typ, "{}");
  ASSERT_NE(one, two) << "ECDSA here is randomised";
  EXPECT_EQ(entry_id(parse_jws(one, entry_typ)->signing_input),
            entry_id(parse_jws(two, entry_typ)->signing_input));
}

}  // namespace
}  // namespace nguon::ledger
