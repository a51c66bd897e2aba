#include "ledger/trace/label_standing.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/apply/label_book.hpp"
#include "ledger/apply/typed.hpp"

#include <utility>

namespace nguon::ledger::trace {
namespace {

LabelView::Status status_of(LabelState state) {
  switch (state) {
    case LabelState::printed:
      return LabelView::Status::printed;
    case LabelState::applied:
      return LabelView::Status::applied;
    case LabelState::lost:
      return LabelView::Status::lost;
    case LabelState::voided:
      return LabelView::Status::voided;
    case LabelState::returned:
      return LabelView::Status::returned;
    case LabelState::allocated:
    case LabelState::given:
      break;
  }
  return LabelView::Status::issued;
}

}  // namespace

Result<LabelStanding> label_standing(const Source& source, std::int64_t epoch, std::int64_t number,
                                     std::int64_t index) {
  LabelStanding standing;
  NGUON_TRY(const auto range,
            read_record<PointerRecord>(source, state_key::range_number(epoch, number)));
  if (!range) return standing;
  NGUON_TRY(auto record, read_record<RangeRecord>(source, state_key::subject(range->sub)));
  if (!record || index < 0 || index >= record->count) return standing;
  standing.range = range->sub;
  NGUON_TRY(auto piece, LabelBook(source, standing.range).piece(index, index));
  // Apply bounds how many hands a label goes through.
  while (piece.state == LabelState::given) {
    standing.range = piece.word;
    NGUON_TRY(record, read_record<RangeRecord>(source, state_key::subject(standing.range)));
    if (!record) return Error{Errc::corrupt, "state.record", {}, "a range that was taken"};
    NGUON_TRY(piece, LabelBook(source, standing.range).piece(index, index));
  }
  standing.record = std::move(*record);
  standing.status = status_of(piece.state);
  standing.on_goods = piece.applied;
  standing.batch = std::move(piece.applied_to);
  standing.printed_for = std::move(piece.printed_for);
  if (piece.state > LabelState::applied) standing.word = std::move(piece.word);
  return standing;
}

}  // namespace nguon::ledger::trace
