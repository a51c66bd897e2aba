#include "server/office/label_lists.hpp"

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

#include <algorithm>
#include <functional>
#include <iterator>
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
  AccountReader(const ledger::Ledger& ledger, const schemas::Bundle& bundle)
      : source_(ledger), bundle_(bundle) {}

  Result<void> add_range(const std::string& sub, const ledger::RangeRecord& record) {
    NGUON_TRY(const auto found,
              ledger::read_record<ledger::LabelPart>(source_, ledger::state_key::label_part(sub)));
    const auto part = found.value_or(ledger::LabelPart{});
    const auto first = part.first.value_or(0);
    const auto last = part.last.value_or(record.count - 1);
    Counts counts;
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
                     {"offers", std::move(offers)}};
    if (part.from) row["from"] = *part.from;
    accounts_.ranges.push_back(std::move(row));
    return add_reports(sub);
  }

  Result<LabelAccounts> finish() {
    for (const auto& sub : batches_) {
      NGUON_CHECK(add_batch(sub));
    }
    return std::move(accounts_);
  }

 private:
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
                     {"printed", balance.printed},
                     {"applied", balance.applied},
                     {"void", balance.voided},
                     {"lost", balance.lost},
                     {"returned", balance.returned},
                     {"on_hand", balance.on_hand},
                     {"reprinted", account.reprinted},
                     {"balance", {{"vi", sum.vi}, {"en", sum.en}}}};
    if (batch->lot) row["lot"] = *batch->lot;
    if (account.closed) row["closed"] = *account.closed;
    NGUON_TRY(const auto product, ledger::read_record<ledger::ProductRecord>(
                                      source_, ledger::state_key::subject(batch->product)));
    if (product) row["product"] = product->name;
    if (batch->pack) {
      NGUON_TRY(const auto allowance, ledger::allowance_of(bundle_, *batch));
      row["allowed"] = allowance.allowed;
      row["extra"] = batch->extra;
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

  const trace::LedgerSource source_;
  const schemas::Bundle& bundle_;
  LabelAccounts accounts_;
  std::set<std::string> batches_;
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
  AccountReader reader(ledger, bundle);
  for (std::int64_t epoch = 0; epoch <= most_epochs; ++epoch) {
    NGUON_TRY(const auto numbered,
              ledger::read_record<ledger::EpochRecord>(source, ledger::state_key::epoch(epoch)));
    for (std::int64_t number = 0; numbered && number <= numbered->last; ++number) {
      NGUON_TRY(const auto range, ledger::read_record<ledger::PointerRecord>(
                                      source, ledger::state_key::range_number(epoch, number)));
      if (!range) continue;
      NGUON_CHECK(each_part(source, range->sub, [&](const std::string& sub, const auto& record) {
        return record.org == org ? reader.add_range(sub, record) : Result<void>();
      }));
    }
  }
  return reader.finish();
}

}  // namespace nguon::server
