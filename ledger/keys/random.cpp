#include "ledger/keys/key.hpp"

#include <openssl/crypto.h>
#include <sys/random.h>

#include <cerrno>
#include <system_error>

namespace nguon::ledger {

std::string random_bytes(std::size_t count) {
  std::string octets(count, '\0');
  for (std::size_t have = 0; have < count;) {
    const ssize_t got = getrandom(octets.data() + have, count - have, 0);
    if (got < 0 && errno != EINTR)
      throw std::system_error(errno, std::generic_category(), "getrandom");
    if (got > 0) have += static_cast<std::size_t>(got);
  }
  return octets;
}

void wipe(std::string& secret) {
  OPENSSL_cleanse(secret.data(), secret.size());
  secret.clear();
}

}  // namespace nguon::ledger
