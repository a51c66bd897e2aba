#include "server/session/signer.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/apply/records_core.hpp"
#include "ledger/apply/records_master.hpp"
#include "schemas/calendar.hpp"

#include <utility>

namespace nguon::server {
namespace {

using ledger::Errc;
using ledger::Error;
using ledger::Result;

Result<std::optional<ledger::KeyRecord>> living_record(const ledger::Ledger& ledger,
                                                       const std::string& kid) {
  NGUON_TRY(const auto stored, ledger.state(ledger::state_key::key(kid)));
  if (!stored) return std::optional<ledger::KeyRecord>();
  NGUON_TRY(auto record, ledger::decode<ledger::KeyRecord>(*stored));
  if (record.revoked || record.person.empty()) return std::optional<ledger::KeyRecord>();
  return std::optional(std::move(record));
}

Viewer viewer_of(const std::string& kid, ledger::KeyRecord record) {
  return {kid, std::move(record.person), std::move(record.org), std::move(record.roles)};
}

}  // namespace

Result<std::optional<Viewer>> living_key(const ledger::Ledger& ledger, const std::string& kid) {
  NGUON_TRY(auto record, living_record(ledger, kid));
  if (!record) return std::optional<Viewer>();
  return std::optional(viewer_of(kid, std::move(*record)));
}

Result<std::optional<Viewer>> may_read_by_passkey(const ledger::Ledger& ledger,
                                                  const std::string& kid, std::int64_t now_ms) {
  const std::optional<Viewer> nobody;
  NGUON_TRY(auto reader, living_key(ledger, kid));
  if (!reader) return nobody;
  NGUON_TRY(const auto org, ledger.state(ledger::state_key::subject(reader->org)));
  if (!org) return nobody;
  NGUON_TRY(const auto standing, ledger::decode<ledger::OrgRecord>(*org));
  if (standing.status != "active") return nobody;
  NGUON_TRY(const auto person, ledger.state(ledger::state_key::subject(reader->person)));
  if (!person) return nobody;
  NGUON_TRY(const auto self, ledger::decode<ledger::PersonRecord>(*person));
  const auto date = schemas::date_in_vietnam(now_ms);
  const std::string today = date ? schemas::print_date(*date) : std::string();
  bool belonged = false;
  bool belongs = false;  // Who left may have come back.
  for (const auto& membership : self.memberships) {
    if (membership.org != reader->org) continue;
    belonged = true;
    belongs = belongs || !membership.left || *membership.left >= today;
  }
  if (self.erased || (belonged && !belongs)) return nobody;
  return reader;
}

Result<Viewer> signer_of(const ledger::Ledger& ledger, const ledger::Jws& jws, const char* rule) {
  NGUON_TRY(auto record, living_record(ledger, jws.kid));
  if (!record) return Error{Errc::forbidden, rule, "/kid", {}};
  NGUON_TRY(const auto key, ledger::PublicKey::from_jwk(record->jwk));
  NGUON_CHECK(ledger::verify_jws(jws, key));
  return viewer_of(jws.kid, std::move(*record));
}

}  // namespace nguon::server
