#include "server/office/label_lists.hpp"

#include "ledger/apply/codec.hpp"
#include "ledger/apply/keys.hpp"
#include "ledger/apply/label_book.hpp"
#include "ledger/apply/label_runs.hpp"
#include "ledger/apply/label_sums.hpp"
#include "ledger/apply/records_core.hpp"
#include "ledger/apply/records_labels.hpp"
#include "ledger/apply/records_master.hpp"
#include "ledger/apply/typed.hpp"
#include "ledger/trace/opened.hpp"
#include "ledger/trace/source.hpp"
#include "schemas/calendar.hpp"
#include "server/office/label_pieces.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <set>
#include <utility>

namespace nguon::server {
namespace {

namespace json = boost::json;
namespace trace = ledger::trace;
using ledger::LabelState;
using ledger::Result;

// Key epochs are one base-32 symbol of the serial.
constexpr std::int64_t most_epochs = 31;
constexpr std::size_t most_reports = 5'000;
constexpr std::uint64_t most_entries_a_range = 2'000;
constexpr std::size_t most_pieces_a_range = 20'000;
constexpr std::size_t most_packs = 5'000;
// Runs of a range that something can still be done with: a screen's fill, the rest by label_pieces().
constexpr std::size_t most_open_runs = 20;

struct Counts {
  std::array<std::int64_t, 7> of{};  // By LabelState.
  std::int64_t& operator[](LabelState state) { return of[static_cast<std::size_t>(state)]; }
};

std::string text_of_member(const json::object& data, std::string_view name) {
  const auto* value = data.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::optional<std::int64_t> number_of_member(const json::object& data, std::string_view name) {
  const auto* value = data.if_contains(name);
  if (value == nullptr || !value->is_int64()) return std::nullopt;
  return value->get_int64();
}

/// Reads one organisation's accounts.
class AccountReader {
 public:
  AccountReader(const ledger::Ledger& ledger, const schemas::Bundle& bundle, std::string org)
      : ledger_(ledger), source_(ledger), bundle_(bundle), org_(std::move(org)) {}

  /// Packs that this organisation holds, labelled or not.
  Result<void> find_packs() {
    return each_row<ledger::BatchRecord>("batch/", R"("kind":"pack")",
                                         [&](const std::string& sub, const auto& record) {
                                           if (record.holder == org_) batches_.insert(sub);
                                           accounts_.cut |= batches_.size() == most_packs;
                                           return Result<bool>(batches_.size() < most_packs);
                                         });
  }

  /// What was asked for and not made use of.
  Result<void> find_requests() {
    const auto take = [&](const std::string& sub, const auto& record) -> Result<bool> {
      if (record.org != org_ || record.used) return true;
      if (record.count) accounts_.asked += *record.count;
      if (!record.batch || !record.extra) return true;
      NGUON_TRY(const auto head,
                ledger::read_record<ledger::HeadRecord>(source_, ledger::state_key::head(sub)));
      if (head) {
        approvals_[*record.batch].push_back({{"entry", head->head},
                                             {"extra", *record.extra},
                                             {"reason", record.reason.value_or("")},
                                             {"person", record.person}});
      }
      return true;
    };
    return each_row<ledger::RequestRecord>("request/", R"("org":")", take);
  }

  /// A range of another organisation: what of it is offered to this one.
  Result<void> add_offers(const std::string& sub, const ledger::RangeRecord& record) {
    NGUON_TRY(const auto part,
              ledger::read_record<ledger::LabelPart>(source_, ledger::state_key::label_part(sub)));
    if (!part) return {};
    for (const auto& offer : part->offers) {
      if (offer.to != org_) continue;
      json::object row{{"give", offer.entry}, {"range", sub},       {"number", record.number},
                       {"first", offer.first}, {"last", offer.last}, {"from", record.org}};
      NGUON_TRY(const auto giver, ledger::read_record<ledger::OrgRecord>(
                                      source_, ledger::state_key::subject(record.org)));
      if (giver) row["from_name"] = giver->name;
      accounts_.offers.push_back(std::move(row));
    }
    return {};
  }

  Result<void> add_range(const std::string& sub, const ledger::RangeRecord& record) {
    NGUON_TRY(const auto found,
              ledger::read_record<ledger::LabelPart>(source_, ledger::state_key::label_part(sub)));
    const auto part = found.value_or(ledger::LabelPart{});
    const auto first = part.first.value_or(0);
    const auto last = part.last.value_or(record.count - 1);
    Counts counts;
    json::array open;
    ledger::LabelBook book(source_, sub);
    std::size_t pieces = 0;
    for (auto at = first; at <= last;) {
      if (++pieces > most_pieces_a_range) {
        accounts_.cut = true;
        break;
      }
      NGUON_TRY(const auto piece, book.piece(at, last));
      counts[piece.state] += piece.until - at + 1;
      if (!piece.batch().empty() && piece.state != LabelState::given) {
        batches_.insert(piece.batch());
      }
      if (piece.state <= LabelState::printed && open.size() < most_open_runs) {
        open.push_back(run_row(at, piece));
      }
      at = piece.until + 1;
    }
    json::array offers;
    std::int64_t offered = 0;
    for (const auto& offer : part.offers) {
      offered += offer.last - offer.first + 1;
      offers.push_back(
          {{"entry", offer.entry}, {"first", offer.first}, {"last", offer.last}, {"to", offer.to}});
    }
    json::object row{{"range", sub},
                     {"number", record.number},
                     {"epoch", record.epoch},
                     {"first", first},
                     {"last", last},
                     {"allocated", counts[LabelState::allocated]},
                     {"printed", counts[LabelState::printed]},
                     {"on_goods", counts[LabelState::applied]},
                     {"void", counts[LabelState::voided]},
                     {"lost", counts[LabelState::lost]},
                     {"returned", counts[LabelState::returned]},
                     {"given", counts[LabelState::given]},
                     {"offered", offered},
                     {"reprinted", part.reprinted},
                     {"offers", std::move(offers)},
                     {"open", std::move(open)}};
    if (part.from) row["from"] = *part.from;
    accounts_.ranges.push_back(std::move(row));
    return add_reports(sub);
  }

  Result<LabelAccounts> finish() {
    for (const auto& sub : batches_) {
      NGUON_CHECK(add_batch(sub));
    }
    // What was packed last is what the office is at.
    std::ranges::sort(accounts_.batches, std::ranges::greater{}, [](const json::value& row) {
      return std::pair(std::string_view(row.at("on").as_string()),
                       std::string_view(row.at("batch").as_string()));
    });
    return std::move(accounts_);
  }

 private:
  /// Rows of the state whose text holds the mark and this organisation's id, until `take` says
  /// false; most rows are others', and are passed without being parsed.
  template <class Record, class Take>
  Result<void> each_row(const std::string& prefix, std::string_view mark, const Take& take) {
    const std::string own = '"' + org_ + '"';
    std::string kind = prefix;
    kind.back() = ':';
    Result<void> outcome;
    NGUON_CHECK(ledger_.scan_state(prefix, [&](std::string_view key, std::string_view value) {
      if (value.find(mark) == std::string_view::npos) return true;
      if (value.find(own) == std::string_view::npos) return true;
      const auto record = ledger::decode<Record>(value);
      if (!record) {
        outcome = record.error();
        return false;
      }
      const auto more = take(kind + std::string(key.substr(prefix.size())), *record);
      if (!more) outcome = more.error();
      return more && *more;
    }));
    return outcome;
  }

  json::object amount_row(const ledger::Amount& amount, const std::string& dimension) const {
    return {{"amount", schemas::print(amount)},
            {"unit", bundle_.units().base_unit(dimension).value_or("")}};
  }

  Result<void> add_batch(const std::string& sub) {
    NGUON_TRY(const auto batch,
              ledger::read_record<ledger::BatchRecord>(source_, ledger::state_key::subject(sub)));
    if (!batch) return {};
    NGUON_TRY(const auto found, ledger::read_record<ledger::LabelAccount>(
                                    source_, ledger::state_key::label_account(sub)));
    const auto account = found.value_or(ledger::LabelAccount{});
    const auto balance = ledger::balance_of(account, batch->labels);
    const auto sum = ledger::text_of(balance);
    json::object row{{"batch", sub},
                     {"labels", batch->labels},
                     {"printed", balance.printed},
                     {"applied", balance.applied},
                     {"void", balance.voided},
                     {"lost", balance.lost},
                     {"returned", balance.returned},
                     {"on_hand", balance.on_hand},
                     {"reprinted", account.reprinted},
                     {"on", batch->last},
                     {"own", batch->holder == org_},
                     {"net", amount_row(batch->credited, batch->dimension)},
                     {"balance", {{"vi", sum.vi}, {"en", sum.en}}}};
    if (batch->count) row["count"] = *batch->count;
    if (const auto approved = approvals_.find(sub); approved != approvals_.end()) {
      row["approvals"] = std::move(approved->second);
    }
    if (batch->lot) row["lot"] = *batch->lot;
    if (account.closed) row["closed"] = *account.closed;
    NGUON_TRY(const auto product, ledger::read_record<ledger::ProductRecord>(
                                      source_, ledger::state_key::subject(batch->product)));
    if (product) row["product"] = product->name;
    if (batch->pack) {
      NGUON_TRY(const auto allowance, ledger::allowance_of(bundle_, *batch));
      row["allowed"] = allowance.allowed;
      row["extra"] = batch->extra;
      row["pack"] = amount_row(*batch->pack, batch->dimension);
      row["allowance"] = {{"vi", allowance.text.vi}, {"en", allowance.text.en}};
    }
    accounts_.batches.push_back(std::move(row));
    return {};
  }

  Result<void> add_reports(const std::string& range) {
    NGUON_TRY(const auto head,
              ledger::read_record<ledger::HeadRecord>(source_, ledger::state_key::head(range)));
    const auto count = head ? static_cast<std::uint64_t>(head->count) : 0;
    const auto skipped = count > most_entries_a_range ? count - most_entries_a_range : 0;
    if (skipped > 0) accounts_.cut = true;
    NGUON_TRY(const auto newest, source_.history(range, skipped, most_entries_a_range));
    for (auto index = newest.rbegin(); index != newest.rend(); ++index) {
      if (accounts_.reports.size() == most_reports) {
        accounts_.cut = true;
        return {};
      }
      NGUON_TRY(const auto leaf, source_.leaf(*index));
      NGUON_TRY(const auto opened, trace::open_leaf(leaf));
      add_report(range, leaf, opened);
    }
    return {};
  }

  void add_report(const std::string& range, const ledger::Leaf& leaf, const trace::Opened& opened) {
    const auto& data = opened.effective.data;
    const auto type = opened.effective.type.substr(0, opened.effective.type.find('/'));
    std::string reason = text_of_member(data, "reason");
    std::string_view what;
    if (type == "label.void") what = "void";
    if (type == "label.lose") what = "lost";
    if (type == "label.return") what = "returned";
    if (const auto* again = data.if_contains("reprint");
        type == "label.print" && again != nullptr && again->is_object()) {
      what = "reprinted";
      reason = text_of_member(again->get_object(), "reason");
    }
    const auto first = number_of_member(data, "first");
    const auto last = number_of_member(data, "last");
    if (what.empty() || !first || !last) return;
    std::string on = text_of_member(data, "on");
    if (on.empty()) {
      if (const auto day = schemas::date_in_vietnam(leaf.recorded)) on = schemas::print_date(*day);
    }
    accounts_.reports.push_back({{"range", range},
                                 {"first", *first},
                                 {"last", *last},
                                 {"count", *last - *first + 1},
                                 {"what", what},
                                 {"reason", reason},
                                 {"on", on},
                                 {"recorded", leaf.recorded},
                                 {"entry", opened.logged.id}});
  }

  const ledger::Ledger& ledger_;
  const trace::LedgerSource source_;
  const schemas::Bundle& bundle_;
  const std::string org_;
  LabelAccounts accounts_;
  std::set<std::string> batches_;
  std::map<std::string, json::array> approvals_;  // By batch.
};

using EachPart = std::function<Result<void>(const std::string&, const ledger::RangeRecord&)>;

/// A range, and those that were taken out of it, from hand to hand.
Result<void> each_part(const ledger::StateReader& state, const std::string& range,
                       const EachPart& take) {
  std::vector<std::string> waiting{range};
  while (!waiting.empty()) {
    const std::string sub = std::move(waiting.back());
    waiting.pop_back();
    NGUON_TRY(const auto record,
              ledger::read_record<ledger::RangeRecord>(state, ledger::state_key::subject(sub)));
    if (!record) continue;
    NGUON_CHECK(take(sub, *record));
    NGUON_TRY(auto taken, ledger::given_ranges(state, sub));
    waiting.insert(waiting.end(), std::make_move_iterator(taken.begin()),
                   std::make_move_iterator(taken.end()));
  }
  return {};
}

}  // namespace

std::optional<LabelList> label_list_of(std::string_view name) {
  const auto found = std::ranges::find(label_list_names, name);
  if (found == label_list_names.end()) return std::nullopt;
  return static_cast<LabelList>(found - label_list_names.begin());
}

const json::array& LabelAccounts::list(LabelList which) const {
  return which == LabelList::ranges ? ranges : which == LabelList::batches ? batches : reports;
}

Result<LabelAccounts> label_accounts(const ledger::Ledger& ledger, const schemas::Bundle& bundle,
                                     const std::string& org) {
  const trace::LedgerSource source(ledger);
  AccountReader reader(ledger, bundle, org);
  NGUON_CHECK(reader.find_requests());
  NGUON_CHECK(reader.find_packs());
  for (std::int64_t epoch = 0; epoch <= most_epochs; ++epoch) {
    NGUON_TRY(const auto numbered,
              ledger::read_record<ledger::EpochRecord>(source, ledger::state_key::epoch(epoch)));
    for (std::int64_t number = 0; numbered && number <= numbered->last; ++number) {
      NGUON_TRY(const auto range, ledger::read_record<ledger::PointerRecord>(
                                      source, ledger::state_key::range_number(epoch, number)));
      if (!range) continue;
      NGUON_CHECK(each_part(source, range->sub, [&](const std::string& sub, const auto& record) {
        return record.org == org ? reader.add_range(sub, record) : reader.add_offers(sub, record);
      }));
    }
  }
  return reader.finish();
}

}  // namespace nguon::server
