#pragma once

#include "ledger/apply/label_book.hpp"
#include "ledger/base/result.hpp"
#include "ledger/log/ledger.hpp"

#include <boost/json/object.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace nguon::server {

inline constexpr std::size_t most_label_pieces = 100;

/// As the office's lists call it: `allocated`, `printed`, `on_goods` …
std::string_view name_of(ledger::LabelState state);

/// {first, last, state, batch?} of labels that stand alike.
boost::json::object run_row(std::int64_t first, const ledger::LabelPiece& piece);

/// One range, its labels from `from` on in runs that stand alike: {range, org, number, epoch, first,
/// last, head, runs, next?}; at most `most_label_pieces` runs, the rest from `next`. Errors:
/// `subject.unknown`, `store.*`.
ledger::Result<boost::json::object> label_pieces(const ledger::Ledger& ledger,
                                                 const std::string& range, std::int64_t from);

}  // namespace nguon::server
