#pragma once

#include "server/api/services.hpp"
#include "server/enrol/enrol_desk.hpp"
#include "server/http/router.hpp"

namespace nguon::server {

/// Octets of the longest body below: an offer's JWK and proof.
inline constexpr std::size_t max_enrolment_octets = 8 * 1024;

// Enrolment (ledger/FORMAT.md "Enrolment proof"). Codes and names stand in bodies alone, never in a
// path; answers are not to be kept (Cache-Control: no-store). `desk` and what `services` names
// outlive the handlers. Errors: EnrolDesk's, `enrol.body`, `log.queue-full`.

/// `POST /api/enrolments`, an invitation (application/jwt): 201 {id, code, until}.
DeferredHandler post_invitation(const ApiServices& services, EnrolDesk& desk);
/// `GET /api/enrolments/{id}`, by the office: {until, done, offer?: {jwk, proof, kid}}.
InlineHandler get_enrolment(const ApiServices& services, EnrolDesk& desk);
/// `DELETE /api/enrolments/{id}`, by the office: 204.
InlineHandler delete_enrolment(const ApiServices& services, EnrolDesk& desk);
/// `POST /api/enrolments/open`, by the phone, {code}: who it is to be, and what it may trust: {aud,
/// org, org_name, person, name, roles, until, done, kid?, log, vkey}; kid: the key offered so far.
InlineHandler post_enrolment_open(const ApiServices& services, EnrolDesk& desk);
/// `POST /api/enrolments/offer`, by the phone, {code, jwk, proof}: {kid, done}.
DeferredHandler post_enrolment_offer(const ApiServices& services, EnrolDesk& desk);

}  // namespace nguon::server
