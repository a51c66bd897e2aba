#pragma once

#include "ledger/base/base64url.hpp"
#include "tests/support/small_ledger.hpp"

#include <atomic>
#include <latch>
#include <stdexcept>
#include <string>
#include <vector>

namespace nguon::tests {

/// An intake lot of the co-operative: weigh tickets that the clerk appends to one batch, each after
/// the one before.
class IntakeLot {
 public:
  explicit IntakeLot(SmallLedger& small) : small_(small) {}

  /// The next ticket, signed; the first starts the lot.
  ledger::MadeEntry next() {
    Saying saying = small_.people.make("batch.receive/1");
    saying.by("clerk").data(R"({"product":")" + small_.product +
                            R"(","on":"2026-09-11","qty":{"amount":"20","unit":"kg"}})");
    if (ids.empty()) {
      saying.starts("batch");
    } else {
      saying.continues(sub, ledger::base64url_encode(ids.back()));
    }
    auto made = saying.sign();
    sub = made.sub;
    ids.push_back(*ledger::base64url_hash(made.id));
    return made;
  }

  /// Logs that many more, all at once, so that they share a few commits.
  void deliver(int count) {
    std::latch done(count);
    std::atomic<int> logged = 0;
    for (int i = 0; i < count; ++i) {
      const auto made = next();
      small_.log->submit(made.sd_jwt, made.id, [&](const ledger::Outcome& outcome) {
        if (outcome.kind == ledger::Outcome::Kind::created) ++logged;
        done.count_down();
      });
    }
    done.wait();
    if (logged != count) throw std::logic_error("a ticket was not logged");
  }

  /// The ids from the first on, `count` of them.
  std::vector<ledger::Hash> first(std::size_t count) const {
    return {ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(count)};
  }

  std::string sub;
  std::vector<ledger::Hash> ids;  ///< Of all tickets made, in order.

 private:
  SmallLedger& small_;
};

}  // namespace nguon::tests
