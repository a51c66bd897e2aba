#include "ledger/base/base64url.hpp"
#include "ledger/keys/curve.hpp"
#include "ledger/keys/key.hpp"
#include "ledger/keys/openssl.hpp"
#include "ledger/keys/sha256.hpp"

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/pem.h>

#include <utility>

namespace nguon::ledger {

struct PrivateKey::Impl {
  EvpKey evp;  // OpenSSL clears the secret when it frees the key
  PublicKey public_key;
};

namespace {

using EcdsaSignature = std::unique_ptr<ECDSA_SIG, OpensslDeleter<ECDSA_SIG_free>>;
using Bio = std::unique_ptr<BIO, OpensslDeleter<BIO_free>>;

constexpr std::size_t secret_size = 32;
constexpr std::string_view pem_head = "-----BEGIN PRIVATE KEY-----";

struct KeyPair {
  EvpKey evp;
  PublicKey public_key;
};

KeyPair ed25519_pair(std::string_view seed) {
  EvpKey evp(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, octets_of(seed), seed.size()));
  std::string raw(32, '\0');
  std::size_t size = raw.size();
  must(evp && EVP_PKEY_get_raw_public_key(evp.get(), reinterpret_cast<unsigned char*>(raw.data()),
                                          &size) == 1,
       "Ed25519 is not available");
  return {std::move(evp), *PublicKey::from_ed25519(raw)};
}

/// `point` is p256_point(scalar).
KeyPair p256_pair(std::string_view scalar, std::string point) {
  // OSSL_PARAM carries integers in the machine's own order.
  const BigNumber d(BN_bin2bn(octets_of(scalar), static_cast<int>(scalar.size()), nullptr));
  unsigned char native[secret_size];
  must(d && BN_bn2nativepad(d.get(), native, secret_size) == static_cast<int>(secret_size),
       "scalar");
  char group[] = "P-256";
  OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
      OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()),
      OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_PRIV_KEY, native, secret_size),
      OSSL_PARAM_construct_end()};
  const EvpKeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
  EVP_PKEY* key = nullptr;
  const bool made = context && EVP_PKEY_fromdata_init(context.get()) == 1 &&
                    EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_KEYPAIR, parameters) == 1;
  OPENSSL_cleanse(native, secret_size);
  must(made, "P-256 is not available");
  EvpKey evp(key);
  const std::string jwk = R"({"crv":"P-256","kty":"EC","x":")" +
                          base64url_encode(std::string_view(point).substr(1, 32)) + R"(","y":")" +
                          base64url_encode(std::string_view(point).substr(33)) + "\"}";
  return {std::move(evp), *PublicKey::from_jwk(jwk)};
}

std::string sign_es256(EVP_PKEY* key, std::string_view message) {
  const Hash digest = sha256(message);
  const EvpKeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
  unsigned char der[80];
  std::size_t size = sizeof der;
  must(context && EVP_PKEY_sign_init(context.get()) == 1 &&
           EVP_PKEY_sign(context.get(), der, &size, digest.bytes.data(), digest.bytes.size()) == 1,
       "ECDSA");
  const unsigned char* cursor = der;
  const EcdsaSignature parsed(d2i_ECDSA_SIG(nullptr, &cursor, static_cast<long>(size)));
  std::string signature(64, '\0');
  auto* out = reinterpret_cast<unsigned char*>(signature.data());
  must(parsed && BN_bn2binpad(ECDSA_SIG_get0_r(parsed.get()), out, 32) == 32 &&
           BN_bn2binpad(ECDSA_SIG_get0_s(parsed.get()), out + 32, 32) == 32,
       "ECDSA signature");
  return signature;
}

std::string sign_ed25519(EVP_PKEY* key, std::string_view message) {
  const EvpDigestContext context(EVP_MD_CTX_new());
  std::string signature(64, '\0');
  std::size_t size = signature.size();
  must(context && EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key) == 1 &&
           EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                          octets_of(message), message.size()) == 1,
       "Ed25519");
  return signature;
}

