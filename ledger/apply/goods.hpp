#pragma once

#include "ledger/apply/records_goods.hpp"
#include "ledger/apply/rules.hpp"

namespace nguon::ledger {

/// What every entry that credits a batch says: product, site, date, quantity. References must exist
/// (`subject.unknown`); a retired site or product is only flagged, for late work is honest work.
struct Credit {
  std::string product;
  std::optional<std::string> site;
  std::string on;
  Quantity qty;
};
Result<Credit> read_credit(Work& work);

/// A batch that this credit starts, in the hands of the maker's organisation.
BatchRecord start_batch(const Work& work, std::string kind, const Credit& credit);

/// Adds a credit to a batch. Errors: `quantity.dimension`, `quantity.overflow`.
Result<void> credit_batch(BatchRecord& batch, const Credit& credit);

/// Debits every input of `from` and returns their subjects, each once. An input may be overdrawn or
/// recalled: accepted, with `flag.overdraw` or `flag.input-recalled`.
/// Errors: `from.kind`, `from.self`, `quantity.*`.
Result<std::vector<std::string>> debit_inputs(Work& work);

}  // namespace nguon::ledger
