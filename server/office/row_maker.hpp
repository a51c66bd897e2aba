#pragma once

#include "ledger/log/ledger.hpp"
#include "schemas/bundle.hpp"
#include "server/office/row.hpp"

#include <string>
#include <vector>

namespace nguon::server {

/// A row before its organisations have numbers.
struct MadeRow {
  Row row;
  std::string org, owner, maker;  ///< Subjects; the last two empty without secrets.
  std::string parent;             ///< Of an organisation: the one above it, or empty.
};

/// The rows of one subject as the log has it now: public members from the state and the newest
/// entry that states the whole record, private ones as far as the vault still holds them. Empty for
/// subjects that no list shows. Errors: `store.*`.
ledger::Result<std::vector<MadeRow>> make_rows(const ledger::Ledger& ledger,
                                               const schemas::Bundle& bundle,
                                               const std::string& sub);

}  // namespace nguon::server
