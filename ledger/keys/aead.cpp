#include "ledger/keys/aead.hpp"

#include "ledger/keys/key.hpp"
#include "ledger/keys/openssl.hpp"

namespace nguon::ledger {
namespace {

constexpr std::size_t key_size = 32;
constexpr std::size_t nonce_size = 12;
constexpr std::size_t tag_size = 16;
static_assert(seal_overhead == nonce_size + tag_size);

const EVP_CIPHER* cipher() {
  static const EVP_CIPHER* const fetched = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
  must(fetched != nullptr, "AES-256-GCM is not available");
  return fetched;
}

unsigned char* writable(std::string& octets) {
  return reinterpret_cast<unsigned char*>(octets.data());
}

}  // namespace

std::string seal(std::string_view key, std::string_view plain, std::string_view context) {
  must(key.size() == key_size, "seal: the key is not 32 octets");
  const std::string nonce = random_bytes(nonce_size);
  const EvpCipherContext gcm(EVP_CIPHER_CTX_new());
  int written = 0;
  must(EVP_EncryptInit_ex2(gcm.get(), cipher(), octets_of(key), octets_of(nonce), nullptr) == 1 &&
           EVP_EncryptUpdate(gcm.get(), nullptr, &written, octets_of(context),
                             static_cast<int>(context.size())) == 1,
       "AES-256-GCM init");
  std::string body(plain.size(), '\0');
  std::string tag(tag_size, '\0');
  // An update of no octets would be read as the end of the stream by some providers.
  must(plain.empty() || EVP_EncryptUpdate(gcm.get(), writable(body), &written, octets_of(plain),
                                          static_cast<int>(plain.size())) == 1,
       "AES-256-GCM");
  must(EVP_EncryptFinal_ex(gcm.get(), writable(tag), &written) == 1 &&
           EVP_CIPHER_CTX_ctrl(gcm.get(), EVP_CTRL_AEAD_GET_TAG, tag_size, tag.data()) == 1,
       "AES-256-GCM tag");
  return nonce + body + tag;
}

Result<std::string> open_sealed(std::string_view key, std::string_view box,
                                std::string_view context) {
  must(key.size() == key_size, "open_sealed: the key is not 32 octets");
  const Error broken{Errc::corrupt, "private.sealed", {}, {}};
  if (box.size() < seal_overhead) return broken;
  const std::string_view nonce = box.substr(0, nonce_size);
  const std::string_view body = box.substr(nonce_size, box.size() - seal_overhead);
  std::string tag(box.substr(box.size() - tag_size));
  const EvpCipherContext gcm(EVP_CIPHER_CTX_new());
  int written = 0;
  must(EVP_DecryptInit_ex2(gcm.get(), cipher(), octets_of(key), octets_of(nonce), nullptr) == 1 &&
           EVP_DecryptUpdate(gcm.get(), nullptr, &written, octets_of(context),
                             static_cast<int>(context.size())) == 1 &&
           EVP_CIPHER_CTX_ctrl(gcm.get(), EVP_CTRL_AEAD_SET_TAG, tag_size, tag.data()) == 1,
       "AES-256-GCM init");
  std::string plain(body.size(), '\0');
  const bool genuine =
      (body.empty() || EVP_DecryptUpdate(gcm.get(), writable(plain), &written, octets_of(body),
                                         static_cast<int>(body.size())) == 1) &&
      EVP_DecryptFinal_ex(gcm.get(), writable(tag), &written) == 1;
  if (!genuine) {
    wipe(plain);  // what an unauthenticated box decrypts to is nobody's business
    return broken;
  }
  return plain;
}

}  // namespace nguon::ledger
