#include "server/desk/serial_root.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/keys/sha256.hpp"
#include "ledger/log/merkle.hpp"

namespace nguon::server {

std::string serial_salt(const labels::SerialKey& key, std::string_view serial) {
  const std::string_view octets(reinterpret_cast<const char*>(key.octets.data()),
                                key.octets.size());
  const ledger::Hash mac =
      ledger::hmac_sha256(octets, std::string("nguon serial salt").append(serial));
  return std::string(mac.view().substr(0, 16));
}

labels::Result<std::string> serial_root(const labels::SerialCodec& codec,
                                        const labels::SerialKey& key, labels::SerialPlace first,
                                        std::uint32_t count) {
  ledger::CompactRange range;
  for (std::uint32_t index = 0; index < count; ++index) {
    first.index = index;
    const auto serial = codec.encode(first);
    if (!serial) return serial.error();
    range.append(ledger::leaf_hash(ledger::sha256(serial_salt(key, *serial), *serial).view()));
  }
  return ledger::base64url_encode(range.root());
}

}  // namespace nguon::server
