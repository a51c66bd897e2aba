#pragma once

#include "ledger/apply/label_book.hpp"
#include "ledger/apply/records_goods.hpp"
#include "ledger/apply/records_labels.hpp"
#include "ledger/apply/rules.hpp"

#include <cstdint>
#include <string>

// What the rules of labels share.
namespace nguon::ledger {

/// Labels first..last of the entry's range.
struct LabelSpan {
  std::int64_t first = 0;
  std::int64_t last = 0;
  std::int64_t size() const { return last - first + 1; }
};

/// The range that the entry is about, and what else is known of it.
struct OwnRange {
  RangeRecord record;
  LabelPart part;
};
Result<OwnRange> own_range(Work& work);
void put_part(Work& work, const LabelPart& part);

/// `first` and `last` of the data, within the range and on offer to nobody. Errors:
/// `label.interval`, `label.offered`.
Result<LabelSpan> read_span(Work& work, const OwnRange& range);

/// How the labels stand, when all stand alike. Errors: `label.mixed`, which says up to where.
Result<LabelPiece> standing(Work& work, const LabelSpan& span);

/// Why labels of this state cannot move: `label.printed`, `.used`, `.lost`, `.void`, `.returned`,
/// `.given`.
Error stuck(LabelState state);

Result<LabelAccount> account_of(Work& work, const std::string& batch);
void put_account(Work& work, const std::string& batch, const LabelAccount& account);

/// A request that nobody used yet, by its entry's id. Errors: `entry.unknown`, `label.request`,
/// `label.request-used`.
struct LabelRequest {
  std::string sub;
  RequestRecord record;
};
Result<LabelRequest> unused_request(Work& work, const std::string& id, const std::string& field);
void use_request(Work& work, LabelRequest& request);

/// The batch that `data.batch` names, for labels of it: in the maker's hands and not closed, its
/// pack size settled and the approval in `data.approval` counted in. Not written yet.
struct LabelledBatch {
  std::string sub;
  BatchRecord record;
  LabelAccount account;
};
Result<LabelledBatch> labelled_batch(Work& work);

/// Refuses `more` labels beyond what the goods allow: floor(net · 102 / (pack · 100)) and what was
/// approved, `waiting` printed ones and those on goods already counted. The detail holds every
/// number of it.
Result<void> check_allowance(const Work& work, const BatchRecord& batch, std::int64_t waiting,
                             std::int64_t more);

}  // namespace nguon::ledger
