#include "server/session/session_desk.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/base/json.hpp"
#include "ledger/entry/jws.hpp"
#include "server/session/signer.hpp"

#include <algorithm>

namespace nguon::server {
namespace {

using ledger::Errc;
using ledger::Error;
using ledger::Result;

constexpr std::size_t max_sessions_of_one = 16;  // Devices and browsers of one key: it has one.
constexpr std::size_t max_sessions = 100'000;
constexpr std::string_view session_purpose = "session";

}  // namespace

SessionDesk::SessionDesk(const ledger::Ledger& ledger, const ledger::Clock& clock)
    : ledger_(ledger), clock_(clock), challenges_(clock) {}

std::string SessionDesk::challenge() const {
  return ledger::base64url_encode(challenges_.make(session_purpose));
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
  if (!nonce || !challenges_.is_good(*nonce, session_purpose)) {
    return Error{Errc::invalid, "session.challenge", "/nonce", {}};
  }
  NGUON_TRY(auto reader, signer_of(ledger_, jws, "session.key"));
  return open(std::move(reader), {});
}

Result<BegunSession> SessionDesk::begin_by_passkey(const std::string& kid,
                                                   const std::string& passkey) {
  NGUON_TRY(auto reader, may_read_by_passkey(ledger_, kid, clock_.now_ms()));
  if (!reader) return Error{Errc::forbidden, "passkey.ended", {}, {}};
  return open(std::move(*reader), passkey);
}

BegunSession SessionDesk::open(Viewer reader, const std::string& passkey) {
  const std::int64_t now_s = clock_.now_ms() / 1000;
  const std::string kid = reader.kid;
  BegunSession begun{ledger::base64url_encode(ledger::random_bytes(32)), std::move(reader),
                     now_s + session_s};
  const std::scoped_lock lock(mutex_);
  std::erase_if(sessions_, [now_s](const auto& one) { return one.second.until <= now_s; });
  // Too many of one key's: its oldest goes. Too many of all: the oldest of all, which is harmless.
  const auto oldest = [&](const std::string* of) {
    auto found = sessions_.end();
    std::size_t count = 0;
    for (auto one = sessions_.begin(); one != sessions_.end(); ++one) {
      if (of != nullptr && one->second.kid != *of) continue;
      ++count;
      if (found == sessions_.end() || one->second.until < found->second.until) found = one;
    }
    return std::pair(found, count);
  };
  if (const auto [one, count] = oldest(&kid); count >= max_sessions_of_one) {
    sessions_.erase(one);
  }
  if (sessions_.size() >= max_sessions) sessions_.erase(oldest(nullptr).first);
  sessions_[begun.token] = {kid, passkey, begun.until};
  return begun;
}

Result<std::optional<Viewer>> SessionDesk::who(std::string_view token) {
  Kept kept;
  {
    const std::scoped_lock lock(mutex_);
    const auto found = sessions_.find(token);
    if (found == sessions_.end()) return std::optional<Viewer>();
    if (found->second.until <= clock_.now_ms() / 1000) {
      sessions_.erase(found);
      return std::optional<Viewer>();
    }
    kept = found->second;
  }
  return kept.passkey.empty() ? living_key(ledger_, kept.kid)
                              : may_read_by_passkey(ledger_, kept.kid, clock_.now_ms());
}

void SessionDesk::end(std::string_view token) {
  const std::scoped_lock lock(mutex_);
  if (const auto found = sessions_.find(token); found != sessions_.end()) sessions_.erase(found);
}

void SessionDesk::end_of_passkey(std::string_view passkey) {
  const std::scoped_lock lock(mutex_);
  std::erase_if(sessions_, [passkey](const auto& one) { return one.second.passkey == passkey; });
}

}  // namespace nguon::server
