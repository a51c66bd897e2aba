#include "ledger/apply/keys.hpp"
#include "ledger/apply/typed.hpp"
#include "ledger/trace/label_standing.hpp"
#include "ledger/trace/opened.hpp"
#include "ledger/trace/trace.hpp"
#include "schemas/calendar.hpp"

namespace nguon::ledger::trace {
namespace {

bool out_of_use(LabelView::Status status) {
  return status == LabelView::Status::lost || status == LabelView::Status::voided ||
         status == LabelView::Status::returned;
}

std::string word_text(const boost::json::object& data, std::string_view name) {
  const auto* value = data.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

LabelWord word_in(const Opened& opened, const Leaf& leaf) {
  LabelWord word{opened.logged.id, word_text(opened.effective.data, "on"),
                 word_text(opened.effective.data, "reason"), leaf.recorded};
  if (word.on.empty()) {
    if (const auto day = schemas::date_in_vietnam(leaf.recorded))
      word.on = schemas::print_date(*day);
  }
  return word;
}

bool voids(const Entry& entry, std::int64_t index) {
  if (!entry.type.starts_with("label.void/")) return false;
  const auto* first = entry.data.if_contains("first");
  const auto* last = entry.data.if_contains("last");
  return first != nullptr && last != nullptr && first->is_int64() && last->is_int64() &&
         first->get_int64() <= index && index <= last->get_int64();
}

}  // namespace

Result<LabelView> Trace::label(std::int64_t epoch, std::int64_t number, std::int64_t index) const {
  LabelView view;
  NGUON_TRY(auto standing, label_standing(source_, epoch, number, index));
  if (standing.status == LabelView::Status::never_issued) return view;
  view.range = std::move(standing.range);
  view.record = std::move(standing.record);
  view.status = standing.status;
  view.printed_for = std::move(standing.printed_for);
  NGUON_TRY(view.org, org(view.record.org));
  if (standing.on_goods) {
    NGUON_TRY(view.batch, batch(standing.batch));
  }
  if (out_of_use(view.status)) {
    NGUON_TRY(view.word, label_word(view, standing.word, index));
  }
  return view;
}

// Runs of label.void/1 do not name their entry: it is sought among the range's newest.
Result<std::optional<LabelWord>> Trace::label_word(const LabelView& label, const std::string& entry,
                                                   std::int64_t index) const {
  if (!entry.empty()) {
    NGUON_TRY(const auto leaf, source_.find(entry));
    if (!leaf) return std::optional<LabelWord>();
    NGUON_TRY(const auto opened, open_leaf(*leaf));
    auto word = word_in(opened, *leaf);
    word.entry = entry;
    return std::optional<LabelWord>(std::move(word));
  }
  NGUON_TRY(const auto head, read_record<HeadRecord>(source_, state_key::head(label.range)));
  const auto count = head ? static_cast<std::uint64_t>(head->count) : 0;
  const auto skipped = count > limits_.max_events ? count - limits_.max_events : 0;
  NGUON_TRY(const auto newest, source_.history(label.range, skipped, limits_.max_events));
  for (auto at = newest.rbegin(); at != newest.rend(); ++at) {
    NGUON_TRY(const auto leaf, source_.leaf(*at));
    NGUON_TRY(const auto opened, open_leaf(leaf));
    if (voids(opened.effective, index)) return std::optional<LabelWord>(word_in(opened, leaf));
  }
  return std::optional<LabelWord>();
}

}  // namespace nguon::ledger::trace
