#include "ledger/base/base64url.hpp"
#include "tests/vectors/vectors.hpp"

#include <gtest/gtest.h>

namespace nguon::ledger {
namespace {

// The groups' own JWKs carry a kid, and a key of ours has no further member: build it from the
// octets.
TEST(Wycheproof, Ed25519Verdicts) {
  vectors::run_wycheproof("wycheproof_ed25519.json", [](const boost::json::object& group) {
    return PublicKey::from_ed25519(
        *hex_decode(vectors::text(group.at("publicKey").as_object(), "pk")));
  });
}

TEST(Wycheproof, P256Verdicts) {
  vectors::run_wycheproof("wycheproof_p256_p1363.json", [](const boost::json::object& group) {
    const std::string point =
        *hex_decode(vectors::text(group.at("publicKey").as_object(), "uncompressed"));
    return PublicKey::from_jwk(R"({"crv":"P-256","kty":"EC","x":")" +
                               base64url_encode(point.substr(1, 32)) + R"(","y":")" +
                               base64url_encode(point.substr(33)) + "\"}");
  });
}

}  // namespace
}  // namespace nguon::ledger
