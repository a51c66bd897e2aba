#include "ledger/apply/keys.hpp"
#include "ledger/apply/records_core.hpp"
#include "ledger/apply/records_labels.hpp"
#include "ledger/audit/audit.hpp"
#include "ledger/store/keys.hpp"
#include "tests/support/small_ledger.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

namespace nguon::ledger {
namespace {

namespace json = boost::json;

/// A log with every word of the account of labels, signed and admitted as a clerk's are.
class LabelAudit : public testing::Test {
 protected:
  LabelAudit() {
    const json::object kilo{{"amount", "1"}, {"unit", "kg"}};
    const auto other = says("registrar", "org.create/1", "org",
                            {{"name", "HTX bên cạnh"}, {"kind", "cooperative"}})
                           .sub;
    small.enrol("registrar", "neighbour", "clerk", other);
    lot = says("clerk", "batch.receive/1", "batch",
               {{"product", small.product},
                {"on", "2026-10-05"},
                {"qty", {{"amount", "100"}, {"unit", "kg"}}},
                {"ticket", "1"}})
              .sub;
    const auto asked = says("clerk", "label.request/1", "request", {{"count", 200}});
    range = says("service", "label.range/1", "range",
                 {{"org", small.coop},
                  {"request", asked.id},
                  {"number", 0},
                  {"count", 200},
                  {"epoch", 0},
                  {"serial_root", asked.id}})
                .sub;
    says("clerk", "label.print/1", range, span(0, 49, {{"batch", lot}, {"pack", kilo}}));
    says("clerk", "label.print/1", range, span(50, 99));
    says("clerk", "label.print/1", range,
         span(0, 4, {{"reprint", {{"reason", "torn"}, {"destroyed", true}}}}));
    says("clerk", "label.apply/1", range,
         {{"first", 0}, {"last", 29}, {"batch", lot}, {"pack", kilo}});
    says("clerk", "label.lose/1", range, span(30, 31, {{"reason", "missing"}}));
    says("clerk", "label.lose/1", range, span(0, 1, {{"reason", "goods_lost"}}));
    says("clerk", "label.void/2", range, span(31, 31, {{"reason", "found_again"}}));
    says("clerk", "label.void/1", range, {{"first", 2}, {"last", 3}, {"reason", "damaged"}});
    says("clerk", "label.return/1", range, span(40, 44, {{"reason", "unused"}}));
    const auto offer = says("clerk", "label.give/1", range, span(60, 69, {{"to", other}}));
    part = says("neighbour", "label.take/1", "range",
                {{"org", other}, {"give", offer.id}, {"on", "2026-10-09"}})
               .sub;
    const auto second = says("clerk", "label.give/1", range, span(70, 79, {{"to", other}}));
    says("clerk", "label.give/1", range, {{"on", "2026-10-09"}, {"withdraws", second.id}});
    says("clerk", "batch.close/1", lot, {{"on", "2026-10-10"}, {"on_hand", 13}});
  }

  static json::object span(int first, int last, json::object more = {}) {
    more["first"] = first;
    more["last"] = last;
    more["on"] = "2026-10-08";
    return more;
  }
  /// About a subject, or a new one of that kind.
  MadeEntry says(std::string_view by, std::string_view type, const std::string& sub,
                 const json::object& data) {
    auto saying = small.people.make(type);
    saying.by(by).data(json::serialize(data));
    if (sub.find(':') == std::string::npos) {
      saying.starts(sub);
    } else {
      const auto head = decode<HeadRecord>(**small.log->state(state_key::head(sub)));
      saying.continues(sub, head->head);
    }
    return small.add(saying.sign());
  }

  tests::SmallLedger small;
  std::string lot, range, part;
};

TEST_F(LabelAudit, ReplayOfEveryWordGivesTheStateByteForByte) {
  const auto account =
      decode<LabelAccount>(**small.log->state(state_key::label_account(lot))).value();
  EXPECT_EQ(balance_of(account, 30), (LabelBalance{50, 26, 3, 3, 5, 13}));
  EXPECT_TRUE(account.closed);
  const auto folder = small.directory / "copy";
  small.mirror_to(folder);
  const auto verifier = *NoteVerifier::parse(small.log->log_vkey());
  const auto head = small.log->head();
  small.log.reset();
  EXPECT_TRUE(audit_folder(LogFolder(folder), verifier));
  const auto report = audit_store(*small.store, 0, *small.anchor->read());
  ASSERT_TRUE(report) << report.error().rule << report.error().field;
  EXPECT_EQ(report->head, head);
}

TEST_F(LabelAudit, ARowOfTheAccountThatNobodySignedIsFound) {
  small.log.reset();
  for (const auto& row : {state_key::label_account(lot), state_key::label_part(part),
                          state_key::join("runs-lost", range) + "/0"}) {
    const auto key = keys::state(0, row);
    const auto before = *small.store->get(Family::state, key);
    ASSERT_TRUE(before) << row;
    const auto write = [&](const std::string& value) {
      WriteBatch batch;
      batch.put(Family::state, key, value);
      const auto head = *small.store->get(Family::log, keys::head(0));
      ASSERT_EQ(small.store->commit(batch, head.value_or("")), Commit::done);
    };
    auto other = *before;
    const auto digit = other.find_last_of("0123456789");
    other[digit] = other[digit] == '7' ? '8' : '7';
    write(other);
    const auto report = audit_store(*small.store, 0, *small.anchor->read());
    ASSERT_FALSE(report) << row;
    EXPECT_EQ(report.error().rule, "audit.state") << row;
    write(*before);
  }
}

}  // namespace
}  // namespace nguon::ledger
