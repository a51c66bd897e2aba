#include "ledger/keys/key.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/keys/curve.hpp"

#include <gtest/gtest.h>

namespace nguon::ledger {
namespace {

// RFC 8032 §7.1 test 2.
const std::string rfc8032_seed =
    *hex_decode("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
const std::string rfc8032_signature = *hex_decode(
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
// RFC 7515 appendix A.3.
constexpr std::string_view rfc7515_jwk =
    R"({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
    R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"})";
constexpr std::string_view rfc7515_input =
    "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxl"
    "LmNvbS9pc19yb290Ijp0cnVlfQ";
constexpr std::string_view rfc7515_signature =
    "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

std::string refusal(std::string_view jwk) {
  const auto key = PublicKey::from_jwk(jwk);
  return key ? "accepted" : key.error().rule + key.error().field;
}

TEST(Key, SignsTheRfc8032Vector) {
  const PrivateKey key = PrivateKey::from_seed(Alg::eddsa, rfc8032_seed);
  EXPECT_EQ(hex_encode(key.public_key().ed25519_raw()),
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  EXPECT_EQ(key.sign("r"), rfc8032_signature);
  EXPECT_TRUE(key.public_key().verify("r", rfc8032_signature));
  EXPECT_FALSE(key.public_key().verify("s", rfc8032_signature));
}

TEST(Key, ThumbprintIsThatOfRfc8037) {
  const auto key = PublicKey::from_ed25519(
      *hex_decode("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));
  ASSERT_TRUE(key);
  EXPECT_EQ(key->jwk(),
            R"({"crv":"Ed25519","kty":"OKP","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})");
  EXPECT_EQ(key->kid(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
}

TEST(Key, VerifiesTheRfc7515Es256Example) {
  const auto key = PublicKey::from_jwk(rfc7515_jwk);
  ASSERT_TRUE(key);
  EXPECT_EQ(key->alg(), Alg::es256);
  EXPECT_EQ(key->ed25519_raw(), "");
  EXPECT_TRUE(key->jwk().starts_with(R"({"crv":"P-256","kty":"EC","x":)"));
  const std::string signature = *base64url_decode(rfc7515_signature);
  EXPECT_TRUE(key->verify(rfc7515_input, signature));
  for (std::size_t i = 0; i < signature.size(); ++i) {
    std::string broken = signature;
    broken[i] = static_cast<char>(broken[i] ^ 1);
    EXPECT_FALSE(key->verify(rfc7515_input, broken)) << "octet " << i;
  }
}

TEST(Key, BothAlgorithmsVerifyWhatTheySign) {
  for (const Alg alg : {Alg::es256, Alg::eddsa}) {
    const PrivateKey key = PrivateKey::generate(alg);
    for (const std::string& message : {std::string(), std::string("m"), std::string(20'000, 'x')}) {
      const std::string signature = key.sign(message);
      EXPECT_EQ(signature.size(), 64U);
      EXPECT_TRUE(key.public_key().verify(message, signature));
      EXPECT_FALSE(key.public_key().verify(message + "!", signature));
      EXPECT_FALSE(key.public_key().verify(message, signature + "!"));
      EXPECT_FALSE(key.public_key().verify(message, signature.substr(0, 63)));
      EXPECT_FALSE(PrivateKey::generate(alg).public_key().verify(message, signature));
    }
  }
}

TEST(Key, Es256RefusesNumbersOutsideOneToNMinusOne) {
  const PrivateKey key = PrivateKey::generate(Alg::es256);
  const std::string good = key.sign("m");
  const std::string zero(32, '\0');
  const std::string order =
      *hex_decode("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
  for (const std::string& number : {zero, order, std::string(32, '\xff')}) {
    EXPECT_FALSE(key.public_key().verify("m", number + good.substr(32)));
    EXPECT_FALSE(key.public_key().verify("m", good.substr(0, 32) + number));
    EXPECT_FALSE(key.public_key().verify("m", number + number));
  }
}

TEST(Key, Ed25519RefusesAnSOfLOrMore) {
  const PrivateKey key = PrivateKey::from_seed(Alg::eddsa, rfc8032_seed);
  // S + L verifies under the same equation: RFC 8032 §5.1.7 forbids it.
  const std::string l =
      *hex_decode("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  std::string shifted = rfc8032_signature;
  int carry = 0;
  for (std::size_t i = 0; i < 32; ++i) {
    carry += static_cast<unsigned char>(shifted[32 + i]) + static_cast<unsigned char>(l[i]);
    shifted[32 + i] = static_cast<char>(carry & 255);
    carry >>= 8;
  }
  EXPECT_FALSE(key.public_key().verify("r", shifted));
}

TEST(Key, TheSameSeedNamesTheSameKey) {
  for (const Alg alg : {Alg::es256, Alg::eddsa}) {
    const PrivateKey a = PrivateKey::from_seed(alg, std::string(32, 's'));
    EXPECT_EQ(a.kid(), PrivateKey::from_seed(alg, std::string(32, 's')).kid());
    EXPECT_NE(a.kid(), PrivateKey::from_seed(alg, std::string(32, 't')).kid());
    EXPECT_EQ(a.kid().size(), 43U);
  }
}

TEST(Key, PemKeepsTheKey) {
  for (const Alg alg : {Alg::es256, Alg::eddsa}) {
    const PrivateKey key = PrivateKey::generate(alg);
    const auto again = PrivateKey::from_pem(key.to_pem());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->kid(), key.kid());
    EXPECT_TRUE(key.public_key().verify("m", again->sign("m")));
  }
}

TEST(Key, RefusesPemThatIsNotOneOfOurKeys) {
  const std::string pem = PrivateKey::generate(Alg::eddsa).to_pem();
  EXPECT_FALSE(PrivateKey::from_pem(""));
  EXPECT_FALSE(PrivateKey::from_pem("not a key"));
  EXPECT_FALSE(PrivateKey::from_pem(pem.substr(0, pem.size() / 2)));
  EXPECT_FALSE(
      PrivateKey::from_pem("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"));
  EXPECT_EQ(PrivateKey::from_pem("").error().rule, "key.pem");
}

TEST(Jwk, ComesBackAsWritten) {
  for (const Alg alg : {Alg::es256, Alg::eddsa}) {
    const PrivateKey key = PrivateKey::generate(alg);
    const auto again = PublicKey::from_jwk(key.public_key().jwk());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->jwk(), key.public_key().jwk());
    EXPECT_TRUE(again->verify("m", key.sign("m")));
  }
}

TEST(Jwk, RefusesWhatIsNotExactlyAKeyOfOurs) {
  const std::string x43(43, 'A');
  EXPECT_EQ(refusal("{"), "key.jwk");
  EXPECT_EQ(refusal("[]"), "key.jwk");
  EXPECT_EQ(refusal(R"({"kty":"RSA","n":"AQAB","e":"AQAB"})"), "key.jwk/kty");
  EXPECT_EQ(refusal(R"({"kty":"EC","crv":"P-384","x":"","y":""})"), "key.jwk/crv");
  EXPECT_EQ(refusal(R"({"kty":"OKP","crv":"X25519","x":")" + x43 + "\"}"), "key.jwk/crv");
  EXPECT_EQ(refusal(R"({"kty":"EC","crv":"P-256","x":")" + x43 + R"(","y":")" + x43 + "\"}"),
            "key.jwk/x")
      << "(0,0) is not on the curve";
  std::string more(rfc7515_jwk);
  more.insert(more.size() - 1, R"(,"use":"sig")");
  EXPECT_EQ(refusal(more), "key.jwk");
  std::string missing(rfc7515_jwk.substr(0, rfc7515_jwk.find(",\"y\"")));
  EXPECT_EQ(refusal(missing + "}"), "key.jwk");
  EXPECT_EQ(refusal(missing + R"(,"z":1})"), "key.jwk/y");
  EXPECT_EQ(refusal(missing + R"(,"y":7})"), "key.jwk/y");
}

TEST(Jwk, RefusesCoordinatesThatAreNotReduced) {
  // x = p: the same point as x = 0, written twice.
  const std::string p =
      *hex_decode("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
  EXPECT_EQ(refusal(R"({"kty":"EC","crv":"P-256","x":")" + base64url_encode(p) + R"(","y":")" +
                    base64url_encode(p) + "\"}"),
            "key.jwk/x");
}

TEST(Ed25519Point, RefusesSmallOrderOffCurveAndNonCanonical) {
  // Orders 1, 2, 4 and 8, one of each: 8 from the published list of the curve's torsion points.
  for (const char* text : {"0100000000000000000000000000000000000000000000000000000000000000",
                           "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                           "0000000000000000000000000000000000000000000000000000000000000000",
                           "0000000000000000000000000000000000000000000000000000000000000080",
                           "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                           "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                           // y = p + 1, not reduced
                           "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                           // y = 2 has no x
                           "0200000000000000000000000000000000000000000000000000000000000000"}) {
    EXPECT_FALSE(is_sound_ed25519_point(*hex_decode(text))) << text;
  }
  EXPECT_FALSE(is_sound_ed25519_point("short"));
  EXPECT_FALSE(PublicKey::from_ed25519(std::string(32, '\0')));
}

TEST(Ed25519Point, AcceptsEveryKeyThatASeedMakes) {
  for (int i = 0; i < 64; ++i) {
    std::string seed(32, static_cast<char>(i));
    EXPECT_TRUE(
        is_sound_ed25519_point(PrivateKey::from_seed(Alg::eddsa, seed).public_key().ed25519_raw()));
  }
}

}  // namespace
}  // namespace nguon::ledger
