#pragma once

#include "ledger/apply/records_goods.hpp"
#include "ledger/apply/records_labels.hpp"
#include "ledger/base/result.hpp"
#include "schemas/bundle.hpp"

#include <cstdint>
#include <string>

// The arithmetic of labels with every number of it: what a refusal says is what the office reads.
namespace nguon::ledger {

struct BothLanguages {
  std::string vi, en;
};

/// How many labels the goods of a batch allow: floor(net · 102 / (pack · 100)) in integers (DESIGN
/// §6), and what was approved beyond. The batch has a pack size. Errors: `quantity.overflow`.
struct LabelAllowance {
  std::int64_t by_goods = 0;
  std::int64_t allowed = 0;  ///< With what was approved.
  BothLanguages text;
};
Result<LabelAllowance> allowance_of(const schemas::Bundle& bundle, const BatchRecord& batch);

/// The balance as a sum.
BothLanguages text_of(const LabelBalance& balance);

}  // namespace nguon::ledger
