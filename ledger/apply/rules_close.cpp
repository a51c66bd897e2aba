#include "ledger/apply/label_rules.hpp"
#include "ledger/apply/label_sums.hpp"
#include "ledger/apply/rules_labels.hpp"

namespace nguon::ledger {
namespace {

Error unbalanced(const LabelBalance& book, std::int64_t counted) {
  const auto sum = text_of(book);
  const auto off = counted - book.on_hand;
  const auto count = std::to_string(counted);
  const auto size = std::to_string(off < 0 ? -off : off);
  return invalid("label.balance", "/data/on_hand",
                 sum.vi + " Đếm được trên tay " + count + ": " + (off < 0 ? "thiếu " : "thừa ") +
                     size + " tem.\n" + sum.en + " Counted on hand " + count + ": " + size +
                     (off < 0 ? " missing." : " too many."));
}

}  // namespace

Result<void> close_batch(Work& work) {
  const Data data(work.entry().data);
  const auto& sub = work.entry().sub;
  NGUON_TRY(const auto batch, own<BatchRecord>(work));
  NGUON_TRY(auto account, account_of(work, sub));
  NGUON_CHECK(data.date("on"));
  NGUON_TRY(const auto reopens, data.maybe_text("reopens"));
  if (reopens) {
    if (account.closed != reopens) return invalid("batch.not-closed", "/data/reopens");
    account.closed.reset();
  } else {
    if (account.closed) return invalid("batch.closed", "/sub", *account.closed);
    NGUON_TRY(const auto counted, data.integer("on_hand"));
    const auto book = balance_of(account, batch.labels);
    if (counted != book.on_hand) return unbalanced(book, counted);
    account.closed = work.logged().id;
  }
  put_account(work, sub, account);
  return {};
}

}  // namespace nguon::ledger
