#pragma once

#include "ledger/apply/codec.hpp"
#include "ledger/apply/keys.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// State records of the account of labels (FORMAT.md "State"). Each has a key of its own, so that
// batches and ranges of logs that never said more than grant, apply and void stay as they were.
namespace nguon::ledger {

/// `label-account/<batch>`: what became of labels of one batch. Labels that went on it without a
/// word about their printing are in none of the first five; BatchRecord::labels counts them.
struct LabelAccount {
  std::int64_t printed = 0;   ///< For this batch, by label.print; each once, however often printed.
  std::int64_t used = 0;      ///< Of these, put on goods.
  std::int64_t voided = 0;    ///< Of these, void before they were put on goods,
  std::int64_t lost = 0;      ///< lost,
  std::int64_t returned = 0;  ///< or given back.
  std::int64_t goods_void = 0;        ///< On goods of this batch, then void,
  std::int64_t goods_lost = 0;        ///< or lost with them.
  std::int64_t reprinted = 0;         ///< Labels printed once more.
  std::optional<std::string> closed;  ///< Entry of the batch.close that stands.

  /// What the office should find when it counts: printed for this batch, whole, on no goods.
  std::int64_t on_hand() const { return printed - used - voided - lost - returned; }

  bool operator==(const LabelAccount&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("closed", self.closed);
    visit("goods_lost", self.goods_lost);
    visit("goods_void", self.goods_void);
    visit("lost", self.lost);
    visit("printed", self.printed);
    visit("reprinted", self.reprinted);
    visit("returned", self.returned);
    visit("used", self.used);
    visit("voided", self.voided);
  }
};

/// The five places of every label printed for one batch or put on it; the first is the sum of the
/// others (DESIGN §6; a label given back is in nobody's hands, so it is counted by itself).
struct LabelBalance {
  std::int64_t printed = 0;
  std::int64_t applied = 0;  ///< Still good, on goods.
  std::int64_t voided = 0;
  std::int64_t lost = 0;
  std::int64_t returned = 0;
  std::int64_t on_hand = 0;

  bool operator==(const LabelBalance&) const = default;
};

/// `applied` is BatchRecord::labels: what goes on goods was printed, whoever said so.
inline LabelBalance balance_of(const LabelAccount& account, std::int64_t applied) {
  return {account.printed + applied - account.used,
          applied - account.goods_void - account.goods_lost,
          account.voided + account.goods_void,
          account.lost + account.goods_lost,
          account.returned,
          account.on_hand()};
}

/// Blank labels on their way to another organisation.
struct LabelOffer {
  std::string entry;  ///< The label.give.
  std::int64_t first = 0;
  std::int64_t last = 0;
  std::string to;  ///< Organisation.

  bool operator==(const LabelOffer&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("entry", self.entry);
    visit("first", self.first);
    visit("last", self.last);
    visit("to", self.to);
  }
};

/// `label-part/<range>`: what else there is to know of a range, once there is.
struct LabelPart {
  std::optional<std::string> from;    ///< Range it was taken out of; its labels keep their places,
  std::optional<std::int64_t> first;  ///< of which these
  std::optional<std::int64_t> last;   ///< are its own.
  std::int64_t hands = 0;             ///< Hand-overs between the service and this range.
  std::vector<LabelOffer> offers;     ///< That nobody took yet.
  std::int64_t reprinted = 0;         ///< Labels printed once more.

  bool operator==(const LabelPart&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("first", self.first);
    visit("from", self.from);
    visit("hands", self.hands);
    visit("last", self.last);
    visit("offers", self.offers);
    visit("reprinted", self.reprinted);
  }
};

namespace state_key {
inline std::string label_account(std::string_view batch) { return join("label-account", batch); }
inline std::string label_part(std::string_view range) { return join("label-part", range); }
}  // namespace state_key

}  // namespace nguon::ledger
