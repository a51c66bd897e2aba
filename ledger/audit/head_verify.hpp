#pragma once

#include "ledger/audit/bundle.hpp"
#include "ledger/log/head_statement.hpp"

#include <string_view>

namespace nguon::ledger {

/// Holds a head statement (FORMAT.md "Subject heads") against a bundle that verify_bundle() found
/// good, `report` being what it found: a service key of the log in force at its size signed it, it
/// speaks of that log, deployment and subject, and the subject's entries here are exactly those it
/// counts, so that nothing was left out of the file and nothing kept back by the statement. Errors:
/// `jws.*`, `json.*`, `head.claims`, `verify.service-key`; `verify.head`, whose detail says what
/// does not agree.
Result<HeadClaims> verify_head(std::string_view statement, const BundleReport& report);

/// For people, to follow report_text(). Ends with LF.
std::string head_text(const HeadClaims& claims);

}  // namespace nguon::ledger
