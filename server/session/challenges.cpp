#include "server/session/challenges.hpp"

#include "ledger/keys/key.hpp"
#include "ledger/keys/sha256.hpp"
#include "ledger/store/keys.hpp"

namespace nguon::server {
namespace {

constexpr std::size_t nonce_time_octets = 8;
constexpr std::size_t nonce_random_octets = 16;
constexpr std::size_t nonce_mac_octets = 16;

/// Equal, in a time that does not tell where they part.
bool same_octets(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  int difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) difference |= a[i] ^ b[i];
  return difference == 0;
}

}  // namespace

Challenges::Challenges(const ledger::Clock& clock)
    : clock_(clock), secret_(ledger::random_bytes(32)) {}

std::string Challenges::mac_of(std::string_view purpose, std::string_view body) const {
  // The body's length is fixed, so that nothing of one can be read as part of the other.
  const std::string message = std::string(body) + std::string(purpose);
  return std::string(ledger::hmac_sha256(secret_, message).view().substr(0, nonce_mac_octets));
}

std::string Challenges::make(std::string_view purpose) const {
  const auto now_s = static_cast<std::uint64_t>(clock_.now_ms() / 1000);
  const std::string body =
      ledger::keys::big_endian(now_s) + ledger::random_bytes(nonce_random_octets);
  return body + mac_of(purpose, body);
}

bool Challenges::is_good(std::string_view nonce, std::string_view purpose) const {
  if (nonce.size() != nonce_time_octets + nonce_random_octets + nonce_mac_octets) return false;
  const auto body = nonce.substr(0, nonce_time_octets + nonce_random_octets);
  const std::int64_t now_s = clock_.now_ms() / 1000;
  const auto given =
      static_cast<std::int64_t>(ledger::keys::read_big_endian(body.substr(0, nonce_time_octets)));
  return same_octets(mac_of(purpose, body), nonce.substr(body.size())) && given <= now_s &&
         now_s - given <= good_s;
}

bool Challenges::spend(std::string_view nonce) {
  const std::int64_t now_s = clock_.now_ms() / 1000;
  const std::scoped_lock lock(mutex_);
  std::erase_if(spent_, [now_s](const auto& one) { return one.second < now_s; });
  return spent_.emplace(nonce, now_s + good_s).second;
}

}  // namespace nguon::server
