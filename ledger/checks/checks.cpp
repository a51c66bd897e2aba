#include "ledger/checks/checks.hpp"

#include "ledger/apply/data.hpp"
#include "ledger/apply/keys.hpp"
#include "ledger/apply/records_core.hpp"
#include "ledger/apply/records_goods.hpp"
#include "ledger/apply/rules.hpp"
#include "ledger/apply/typed.hpp"

namespace nguon::ledger::checks {

Result<void> Checker::catch_up(std::uint64_t size) {
  for (; size_ < size; ++size_) {
    NGUON_TRY(const auto leaf, source_.leaf(size_));
    NGUON_CHECK(check(leaf));
  }
  return {};
}

std::vector<std::uint64_t> Checker::split_view_evidence() const {
  std::vector<std::uint64_t> indexes;
  for (const auto& finding : findings_) {
    if (finding.check == "check.seen" && finding.verdict == Verdict::impossible) {
      indexes.push_back(finding.index);
    }
  }
  return indexes;
}

void Checker::find(std::string check, Verdict verdict, std::uint64_t index, const std::string& sub,
                   std::string detail) {
  findings_.push_back({std::move(check), verdict, index, sub, std::move(detail)});
}

Result<void> Checker::check(const Leaf& leaf) {
  NGUON_TRY(const auto opened, trace::open_leaf(leaf));
  NGUON_CHECK(check_seen(leaf.index, opened.logged));
  const auto base = base_of(opened.effective.type);
  if (base == "batch.harvest") return check_yield(leaf.index, opened.effective);
  if (!opened.effective.from.empty()) {
    NGUON_CHECK(check_overdraw(leaf.index, opened.effective));
    return check_balance(leaf.index, opened.effective);
  }
  return {};
}

Result<void> Checker::check_overdraw(std::uint64_t index, const Entry& entry) {
  for (const auto& input : entry.from) {
    NGUON_TRY(const auto batch, read_record<BatchRecord>(source_, state_key::subject(input.sub)));
    if (batch && batch->debited > batch->credited) {
      find("check.overdraw", Verdict::doubtful, index, input.sub,
           "taken " + schemas::print(batch->debited) + " of " + schemas::print(batch->credited));
    }
  }
  return {};
}

// A `seen` of our own origin must be a tree we had. One of a size we have not reached, or with
// another root, is what a log that shows people different trees would leave behind.
Result<void> Checker::check_seen(std::uint64_t index, const Entry& logged) {
  if (!logged.seen) return {};
  NGUON_TRY(const auto deployment, read_record<DeploymentRecord>(source_, state_key::deployment()));
  if (!deployment || logged.seen->origin != deployment->origin) {
    find("check.seen", Verdict::doubtful, index, logged.sub, "a checkpoint of another log");
    return {};
  }
  NGUON_TRY(const auto root, root_at_(logged.seen->size));
  // The device saw it before it signed, so the tree had that size when this entry came in.
  if (!root || logged.seen->size > index || *root != logged.seen->root) {
    find("check.seen", Verdict::impossible, index, logged.sub,
         "not our tree at size " + std::to_string(logged.seen->size));
  }
  return {};
}

}  // namespace nguon::ledger::checks
