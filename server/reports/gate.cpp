#include "server/reports/gate.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/keys/key.hpp"
#include "ledger/keys/sha256.hpp"
#include "ledger/store/keys.hpp"
#include "server/signals/coarse.hpp"

#include <utility>
#include <vector>

namespace nguon::server {
namespace {

using ledger::keys::big_endian;

constexpr std::size_t chance_octets = 8;
constexpr std::size_t mac_octets = 16;
constexpr std::size_t body_octets = 8 + chance_octets;

std::string seal_mac(const std::string& secret, std::string_view body, std::string_view label) {
  const std::string message = std::string(body) + std::string(label);
  return std::string(ledger::hmac_sha256(secret, message).view().substr(0, mac_octets));
}

bool equal_in_one_time(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  int difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) difference |= a[i] ^ b[i];
  return difference == 0;
}

}  // namespace

ReportGate::ReportGate(const ledger::Clock& clock, ReportShares shares)
    : clock_(clock), shares_(shares), secret_(ledger::random_bytes(32)) {}

std::string ReportGate::seal(std::string_view label) const {
  const auto now_s = static_cast<std::uint64_t>(clock_.now_ms() / 1000);
  const std::string body = big_endian(now_s) + ledger::random_bytes(chance_octets);
  return ledger::base64url_encode(body + seal_mac(secret_, body, label));
}

ReportGate::Standing ReportGate::check(std::string_view seal, std::string_view label) const {
  constexpr std::size_t longest = 64;
  if (seal.size() > longest) return Standing::stale;
  const auto octets = ledger::base64url_decode(seal);
  if (!octets || octets->size() != body_octets + mac_octets) return Standing::stale;
  const std::string_view body = std::string_view(*octets).substr(0, body_octets);
  const std::string mac = seal_mac(secret_, body, label);
  if (!equal_in_one_time(mac, std::string_view(*octets).substr(body_octets))) {
    return Standing::stale;
  }
  const auto given = static_cast<std::int64_t>(ledger::keys::read_big_endian(body.substr(0, 8)));
  const std::int64_t age = clock_.now_ms() / 1000 - given;
  if (age < 0 || age > latest_s) return Standing::stale;
  return age < soonest_s ? Standing::too_soon : Standing::good;
}

void ReportGate::begin_day() {
  const std::int64_t today = clock_.now_ms() / 86'400'000;
  if (today == day_) return;
  day_ = today;
  salt_ = ledger::random_bytes(32);
  taken_.clear();
}

ledger::Result<void> ReportGate::enter(std::string_view address, std::string_view label) {
  const auto coarse = coarse_network(address);
  const std::scoped_lock lock(mutex_);
  begin_day();
  std::string from = coarse ? (coarse->six ? "6" : "4") + big_endian(coarse->bits) : "?";
  from = std::string(ledger::hmac_sha256(salt_, from).view());
  // Whoever has not reported yet is heard even when many networks together flood us.
  const bool first = !taken_.contains("n" + from);
  struct Share {
    std::string name;
    std::size_t most;
    const char* rule;
  };
  const std::string about(label);
  const std::vector<Share> shares = {{"n" + from, shares_.network, "report.network"},
                                     {"b" + from + about, shares_.network_and_label,
                                      "report.network"},
                                     {"l" + about, shares_.label, "report.label"},
                                     {"a", first ? 10 * shares_.all : shares_.all, "report.full"}};
  for (const Share& share : shares) {
    const auto taken = taken_.find(share.name);
    if (taken != taken_.end() && taken->second >= share.most) {
      return ledger::Error{ledger::Errc::too_busy, share.rule, {}, {}};
    }
  }
  for (const Share& share : shares) ++taken_[share.name];
  return {};
}

}  // namespace nguon::server
