#pragma once

#include <string>
#include <string_view>

namespace nguon::ledger {

/// What went wrong, free of any protocol. server/api/problem.cpp holds the only map to HTTP statuses.
enum class Errc {
  invalid,      ///< Bytes that break a grammar, a limit or a rule. 400, or 422 once validly signed.
  forbidden,    ///< A valid signature by someone who may not say this. 422 (signed refusal).
  not_found,    ///< Nothing by that name. 404.
  not_yet,      ///< Names an enrolment or subject this log does not know yet: try again later. 425.
  stale,        ///< A strict subject has moved on: `prev` is not its head. 409, with the head.
  conflict,     ///< Same (kid, jti), another entry id. 409.
  too_large,    ///< Over a stated limit. 413.
  too_busy,     ///< Queue full or below the free-space reserve: nothing was written. 503 + Retry-After.
  corrupt,      ///< Stored bytes fail a checksum, hash or signature. 500; the process stops signing.
  unavailable,  ///< Storage failed or its outcome is unknown. 503; the process stops signing.
};

/// One failure. Values, never identities: `detail` must hold no personal data and no secret.
struct Error {
  Errc code = Errc::invalid;
  /// Stable dotted id of the rule that failed (`entry.aud`), a key of schemas/problems.json.
  std::string rule;
  /// JSON Pointer to the offending member, empty when the whole is meant.
  std::string field;
  /// English, for developers: the expected and the found value where that helps.
  std::string detail;

  bool operator==(const Error&) const = default;
};

inline Error invalid(std::string rule, std::string field = {}, std::string detail = {}) {
  return {Errc::invalid, std::move(rule), std::move(field), std::move(detail)};
}

}  // namespace nguon::ledger
