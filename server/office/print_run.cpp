#include "server/office/print_run.hpp"

#include "labels/crockford.hpp"
#include "labels/link.hpp"
#include "ledger/apply/keys.hpp"
#include "ledger/apply/label_book.hpp"
#include "ledger/apply/records_goods.hpp"
#include "ledger/apply/typed.hpp"
#include "ledger/trace/opened.hpp"
#include "ledger/trace/pack_gtin.hpp"
#include "ledger/trace/trace.hpp"

#include <boost/json/value_to.hpp>

#include <algorithm>

namespace nguon::server {
namespace {

namespace json = boost::json;
using ledger::Errc;
using ledger::Error;
using ledger::Result;

/// `2026-10-01` as a label shows it.
std::string day_on_label(const std::string& iso) {
  if (iso.size() != 10) return iso;
  return iso.substr(8, 2) + "/" + iso.substr(5, 2) + "/" + iso.substr(0, 4);
}

std::string days_on_label(const std::string& first, const std::string& last) {
  if (first.empty() || first == last) return day_on_label(last);
  return day_on_label(first).substr(0, 5) + "–" + day_on_label(last);
}

std::string net_on_label(const schemas::Bundle& bundle, const ledger::Amount& amount,
                         const std::string& dimension) {
  const auto base = bundle.units().base_unit(dimension);
  const auto* unit = base ? bundle.units().find(*base) : nullptr;
  std::string text = schemas::print(amount);
  std::replace(text.begin(), text.end(), '.', ',');
  return unit == nullptr ? text : text + " " + unit->label_vi;
}

Error refused_layout(const labels::Refusal& refusal) {
  // Two lines of detail are two languages (server/api problems).
  return ledger::invalid("label.input", {}, refusal.vi + "\n" + refusal.en);
}

Error refused_fault(labels::Fault fault) {
  return ledger::invalid("label.input", {}, std::string(labels::describe(fault)));
}

std::int64_t whole_member(const json::object& data, std::string_view name) {
  const auto* value = data.if_contains(name);
  return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}

}  // namespace

Result<PrintRun> print_run(const ledger::Ledger& ledger, const std::string& entry) {
  const ledger::trace::LedgerSource source(ledger);
  NGUON_TRY(const auto leaf, source.find(entry));
  if (!leaf) return Error{Errc::not_found, "entry.not-found", {}, {}};
  NGUON_TRY(const auto opened, ledger::trace::open_leaf(*leaf));
  if (!opened.effective.is("label.print")) {
    return Error{Errc::not_found, "label.no-print", {}, {}};
  }
  const auto& data = opened.effective.data;
  PrintRun run;
  run.entry = entry;
  run.range = opened.effective.sub;
  run.first = whole_member(data, "first");
  run.last = whole_member(data, "last");
  run.recorded = leaf->recorded;
  run.again = data.contains("reprint");
  NGUON_TRY(const auto range, ledger::read_record<ledger::RangeRecord>(
                                  source, ledger::state_key::subject(run.range)));
  if (!range) return Error{Errc::not_found, "subject.unknown", {}, {}};
  run.org = range->org;
  run.number = range->number;
  run.epoch = range->epoch;
  if (const auto* batch = data.if_contains("batch"); batch != nullptr && batch->is_string()) {
    run.batch = batch->get_string();
  } else if (run.again) {
    NGUON_TRY(const auto piece, ledger::LabelBook(source, run.range).piece(run.first, run.last));
    run.batch = piece.batch();
  }
  return run;
}

Result<labels::LabelFacts> label_facts(const ledger::Ledger& ledger, const schemas::Bundle& bundle,
                                       const std::string& org, const std::string& batch,
                                       const std::string& origin, std::int64_t now_ms) {
  const ledger::trace::LedgerSource source(ledger);
  const ledger::trace::Trace trace(source, bundle, now_ms);
  labels::LabelFacts facts;
  facts.host = origin.substr(std::min(origin.size(), std::string_view("https://").size()));
  if (batch.empty()) {
    NGUON_TRY(const auto owner, trace.org(org));
    if (owner) facts.producer = owner->record.name;
    // What it will be on nobody knows yet; a layout does not go without its first line.
    facts.product = "Quét mã xem nguồn gốc";
    return facts;
  }
  NGUON_TRY(const auto view, trace.batch(batch));
  if (!view) return Error{Errc::not_found, "subject.unknown", {}, {}};
  facts.product = view->product.record.name;
  facts.producer = view->maker.record.name;
  facts.lot = view->record.lot.value_or("");
  if (view->record.pack) {
    facts.net = net_on_label(bundle, *view->record.pack, view->record.dimension);
  }
  facts.harvested = days_on_label(view->origin.harvest_first, view->origin.harvest_last);
  facts.packed = day_on_label(view->packed.value_or(""));
  if (const auto* line = view->stars(); line != nullptr) {
    facts.ocop = "OCOP " + std::to_string(line->record.stars) + " sao";
  }
  if (const auto& gtin = view->product.record.gtin; gtin) {
    NGUON_TRY(const bool fits, ledger::trace::fits_gtin(source, *gtin, *view));
    if (fits) facts.gtin = *gtin;
  }
  return facts;
}

Result<labels::PlacedLabel> place_run(const labels::Template& layout,
                                      const labels::LabelFacts& facts,
                                      const labels::Printer& printer, const std::string& origin,
                                      const std::string& serial) {
  const bool takes_gtin =
      std::ranges::find(layout.code.links, labels::LinkKind::product) != layout.code.links.end();
  labels::LabelFacts said = facts;
  if (!takes_gtin) said.gtin.clear();
  const auto link = said.gtin.empty()
                        ? labels::serial_link(origin, serial)
                        : labels::product_link(origin, said.gtin, std::nullopt, serial);
  if (!link) return refused_fault(link.error());
  auto placed = labels::place_label(layout, said, printer, *link);
  if (!placed) return refused_layout(placed.error());
  return *std::move(placed);
}

std::string specimen_serial() {
  const std::string said = "TEMMAVXEMTHV9";
  return said + labels::check_symbol(said);
}

}  // namespace nguon::server
