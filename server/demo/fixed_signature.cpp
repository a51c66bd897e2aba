#include "server/demo/fixed_signature.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/keys/openssl.hpp"
#include "ledger/keys/sha256.hpp"

#include <openssl/obj_mac.h>

namespace nguon::server {
namespace {

constexpr int number_octets = 32;

using ledger::BigNumber;
using ledger::must;

constexpr const char* what = "a fixed ECDSA signature";

BigNumber number(const ledger::Hash& hash) {
  return BigNumber(BN_bin2bn(hash.bytes.data(), static_cast<int>(hash.bytes.size()), nullptr));
}

std::string octets(const BIGNUM* value) {
  std::string text(number_octets, '\0');
  must(BN_bn2binpad(value, reinterpret_cast<unsigned char*>(text.data()), number_octets) ==
           number_octets,
       what);
  return text;
}

// ECDSA as in FIPS 186-5 §6.4.1, step by step, with k of our own.
std::string sign(std::string_view text, std::string_view seed) {
  const ledger::EcGroup group(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
  const ledger::BigNumberContext context(BN_CTX_new());
  const BIGNUM* order = EC_GROUP_get0_order(group.get());
  const BigNumber secret = number(ledger::sha256(seed, std::string_view("\0", 1)));
  const BigNumber digest = number(ledger::sha256(text));
  const BigNumber nonce = number(ledger::sha256("nonce", seed, text));
  const ledger::EcPoint point(EC_POINT_new(group.get()));
  const BigNumber r(BN_new());
  const BigNumber s(BN_new());
  must(BN_nnmod(nonce.get(), nonce.get(), order, context.get()) == 1, what);
  must(EC_POINT_mul(group.get(), point.get(), nonce.get(), nullptr, nullptr, context.get()) == 1,
       what);
  must(EC_POINT_get_affine_coordinates(group.get(), point.get(), r.get(), nullptr, context.get()) ==
           1,
       what);
  must(BN_nnmod(r.get(), r.get(), order, context.get()) == 1, what);
  must(BN_mod_mul(s.get(), r.get(), secret.get(), order, context.get()) == 1, what);
  must(BN_mod_add(s.get(), s.get(), digest.get(), order, context.get()) == 1, what);
  must(BN_mod_inverse(nonce.get(), nonce.get(), order, context.get()) != nullptr, what);
  must(BN_mod_mul(s.get(), s.get(), nonce.get(), order, context.get()) == 1, what);
  return octets(r.get()) + octets(s.get());
}

}  // namespace

std::string with_fixed_signature(const std::string& jws, std::string_view seed) {
  const std::string text = jws.substr(0, jws.rfind('.'));
  return text + '.' + ledger::base64url_encode(sign(text, seed));
}

}  // namespace nguon::server
