#include "server/session/session_desk.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/apply/records_core.hpp"
#include "ledger/base/base64url.hpp"
#include "ledger/base/json.hpp"
#include "ledger/entry/jws.hpp"
#include "ledger/keys/sha256.hpp"
#include "ledger/store/keys.hpp"

#include <algorithm>

namespace nguon::server {
namespace {

using ledger::Errc;
using ledger::Error;
using ledger::Result;

constexpr std::size_t max_sessions_of_one = 16;  // Devices and browsers of one key: it has one.
constexpr std::size_t max_sessions = 100'000;
constexpr std::size_t random_octets = 16;
constexpr std::size_t mac_octets = 16;

/// Equal, in a time that does not tell where they part.
bool same(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  int difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) difference |= a[i] ^ b[i];
  return difference == 0;
}

}  // namespace

SessionDesk::SessionDesk(const ledger::Ledger& ledger, const ledger::Clock& clock)
    : ledger_(ledger), clock_(clock), secret_(ledger::random_bytes(32)) {}

std::string SessionDesk::mac_of(std::string_view body) const {
  return std::string(ledger::hmac_sha256(secret_, body).view().substr(0, mac_octets));
}

std::string SessionDesk::challenge() const {
  const auto now_s = static_cast<std::uint64_t>(clock_.now_ms() / 1000);
  const std::string body = ledger::keys::big_endian(now_s) + ledger::random_bytes(random_octets);
  return ledger::base64url_encode(body + mac_of(body));
}

Result<BegunSession> SessionDesk::begin(std::string_view text) {
  NGUON_TRY(const auto jws, ledger::parse_jws(text, session_typ));
  NGUON_TRY(const auto payload, ledger::parse_json(jws.payload));
  const auto* said = payload.if_object();
  const auto member = [&](const char* name) -> std::string {
    const auto* value = said == nullptr ? nullptr : said->if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
  };
  if (said == nullptr || said->size() != 2 || member("aud") != ledger_.deployment_id()) {
    return ledger::invalid("session.aud", "/aud", "exactly aud and nonce, for this deployment");
  }
  const auto nonce = ledger::base64url_decode(member("nonce"));
  const Error stale{Errc::invalid, "session.challenge", "/nonce", {}};
  if (!nonce || nonce->size() != 8 + random_octets + mac_octets) return stale;
  const auto body = std::string_view(*nonce).substr(0, 8 + random_octets);
  const std::int64_t now_s = clock_.now_ms() / 1000;
  const auto given = static_cast<std::int64_t>(ledger::keys::read_big_endian(body.substr(0, 8)));
  if (!same(mac_of(body), std::string_view(*nonce).substr(body.size())) || given > now_s ||
      now_s - given > challenge_s) {
    return stale;
  }
  const Error refused{Errc::forbidden, "session.key", "/kid", {}};
  NGUON_TRY(const auto reader, live_reader(jws.kid));
  if (!reader) return refused;
  NGUON_TRY(const auto stored, ledger_.state(ledger::state_key::key(jws.kid)));
  NGUON_TRY(const auto record, ledger::decode<ledger::KeyRecord>(*stored));
  NGUON_TRY(const auto key, ledger::PublicKey::from_jwk(record.jwk));
  NGUON_CHECK(ledger::verify_jws(jws, key));

  BegunSession begun{ledger::base64url_encode(ledger::random_bytes(32)), *reader,
                     now_s + session_s};
  const std::scoped_lock lock(mutex_);
  std::erase_if(sessions_, [now_s](const auto& one) { return one.second.until <= now_s; });
  // Too many of one key's: its oldest goes. Too many of all: the oldest of all, which is harmless.
  const auto oldest = [&](const std::string* kid) {
    auto found = sessions_.end();
    std::size_t count = 0;
    for (auto one = sessions_.begin(); one != sessions_.end(); ++one) {
      if (kid != nullptr && one->second.kid != *kid) continue;
      ++count;
      if (found == sessions_.end() || one->second.until < found->second.until) found = one;
    }
    return std::pair(found, count);
  };
  if (const auto [one, count] = oldest(&jws.kid); count >= max_sessions_of_one) {
    sessions_.erase(one);
  }
  if (sessions_.size() >= max_sessions) sessions_.erase(oldest(nullptr).first);
  sessions_[begun.token] = {jws.kid, begun.until};
  return begun;
}

Result<std::optional<Viewer>> SessionDesk::live_reader(const std::string& kid) const {
  NGUON_TRY(const auto stored, ledger_.state(ledger::state_key::key(kid)));
  if (!stored) return std::optional<Viewer>();
  NGUON_TRY(auto key, ledger::decode<ledger::KeyRecord>(*stored));
  if (key.revoked || key.person.empty()) return std::optional<Viewer>();
  return std::optional(
      Viewer{kid, std::move(key.person), std::move(key.org), std::move(key.roles)});
}

Result<std::optional<Viewer>> SessionDesk::who(std::string_view token) {
  std::string kid;
  {
    const std::scoped_lock lock(mutex_);
    const auto found = sessions_.find(token);
    if (found == sessions_.end()) return std::optional<Viewer>();
    if (found->second.until <= clock_.now_ms() / 1000) {
      sessions_.erase(found);
      return std::optional<Viewer>();
    }
    kid = found->second.kid;
  }
  return live_reader(kid);
}

void SessionDesk::end(std::string_view token) {
  const std::scoped_lock lock(mutex_);
  if (const auto found = sessions_.find(token); found != sessions_.end()) sessions_.erase(found);
}

}  // namespace nguon::server
