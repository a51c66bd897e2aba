#include "server/enrol/enrol_desk.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/apply/records_core.hpp"
#include "ledger/base/json.hpp"
#include "ledger/entry/jws.hpp"
#include "schemas/bundle.hpp"

#include <algorithm>

namespace nguon::server {
namespace {

using ledger::Errc;
using ledger::Error;
using ledger::invalid;
using ledger::Result;

constexpr std::size_t max_open_of_one = 500;  // A whole co-op on its enrolment day.
constexpr std::size_t max_open = 20'000;
constexpr int max_offers = 10;

Error unknown() { return {Errc::not_found, "enrol.unknown", {}, {}}; }

Result<std::optional<ledger::KeyRecord>> key_record(const ledger::Ledger& ledger,
                                                    const std::string& kid) {
  NGUON_TRY(const auto stored, ledger.state(ledger::state_key::key(kid)));
  if (!stored) return std::optional<ledger::KeyRecord>();
  NGUON_TRY(auto record, ledger::decode<ledger::KeyRecord>(*stored));
  return std::optional(std::move(record));
}

/// Whether one of these roles has a row for `key.add` that reaches the organisation.
bool may_enrol(const schemas::Bundle& rules, const ledger::KeyRecord& signer,
               const std::string& org) {
  return std::any_of(signer.roles.begin(), signer.roles.end(), [&](const auto& role) {
    const auto relation = rules.roles().relation("key.add", role);
    return relation == schemas::Relation::any ||
           (relation == schemas::Relation::own_org && signer.org == org);
  });
}

/// The same checks as the log's on `key.add`, so that a phone hears at once what is wrong.
Result<void> check_proof(std::string_view proof, const ledger::PublicKey& key,
                         const std::string& aud, const Invitation& invitation) {
  const auto wrong = [](std::string detail) {
    return invalid("key.proof", "/proof", std::move(detail));
  };
  const auto jws = ledger::parse_jws(proof, ledger::enrolment_typ);
  if (!jws) return wrong(jws.error().rule);
  if (jws->kid != key.kid() || !ledger::verify_jws(*jws, key)) {
    return wrong("not signed by the offered key");
  }
  const auto payload = ledger::parse_json(jws->payload);
  const boost::json::object wanted{{"aud", aud},
                                   {"person", invitation.person},
                                   {"org", invitation.org},
                                   {"code", invitation.code}};
  if (!payload || !payload->is_object() || payload->get_object() != wanted) {
    return wrong("made for another invitation");
  }
  return {};
}

}  // namespace

EnrolDesk::EnrolDesk(const ledger::Ledger& ledger, const ledger::Clock& clock)
    : ledger_(ledger), clock_(clock) {}

void EnrolDesk::forget_old(std::int64_t now_s) {
  std::erase_if(by_code_,
                [now_s](const auto& one) { return one.second.enrolment.invitation.until < now_s; });
}

Result<void> EnrolDesk::check_signer(std::string_view jws, const Invitation& invitation) const {
  const Error refused{Errc::forbidden, "enrol.signer", "/kid", {}};
  NGUON_TRY(const auto signer, key_record(ledger_, invitation.kid));
  if (!signer || signer->revoked) return refused;
  NGUON_TRY(const auto key, ledger::PublicKey::from_jwk(signer->jwk));
  NGUON_TRY(const auto parsed, ledger::parse_jws(jws, invitation_typ));
  NGUON_CHECK(ledger::verify_jws(parsed, key));
  if (!may_enrol(schemas::Bundle::built_in(), *signer, invitation.org)) return refused;
  return {};
}

Result<Enrolment> EnrolDesk::invite(std::string_view jws) {
  NGUON_TRY(auto invitation, read_invitation(jws, ledger_.deployment_id()));
  const std::int64_t now_s = clock_.now_ms() / 1000;
  if (invitation.until <= now_s || invitation.until > now_s + longest_invitation_s) {
    return invalid("enrol.until", "/until", "within the next 24 hours");
  }
  NGUON_CHECK(check_signer(jws, invitation));
  const std::scoped_lock lock(mutex_);
  forget_old(now_s);
  if (const auto known = by_code_.find(invitation.code); known != by_code_.end()) {
    if (known->second.enrolment.invitation.id == invitation.id) return told(known->second);
    return Error{Errc::conflict, "enrol.code-taken", "/code", {}};
  }
  const auto of_signer = std::count_if(by_code_.begin(), by_code_.end(), [&](const auto& one) {
    return one.second.enrolment.invitation.kid == invitation.kid;
  });
  // Of one signer first: nobody can use up what others need.
  if (static_cast<std::size_t>(of_signer) >= max_open_of_one || by_code_.size() >= max_open) {
    return Error{Errc::too_busy, "enrol.full", {}, {}};
  }
  std::string code = invitation.code;
  auto& kept = by_code_[std::move(code)];
  kept.enrolment.invitation = std::move(invitation);
  return kept.enrolment;
}

Result<Enrolment> EnrolDesk::told(Kept& kept) {
  Enrolment& enrolment = kept.enrolment;
  if (enrolment.offer && !enrolment.done) {
    NGUON_TRY(const auto logged, key_record(ledger_, enrolment.offer->kid));
    enrolment.done = logged && logged->person == enrolment.invitation.person;
  }
  return enrolment;
}

Result<Enrolment> EnrolDesk::by_code(std::string_view code) {
  const std::scoped_lock lock(mutex_);
  forget_old(clock_.now_ms() / 1000);
  const auto found = by_code_.find(code);
  if (found == by_code_.end()) return unknown();
  return told(found->second);
}

EnrolDesk::Table::iterator EnrolDesk::find_id(std::string_view id) {
  return std::find_if(by_code_.begin(), by_code_.end(),
                      [id](const auto& one) { return one.second.enrolment.invitation.id == id; });
}

Result<Enrolment> EnrolDesk::by_id(std::string_view id) {
  const std::scoped_lock lock(mutex_);
  forget_old(clock_.now_ms() / 1000);
  const auto found = find_id(id);
  if (found == by_code_.end()) return unknown();
  return told(found->second);
}

Result<Enrolment> EnrolDesk::offer(std::string_view code, const std::string& jwk,
                                   std::string_view proof) {
  NGUON_TRY(const auto key, ledger::PublicKey::from_jwk(jwk));
  NGUON_TRY(const auto bound, key_record(ledger_, key.kid()));
  const std::scoped_lock lock(mutex_);
  forget_old(clock_.now_ms() / 1000);
  const auto found = by_code_.find(code);
  if (found == by_code_.end()) return unknown();
  Kept& kept = found->second;
  NGUON_CHECK(told(kept));
  if (bound) {
    // The same phone asking again after it was confirmed is told so.
    if (kept.enrolment.done && kept.enrolment.offer->kid == key.kid()) return kept.enrolment;
    return Error{Errc::conflict, "key.bound", "/jwk", {}};
  }
  if (kept.enrolment.done) return unknown();
  NGUON_CHECK(check_proof(proof, key, ledger_.deployment_id(), kept.enrolment.invitation));
  if (kept.enrolment.offer && kept.enrolment.offer->kid == key.kid()) return kept.enrolment;
  if (kept.offers == max_offers) return Error{Errc::forbidden, "enrol.offers", {}, {}};
  ++kept.offers;
  kept.enrolment.offer = OfferedKey{key.jwk(), std::string(proof), key.kid()};
  return kept.enrolment;
}

Result<void> EnrolDesk::withdraw(std::string_view id) {
  const std::scoped_lock lock(mutex_);
  const auto found = find_id(id);
  if (found == by_code_.end()) return unknown();
  by_code_.erase(found);
  return {};
}

}  // namespace nguon::server
