#pragma once

#include "labels/link.hpp"
#include "ledger/trace/views.hpp"
#include "schemas/bundle.hpp"
#include "server/pages/view.hpp"

#include <string>
#include <vector>

namespace nguon::server {

// What the trace tells, turned into what a page shows. Pure: all state, names and "today" are in
// the views.

/// `label` is not never_issued. `story` holds the entries of the batch and of what it was made
/// from; `product` is the Digital Link the code was, null for a plain serial, and `fits_gtin` what
/// ledger/trace/pack_gtin says of its GTIN on this batch.
ScanView scan_view(const ledger::trace::LabelView& label, const ledger::trace::Timeline& story,
                   const std::string& serial, const labels::ProductLink* product, bool fits_gtin,
                   const schemas::Bundle& bundle, std::uint64_t log_size);

AnimalView animal_view(const ledger::trace::AnimalView& animal,
                       const ledger::trace::Timeline& story, const std::string& tag,
                       const schemas::Bundle& bundle, std::uint64_t log_size);

/// One line per kind of entry and maker, in the order they began. Corrections, labels and goods
/// only; `crop` names the chain that knows what a transform step is called.
std::vector<Step> steps_of(const ledger::trace::Timeline& story, const std::string& crop,
                           const schemas::Bundle& bundle);

/// Corrections of the story, oldest first. A value is told where it is public and says something to
/// a reader: amounts and dates, not identifiers.
std::vector<Change> changes_of(const ledger::trace::Timeline& story, const schemas::Bundle& bundle);

/// Whether a key of these roles speaks for somebody other than the maker of the goods.
bool speaks_for_others(const std::vector<std::string>& roles);

/// A size as a page tells it: `0.5` kg reads better as `500 g`, so amounts below one base unit are told
/// in thousandths. Empty for a dimension without units.
std::string pack_line(const ledger::Amount& amount, const std::string& dimension,
                      const schemas::Bundle& bundle);

/// The line a page shows of the decisions on a product: the one in force, else the newest that was;
/// absent when none ever was about these goods.
std::optional<OcopLine> ocop_line(const std::vector<ledger::trace::OcopLine>& decisions,
                                  const std::string& packed);

}  // namespace nguon::server
