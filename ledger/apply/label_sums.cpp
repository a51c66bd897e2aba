#include "ledger/apply/label_sums.hpp"

#include "ledger/base/json.hpp"

#include <algorithm>

namespace nguon::ledger {
namespace {

BothLanguages measured(const schemas::Bundle& bundle, const Amount& amount,
                       const std::string& dimension) {
  BothLanguages text{schemas::print(amount), schemas::print(amount)};
  std::replace(text.vi.begin(), text.vi.end(), '.', ',');
  const auto base = bundle.units().base_unit(dimension);
  if (const auto* unit = base ? bundle.units().find(*base) : nullptr) {
    text.vi += " " + unit->label_vi;
    text.en += " " + unit->label_en;
  }
  return text;
}

std::string n(std::int64_t number) { return std::to_string(number); }

}  // namespace

// The sums fit: admission bounds an amount to 10^18 · 10^6, but a corrected balance is checked all
// the same.
Result<LabelAllowance> allowance_of(const schemas::Bundle& bundle, const BatchRecord& batch) {
  const auto& thresholds = bundle.thresholds();
  const auto over = schemas::checked_mul(batch.credited, thresholds.label_allowance_numerator);
  const auto under =
      schemas::checked_mul(batch.pack.value_or(Amount{}), thresholds.label_allowance_denominator);
  const auto labels = over && under ? schemas::checked_floor_div(*over, *under) : std::nullopt;
  if (!labels) return invalid("quantity.overflow", "/data/pack", "beyond 128 bits");
  LabelAllowance sum;
  sum.by_goods = static_cast<std::int64_t>(std::min<Amount::Wide>(*labels, max_safe_integer));
  sum.allowed = sum.by_goods + batch.extra;
  const auto net = measured(bundle, batch.credited, batch.dimension);
  const auto pack = measured(bundle, *batch.pack, batch.dimension);
  const auto times = " × " + n(thresholds.label_allowance_numerator) + " ÷ (";
  const auto by = " × " + n(thresholds.label_allowance_denominator) + ") = " + n(sum.by_goods);
  sum.text.vi = "Khối lượng lô " + net.vi + times + "gói " + pack.vi + by + " tem, duyệt thêm " +
                n(batch.extra) + ": được " + n(sum.allowed) + " tem.";
  sum.text.en = "Net of the batch " + net.en + times + "pack " + pack.en + by + " labels, " +
                n(batch.extra) + " more approved: " + n(sum.allowed) + " allowed.";
  return sum;
}

BothLanguages text_of(const LabelBalance& book) {
  return {"In " + n(book.printed) + " = dán " + n(book.applied) + " + hủy " + n(book.voided) +
              " + mất " + n(book.lost) + " + trả " + n(book.returned) + " + trên tay " +
              n(book.on_hand) + ".",
          "Printed " + n(book.printed) + " = applied " + n(book.applied) + " + void " +
              n(book.voided) + " + lost " + n(book.lost) + " + returned " + n(book.returned) +
              " + on hand " + n(book.on_hand) + "."};
}

}  // namespace nguon::ledger
