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

std::string in_digits(std::int64_t number) { return std::to_string(number); }

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
  const auto times = " × " + in_digits(thresholds.label_allowance_numerator) + " ÷ (";
  const auto by =
      " × " + in_digits(thresholds.label_allowance_denominator) + ") = " + in_digits(sum.by_goods);
  sum.text.vi = "Khối lượng lô " + net.vi + times + "gói " + pack.vi + by + " tem, duyệt thêm " +
                in_digits(batch.extra) + ": được " + in_digits(sum.allowed) + " tem.";
  sum.text.en = "Net of the batch " + net.en + times + "pack " + pack.en + by + " labels, " +
                in_digits(batch.extra) + " more approved: " + in_digits(sum.allowed) + " allowed.";
  return sum;
}

BothLanguages text_of(const LabelBalance& book) {
  return {"In " + in_digits(book.printed) + " = dán " + in_digits(book.applied) + " + hủy " +
              in_digits(book.voided) + " + mất " + in_digits(book.lost) + " + trả " +
              in_digits(book.returned) + " + trên tay " + in_digits(book.on_hand) + ".",
          "Printed " + in_digits(book.printed) + " = applied " + in_digits(book.applied) +
              " + void " + in_digits(book.voided) + " + lost " + in_digits(book.lost) +
              " + returned " + in_digits(book.returned) + " + on hand " + in_digits(book.on_hand) +
              "."};
}

}  // namespace nguon::ledger
