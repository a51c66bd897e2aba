#include "server/office/label_pieces.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/apply/records_core.hpp"
#include "ledger/apply/records_goods.hpp"
#include "ledger/apply/records_labels.hpp"
#include "ledger/apply/typed.hpp"
#include "ledger/trace/source.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace nguon::server {

namespace json = boost::json;
using ledger::LabelState;
using ledger::Result;

std::string_view name_of(LabelState state) {
  static constexpr std::array<std::string_view, 7> names{
      "allocated", "printed", "on_goods", "lost", "void", "returned", "given"};
  return names[static_cast<std::size_t>(state)];
}

json::object run_row(std::int64_t first, const ledger::LabelPiece& piece) {
  json::object row{{"first", first}, {"last", piece.until}, {"state", name_of(piece.state)}};
  if (!piece.batch().empty() && piece.state != LabelState::given) row["batch"] = piece.batch();
  return row;
}

Result<json::object> label_pieces(const ledger::Ledger& ledger, const std::string& range,
                                  std::int64_t from) {
  const ledger::trace::LedgerSource source(ledger);
  const ledger::Error unknown{ledger::Errc::not_found, "subject.unknown", {}, {}};
  if (!range.starts_with("range:") || range.find('/') != std::string::npos) return unknown;
  NGUON_TRY(const auto record,
            ledger::read_record<ledger::RangeRecord>(source, ledger::state_key::subject(range)));
  NGUON_TRY(const auto head,
            ledger::read_record<ledger::HeadRecord>(source, ledger::state_key::head(range)));
  if (!record || !head) return unknown;
  NGUON_TRY(const auto found,
            ledger::read_record<ledger::LabelPart>(source, ledger::state_key::label_part(range)));
  const auto part = found.value_or(ledger::LabelPart{});
  const auto first = part.first.value_or(0);
  const auto last = part.last.value_or(record->count - 1);
  json::array runs;
  ledger::LabelBook book(source, range);
  auto at = std::max(from, first);
  while (at <= last && runs.size() < most_label_pieces) {
    NGUON_TRY(const auto piece, book.piece(at, last));
    runs.push_back(run_row(at, piece));
    at = piece.until + 1;
  }
  json::object told{{"range", range},           {"org", record->org}, {"number", record->number},
                    {"epoch", record->epoch},   {"first", first},     {"last", last},
                    {"head", head->head},       {"runs", std::move(runs)}};
  if (at <= last) told["next"] = at;
  return told;
}

}  // namespace nguon::server