// Without it OpenSSL would ask the terminal for a passphrase.
int no_passphrase(char*, int, int, void*) { return -1; }

}  // namespace

PrivateKey::PrivateKey(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
PrivateKey::PrivateKey(PrivateKey&&) noexcept = default;
PrivateKey& PrivateKey::operator=(PrivateKey&&) noexcept = default;
PrivateKey::~PrivateKey() = default;

PrivateKey PrivateKey::generate(Alg alg) {
  std::string seed = random_bytes(secret_size);
  PrivateKey key = from_seed(alg, seed);
  wipe(seed);
  return key;
}

PrivateKey PrivateKey::from_seed(Alg alg, std::string_view seed) {
  must(seed.size() == secret_size, "from_seed: the seed is not 32 octets");
  const auto holding = [](KeyPair pair) {
    return PrivateKey(
        std::make_unique<Impl>(Impl{std::move(pair.evp), std::move(pair.public_key)}));
  };
  if (alg == Alg::eddsa) return holding(ed25519_pair(seed));
  for (char counter = 0;; ++counter) {  // one in 2^32 seeds needs a second turn
    Hash scalar = sha256(seed, std::string_view(&counter, 1));
    const auto point = p256_point(scalar.view());
    if (!point) continue;
    PrivateKey key = holding(p256_pair(scalar.view(), *point));
    OPENSSL_cleanse(scalar.bytes.data(), scalar.bytes.size());
    return key;
  }
}

Result<PrivateKey> PrivateKey::from_pem(std::string_view pem) {
  const Error broken = invalid("key.pem");
  if (!pem.starts_with(pem_head)) return broken;
  const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  const EvpKey read(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_passphrase, nullptr));
  if (read == nullptr) return broken;
  // Made anew from the secret alone, so that the public half cannot contradict it.
  std::string secret(secret_size, '\0');
  auto* out = reinterpret_cast<unsigned char*>(secret.data());
  std::optional<KeyPair> pair;
  if (EVP_PKEY_is_a(read.get(), "ED25519") == 1) {
    std::size_t size = secret.size();
    if (EVP_PKEY_get_raw_private_key(read.get(), out, &size) != 1) return broken;
    pair = ed25519_pair(secret);
  } else {
    char group[64] = {};
    if (EVP_PKEY_is_a(read.get(), "EC") != 1 ||
        EVP_PKEY_get_group_name(read.get(), group, sizeof group, nullptr) != 1 ||
        std::string_view(group) != "prime256v1") {
      return broken;
    }
    BIGNUM* number = nullptr;
    if (EVP_PKEY_get_bn_param(read.get(), OSSL_PKEY_PARAM_PRIV_KEY, &number) != 1) return broken;
    const BigNumber d(number);
    if (BN_bn2binpad(d.get(), out, static_cast<int>(secret_size)) < 0) return broken;
    const auto point = p256_point(secret);
    if (!point) return broken;
    pair = p256_pair(secret, *point);
  }
  wipe(secret);
  return PrivateKey(
      std::make_unique<Impl>(Impl{std::move(pair->evp), std::move(pair->public_key)}));
}

std::string PrivateKey::to_pem() const {
  const Bio bio(BIO_new(BIO_s_secmem()));
  must(bio && PEM_write_bio_PKCS8PrivateKey(bio.get(), impl_->evp.get(), nullptr, nullptr, 0,
                                            nullptr, nullptr) == 1,
       "PEM");
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

const PublicKey& PrivateKey::public_key() const { return impl_->public_key; }

std::string PrivateKey::sign(std::string_view message) const {
  return public_key().alg() == Alg::es256 ? sign_es256(impl_->evp.get(), message)
                                          : sign_ed25519(impl_->evp.get(), message);
}

}  // namespace nguon::ledger
