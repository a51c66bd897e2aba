#include "ledger/keys/sha256.hpp"

#include "ledger/keys/openssl.hpp"

#include <openssl/crypto.h>
#include <openssl/sha.h>

#include <algorithm>
#include <array>

namespace nguon::ledger {
namespace {

// Fetched once and never freed: every thread may hash until the process ends.
const EVP_MD* digest() {
  static const EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  must(fetched != nullptr, "SHA-256 is not available");
  return fetched;
}

}  // namespace

struct Sha256::Context {
  EvpDigestContext evp{EVP_MD_CTX_new()};

  void start() { must(EVP_DigestInit_ex2(evp.get(), digest(), nullptr) == 1, "SHA-256 init"); }
};

Sha256::Sha256() : context_(std::make_unique<Context>()) { context_->start(); }
Sha256::~Sha256() = default;

Sha256& Sha256::update(std::string_view octets) {
  must(EVP_DigestUpdate(context_->evp.get(), octets.data(), octets.size()) == 1, "SHA-256 update");
  return *this;
}

Hash Sha256::finish() {
  Hash hash;
  must(EVP_DigestFinal_ex(context_->evp.get(), hash.bytes.data(), nullptr) == 1, "SHA-256 final");
  context_->start();
  return hash;
}

namespace {

// Millions of short texts are hashed, a Merkle node being 65 octets: setting an EVP context up
// costs as much as hashing one, so these use the functions below EVP, deprecated as they are.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
template <class... Texts>
Hash hash_of(const Texts&... texts) {
  SHA256_CTX context;
  SHA256_Init(&context);
  (SHA256_Update(&context, texts.data(), texts.size()), ...);
  Hash hash;
  SHA256_Final(hash.bytes.data(), &context);
  return hash;
}
#pragma GCC diagnostic pop

}  // namespace

Hash sha256(std::string_view octets) { return hash_of(octets); }

Hash sha256(std::string_view a, std::string_view b) { return hash_of(a, b); }

Hash sha256(std::string_view a, std::string_view b, std::string_view c) { return hash_of(a, b, c); }

// By hand: OpenSSL's one-shot fetches its algorithms anew on every call, and refuses a key without
// octets.
Hash hmac_sha256(std::string_view key, std::string_view message) {
  constexpr std::size_t block_size = 64;
  std::array<char, block_size> pad{};
  if (key.size() <= block_size) {
    std::copy(key.begin(), key.end(), pad.begin());
  } else {
    const Hash short_key = sha256(key);
    std::copy(short_key.view().begin(), short_key.view().end(), pad.begin());
  }
  const std::string_view padded(pad.data(), pad.size());
  const auto flip = [&pad](int mask) {
    for (char& octet : pad) octet = static_cast<char>(octet ^ mask);
  };
  flip(0x36);
  const Hash inner = sha256(padded, message);
  flip(0x36 ^ 0x5c);
  const Hash mac = sha256(padded, inner.view());
  OPENSSL_cleanse(pad.data(), pad.size());
  return mac;
}

}  // namespace nguon::ledger
