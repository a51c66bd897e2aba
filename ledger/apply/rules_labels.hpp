#pragma once

#include "ledger/apply/work.hpp"

// Rules of the account of labels (FORMAT.md "Labels"), as those of rules.hpp.
namespace nguon::ledger {

Result<void> print_labels(Work& work);
Result<void> lose_labels(Work& work);
Result<void> return_labels(Work& work);
Result<void> give_labels(Work& work);
Result<void> take_labels(Work& work);
Result<void> close_batch(Work& work);

}  // namespace nguon::ledger
