#pragma once

#include "ledger/apply/label_book.hpp"
#include "ledger/apply/records_labels.hpp"
#include "tests/ledger/apply/world.hpp"

#include <string>

namespace nguon::ledger {

/// A world with words for what is done to labels.
class LabelWorld : public World {
 public:
  /// `{'first':…,'last':…,'on':…` and `more`, which begins with a comma.
  static std::string span(std::int64_t first, std::int64_t last, const std::string& more = {}) {
    return "{'first':" + std::to_string(first) + ",'last':" + std::to_string(last) +
           ",'on':'2026-10-08'" + more + "}";
  }
  static std::string for_batch(const std::string& batch, const std::string& each = "1 kg",
                               const std::string& approval = {}) {
    return ",'batch':'" + batch + "','pack':" + qty(each) +
           (approval.empty() ? "" : ",'approval':'" + approval + "'");
  }

  Verdict does(const std::string& type, const std::string& range, const std::string& data) {
    return try_add(actor_of(range), type, range, data);
  }
  Verdict print(const std::string& range, std::int64_t first, std::int64_t last,
                const std::string& more = {}) {
    return does("label.print/1", range, span(first, last, more));
  }
  Verdict reprint(const std::string& range, std::int64_t first, std::int64_t last,
                  bool destroyed = true) {
    return print(
        range, first, last,
        std::string(",'reprint':{'reason':'jam','destroyed':") + (destroyed ? "true}" : "false}"));
  }
  Verdict put_on(const std::string& range, std::int64_t first, std::int64_t last,
                 const std::string& batch) {
    return does("label.apply/1", range,
                "{'first':" + std::to_string(first) + ",'last':" + std::to_string(last) +
                    for_batch(batch) + "}");
  }
  Verdict make_void(const std::string& range, std::int64_t first, std::int64_t last,
                    const std::string& major = "2") {
    return does("label.void/" + major, range, span(first, last, ",'reason':'damaged'"));
  }
  Verdict lose(const std::string& range, std::int64_t first, std::int64_t last) {
    return does("label.lose/1", range, span(first, last, ",'reason':'missing'"));
  }
  Verdict give_back(const std::string& range, std::int64_t first, std::int64_t last) {
    return does("label.return/1", range, span(first, last, ",'reason':'unused'"));
  }
  /// The offer's entry id is `last_offer` then.
  Verdict give(const std::string& range, std::int64_t first, std::int64_t last,
               const std::string& to) {
    const auto made =
        entry(boss_of(range), "label.give/1", range, span(first, last, ",'to':'" + to + "'"));
    last_offer = made.id;
    return submit(made);
  }
  Verdict take(const Actor& who, const std::string& offer) {
    const auto made = entry(who, "label.take/1", "range",
                            "{'org':'" + who.org + "','give':'" + offer + "','on':'2026-10-08'}");
    last_taken = made.sub;
    return submit(made);
  }
  Verdict close(const std::string& batch, std::int64_t counted) {
    return try_add(clerk, "batch.close/1", batch,
                   "{'on':'2026-10-09','on_hand':" + std::to_string(counted) + "}");
  }
  std::string packed(const std::string& amount, int count) {
    return pack(harvest(amount), amount, "1 kg", count);
  }
  LabelAccount account(const std::string& batch) const {
    const auto found = read_record<LabelAccount>(state, state_key::label_account(batch));
    EXPECT_TRUE(found);
    return found && *found ? **found : LabelAccount{};
  }
  LabelBalance balance(const std::string& batch) const {
    return balance_of(account(batch), of<BatchRecord>(batch).labels);
  }
  LabelPiece at(const std::string& range, std::int64_t place) const {
    return LabelBook(state, range).piece(place, place).value();
  }

  /// A second co-operative, with somebody in its office.
  void have_neighbour() {
    neighbour = org("HTX ben canh");
    neighbour_boss = enrol(registrar, neighbour, {"director"});
  }

  std::string neighbour, last_offer, last_taken;
  Actor neighbour_boss;

 private:
  bool is_neighbours(const std::string& range) const {
    return !neighbour.empty() && of<RangeRecord>(range).org == neighbour;
  }
  const Actor& actor_of(const std::string& range) const {
    return is_neighbours(range) ? neighbour_boss : packer;
  }
  const Actor& boss_of(const std::string& range) const {
    return is_neighbours(range) ? neighbour_boss : clerk;
  }
};

}  // namespace nguon::ledger
