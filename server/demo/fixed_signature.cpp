#include "server/demo/fixed_signature.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/keys/sha256.hpp"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/obj_mac.h>

#include <memory>
#include <stdexcept>

namespace nguon::server {
namespace {

constexpr int number_octets = 32;

template <auto function>
struct Free {
  template <class T>
  void operator()(T* object) const {
    function(object);
  }
};
using Number = std::unique_ptr<BIGNUM, Free<BN_free>>;
using Group = std::unique_ptr<EC_GROUP, Free<EC_GROUP_free>>;
using Point = std::unique_ptr<EC_POINT, Free<EC_POINT_free>>;
using Context = std::unique_ptr<BN_CTX, Free<BN_CTX_free>>;

void must(bool done) {
  if (!done) throw std::runtime_error("OpenSSL failed");
}

Number number(const ledger::Hash& hash) {
  return Number(BN_bin2bn(hash.bytes.data(), static_cast<int>(hash.bytes.size()), nullptr));
}

std::string octets(const BIGNUM* value) {
  std::string text(number_octets, '\0');
  must(BN_bn2binpad(value, reinterpret_cast<unsigned char*>(text.data()), number_octets) ==
       number_octets);
  return text;
}

// ECDSA as in FIPS 186-5 §6.4.1, step by step, with k of our own.
std::string sign(std::string_view text, std::string_view seed) {
  const Group group(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
  const Context context(BN_CTX_new());
  const BIGNUM* order = EC_GROUP_get0_order(group.get());
  const Number secret = number(ledger::sha256(seed, std::string_view("\0", 1)));
  const Number digest = number(ledger::sha256(text));
  const Number nonce = number(ledger::sha256("nonce", seed, text));
  const Point point(EC_POINT_new(group.get()));
  const Number r(BN_new());
  const Number s(BN_new());
  must(BN_nnmod(nonce.get(), nonce.get(), order, context.get()) == 1);
  must(EC_POINT_mul(group.get(), point.get(), nonce.get(), nullptr, nullptr, context.get()) == 1);
  must(EC_POINT_get_affine_coordinates(group.get(), point.get(), r.get(), nullptr, context.get()) ==
       1);
  must(BN_nnmod(r.get(), r.get(), order, context.get()) == 1);
  must(BN_mod_mul(s.get(), r.get(), secret.get(), order, context.get()) == 1);
  must(BN_mod_add(s.get(), s.get(), digest.get(), order, context.get()) == 1);
  must(BN_mod_inverse(nonce.get(), nonce.get(), order, context.get()) != nullptr);
  must(BN_mod_mul(s.get(), s.get(), nonce.get(), order, context.get()) == 1);
  return octets(r.get()) + octets(s.get());
}

}  // namespace

std::string with_fixed_signature(const std::string& jws, std::string_view seed) {
  const std::string text = jws.substr(0, jws.rfind('.'));
  return text + '.' + ledger::base64url_encode(sign(text, seed));
}

}  // namespace nguon::server
