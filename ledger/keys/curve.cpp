#include "ledger/keys/curve.hpp"

#include "ledger/keys/openssl.hpp"

#include <algorithm>

namespace nguon::ledger {
namespace {

/// Arithmetic in the field of 2^255 − 19, slow and plain: it runs once per key read.
class Field {
 public:
  Field() {
    must(context_ && BN_set_bit(p_.get(), 255) == 1 && BN_sub_word(p_.get(), 19) == 1, "field");
  }
  BigNumber number(unsigned long value) const {
    BigNumber result(BN_new());
    must(result && BN_set_word(result.get(), value) == 1, "number");
    return result;
  }
  BigNumber add(const BigNumber& a, const BigNumber& b) const { return with(BN_mod_add, a, b); }
  BigNumber sub(const BigNumber& a, const BigNumber& b) const { return with(BN_mod_sub, a, b); }
  BigNumber mul(const BigNumber& a, const BigNumber& b) const { return with(BN_mod_mul, a, b); }
  BigNumber inverse(const BigNumber& a) const {
    BigNumber result(BN_mod_inverse(nullptr, a.get(), p_.get(), context_.get()));
    must(result != nullptr, "inverse");
    return result;
  }
  bool is_square(const BigNumber& a) const {
    return BN_kronecker(a.get(), p_.get(), context_.get()) >= 0;  // zero is the square of zero
  }
  bool contains(const BigNumber& a) const { return BN_cmp(a.get(), p_.get()) < 0; }

 private:
  template <class Operation>
  BigNumber with(Operation operation, const BigNumber& a, const BigNumber& b) const {
    BigNumber result(BN_new());
    must(result && operation(result.get(), a.get(), b.get(), p_.get(), context_.get()) == 1,
         "field");
    return result;
  }

  BigNumberContext context_{BN_CTX_new()};
  BigNumber p_{BN_new()};
};

}  // namespace

std::optional<std::string> p256_point(std::string_view scalar) {
  const EcGroup group(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
  must(group != nullptr, "P-256 is not available");
  const BigNumber d(BN_bin2bn(octets_of(scalar), static_cast<int>(scalar.size()), nullptr));
  must(d != nullptr, "scalar");
  if (BN_is_zero(d.get()) || BN_cmp(d.get(), EC_GROUP_get0_order(group.get())) >= 0) {
    return std::nullopt;
  }
  BN_set_flags(d.get(), BN_FLG_CONSTTIME);
  const EcPoint point(EC_POINT_new(group.get()));
  const BigNumberContext context(BN_CTX_new());
  std::string octets(65, '\0');
  must(point &&
           EC_POINT_mul(group.get(), point.get(), d.get(), nullptr, nullptr, context.get()) == 1 &&
           EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED,
                              reinterpret_cast<unsigned char*>(octets.data()), octets.size(),
                              context.get()) == octets.size(),
       "P-256 point");
  return octets;
}

bool is_sound_ed25519_point(std::string_view octets) {
  if (octets.size() != 32) return false;
  std::string encoded(octets);
  encoded[31] = static_cast<char>(encoded[31] & 0x7f);  // the sign of x
  const Field field;
  const BigNumber y(BN_lebin2bn(octets_of(encoded), 32, nullptr));
  if (!field.contains(y)) return false;

  // −x² + y² = 1 + d·x²·y², d = −121665/121666: x² = (y² − 1)/(d·y² + 1) must be a square.
  const BigNumber one = field.number(1);
  const BigNumber d = field.mul(field.sub(field.number(0), field.number(121665)),
                                field.inverse(field.number(121666)));
  const BigNumber y2 = field.mul(y, y);
  const BigNumber u = field.sub(y2, one);
  const BigNumber dy2 = field.mul(d, y2);
  if (!field.is_square(field.mul(u, field.add(dy2, one)))) return false;

  // Order 1 or 2: y = ±1. Order 4: y = 0. Order 8: the double has y = 0, so x² = −y², which put
  // into the curve's equation gives d·y⁴ + 2·y² − 1 = 0.
  if (BN_is_zero(u.get()) || BN_is_zero(y.get())) return false;
  const BigNumber eighth = field.sub(field.add(field.mul(dy2, y2), field.add(y2, y2)), one);
  return !BN_is_zero(eighth.get());
}

}  // namespace nguon::ledger
