#pragma once

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>

#include <memory>
#include <stdexcept>
#include <string_view>

namespace nguon::ledger {

template <auto release>
struct OpensslDeleter {
  template <class T>
  void operator()(T* object) const {
    release(object);
  }
};

using EvpKey = std::unique_ptr<EVP_PKEY, OpensslDeleter<EVP_PKEY_free>>;
using EvpKeyContext = std::unique_ptr<EVP_PKEY_CTX, OpensslDeleter<EVP_PKEY_CTX_free>>;
using EvpDigestContext = std::unique_ptr<EVP_MD_CTX, OpensslDeleter<EVP_MD_CTX_free>>;
using EvpCipherContext = std::unique_ptr<EVP_CIPHER_CTX, OpensslDeleter<EVP_CIPHER_CTX_free>>;
using BigNumber = std::unique_ptr<BIGNUM, OpensslDeleter<BN_clear_free>>;
using BigNumberContext = std::unique_ptr<BN_CTX, OpensslDeleter<BN_CTX_free>>;
using EcGroup = std::unique_ptr<EC_GROUP, OpensslDeleter<EC_GROUP_free>>;
using EcPoint = std::unique_ptr<EC_POINT, OpensslDeleter<EC_POINT_clear_free>>;

/// For calls that fail only when memory or the library itself is broken.
inline void must(bool done, const char* what) {
  if (!done) throw std::runtime_error(what);
}

inline const unsigned char* octets_of(std::string_view octets) {
  return reinterpret_cast<const unsigned char*>(octets.data());
}

}  // namespace nguon::ledger
