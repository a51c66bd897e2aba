#include "server/office/label_lists.hpp"
#include "tests/server/office/labels_api.hpp"

#include <boost/json/serialize.hpp>

#include <map>

namespace nguon::server {
namespace {

namespace json = boost::json;

TEST_F(LabelsApi, TheAccountIsToldByRangeBatchAndReport) {
  go_on("label.print/1", range, for_lot(span(0, 9)));
  go_on("label.print/1", range,
        span(0, 0, {{"reprint", {{"reason", "jam"}, {"destroyed", true}}}}));
  auto applied = for_lot(span(0, 5));
  applied.erase("on");
  go_on("label.apply/1", range, applied);
  const auto lost = go_on("label.lose/1", range, span(6, 6, {{"reason", "missing"}}));
  go_on("label.void/2", range, span(7, 8, {{"reason", "misprinted"}}));
  go_on("label.return/1", range, span(40, 49, {{"reason", "unused"}}));
  EXPECT_EQ(get("/api/office/labels").status, 401);
  enter("clerk");
  const auto response = get("/api/office/labels");
  ASSERT_EQ(response.status, 200);
  EXPECT_EQ(response.cache_control, "no-store");
  const auto told = body(response);
  ASSERT_EQ(told.at("ranges").as_array().size(), 1U);
  const auto& row = told.at("ranges").at(0);
  for (const auto& [name, count] : std::map<std::string, int>{{"allocated", 30},
                                                              {"printed", 1},
                                                              {"on_goods", 6},
                                                              {"lost", 1},
                                                              {"void", 2},
                                                              {"returned", 10},
                                                              {"given", 0},
                                                              {"offered", 0},
                                                              {"reprinted", 1}}) {
    EXPECT_EQ(row.at(name).as_int64(), count) << name;
  }
  const auto& sums = told.at("batches").at(0);
  EXPECT_EQ(sums.at("batch").as_string(), lot);
  EXPECT_EQ(sums.at("allowed").as_int64(), 10);
  EXPECT_EQ(sums.at("balance").at("vi").as_string(),
            "In 10 = dán 6 + hủy 2 + mất 1 + trả 0 + trên tay 1.");
  EXPECT_EQ(sums.at("allowance").at("en").as_string(),
            "Net of the batch 10 kg × 102 ÷ (pack 1 kg × 100) = 10 labels, 0 more approved: 10 "
            "allowed.");
  const auto& reports = told.at("reports").as_array();
  ASSERT_EQ(reports.size(), 4U);  // newest first
  EXPECT_EQ(reports[0].at("what").as_string(), "returned");
  EXPECT_EQ(reports[1].at("what").as_string(), "void");
  EXPECT_EQ(reports[2].at("entry").as_string(), lost);
  EXPECT_EQ(reports[2].at("reason").as_string(), "missing");
  EXPECT_EQ(reports[3].at("what").as_string(), "reprinted");
  EXPECT_FALSE(told.at("cut").as_bool());
}

TEST_F(LabelsApi, RefusalsOfLabelsSayEveryNumberInBothLanguages) {
  const auto response = put(made("label.print/1", range, for_lot(span(0, 10))));
  ASSERT_EQ(response.status, 422);
  const auto problem = body(response);
  EXPECT_EQ(problem.at("rule").as_string(), "label.allowance");
  EXPECT_EQ(problem.at("vi").as_string(),
            "Số tem vượt định mức của lô. Khối lượng lô 10 kg × 102 ÷ (gói 1 kg × 100) = 10 tem, "
            "duyệt thêm 0: được 10 tem. Đã dán 0, đã in chờ dán 0, lần này 11: thành 11 tem, vượt "
            "1.");
  EXPECT_EQ(problem.at("en").as_string(),
            "More labels than the batch's allowance. Net of the batch 10 kg × 102 ÷ (pack 1 kg × "
            "100) = 10 labels, 0 more approved: 10 allowed. 0 on goods, 0 printed and waiting, 11 "
            "now: 11, which is 1 too many.");
}

TEST_F(LabelsApi, SheetsHoldTheSameRowsAndStrangersGetNone) {
  go_on("label.lose/1", range, span(6, 7, {{"reason", "in_transit"}}));
  enter("clerk");
  const auto sheet = get("/api/office/labels/reports.csv");
  ASSERT_EQ(sheet.status, 200);
  EXPECT_NE(sheet.body_view().find("Dải tem,Từ tem,Đến tem,Số tem,Việc,Lý do,Ngày,Bản ghi\r\n" +
                                   range + ",6,7,2,báo mất,mất khi vận chuyển,2026-10-08,"),
            std::string_view::npos);
  for (const auto* file : {"ranges.csv", "batches.csv"}) {
    EXPECT_EQ(get(std::string("/api/office/labels/") + file).status, 200) << file;
  }
  for (const auto* file : {"ranges", "ranges.xlsx", "people.csv", ".csv"}) {
    EXPECT_EQ(get(std::string("/api/office/labels/") + file).status, 404) << file;
  }
  const auto other = start("registrar", "org.create/1", "org",
                           {{"name", "HTX bên cạnh"}, {"kind", "cooperative"}});
  EXPECT_EQ(get("/api/office/labels?org=" + other).status, 403);
  small.enrol("registrar", "neighbour", "clerk", other);
  enter("neighbour");
  EXPECT_EQ(body(get("/api/office/labels")).at("ranges").as_array().size(), 0U);
  EXPECT_EQ(get("/api/office/labels?org=" + small.coop).status, 403);
}

TEST(LabelWords, EveryReasonThatSchemasKnowHasAWord) {
  const auto schemas = json::parse(schemas::Bundle::built_in_text()).at("schemas");
  std::size_t reasons = 0;
  for (const auto* type : {"label.void/1", "label.void/2", "label.lose/1", "label.return/1"}) {
    for (const auto& reason : schemas.at(type).at_pointer("/properties/reason/enum").as_array()) {
      EXPECT_NE(label_word(reason.as_string()), reason.as_string());
      ++reasons;
    }
  }
  for (const auto& reason : schemas.at("label.print/1")
                                .at_pointer("/properties/reprint/properties/reason/enum")
                                .as_array()) {
    EXPECT_NE(label_word(reason.as_string()), reason.as_string());
    ++reasons;
  }
  EXPECT_EQ(reasons, 5U + 8U + 4U + 4U + 6U);
}

/// A pack that nobody printed for yet is what the office is looking for.
TEST_F(LabelsApi, PacksStandThereBeforeAnyLabelAndApprovalsUntilTheyServed) {
  enter("clerk");
  EXPECT_EQ(body(get("/api/office/labels")).at("batches").as_array().size(), 0U);
  ledger::MadeEntry ticket;
  ticket.sub = lot;
  ticket.id = heads[lot];
  const auto packed = small.add(small.people.make("batch.pack/1")
                                    .by("clerk")
                                    .starts("batch")
                                    .from(ticket, "9.5")
                                    .data(json::serialize(json::object{
                                        {"product", small.product},
                                        {"on", "2026-10-06"},
                                        {"lot", "CL-7"},
                                        {"qty", {{"amount", "9.5"}, {"unit", "kg"}}},
                                        {"pack", {{"amount", "500"}, {"unit", "g"}}},
                                        {"count", 19}}))
                                    .sign());
  const auto told = body(get("/api/office/labels"));
  ASSERT_EQ(told.at("batches").as_array().size(), 1U);
  const auto& row = told.at("batches").at(0);
  EXPECT_EQ(row.at("batch").as_string(), packed.sub);
  EXPECT_EQ(row.at("lot").as_string(), "CL-7");
  EXPECT_EQ(row.at("on").as_string(), "2026-10-06");
  EXPECT_EQ(row.at("allowed").as_int64(), 19);
  EXPECT_EQ(row.at("count").as_int64(), 19);
  EXPECT_TRUE(row.at("own").as_bool());
  EXPECT_EQ(row.at("pack").at("amount").as_string(), "0.5");
  EXPECT_EQ(row.at("pack").at("unit").as_string(), "kg");
  EXPECT_EQ(row.at("net").at("amount").as_string(), "9.5");
  EXPECT_EQ(row.as_object().if_contains("approvals"), nullptr);
  const auto& open = told.at("ranges").at(0).at("open");
  EXPECT_EQ(json::serialize(open), R"([{"first":0,"last":49,"state":"allocated"}])");

  const auto more = small.add(small.people.make("label.request/1")
                                  .by("director")
                                  .starts("request")
                                  .data(json::serialize(json::object{
                                      {"batch", packed.sub}, {"extra", 3}, {"reason", "misprints"}}))
                                  .sign());
  const auto approvals = [&] {
    const auto rows = body(get("/api/office/labels")).at("batches").as_array();
    const auto* found = rows.at(0).as_object().if_contains("approvals");
    return found == nullptr ? json::array() : found->as_array();
  };
  ASSERT_EQ(approvals().size(), 1U);
  EXPECT_EQ(approvals()[0].at("entry").as_string(), more.id);
  EXPECT_EQ(approvals()[0].at("extra").as_int64(), 3);
  go_on("label.print/1", range,
        span(0, 21, {{"batch", packed.sub},
                     {"pack", {{"amount", "0.5"}, {"unit", "kg"}}},
                     {"approval", more.id}}));
  EXPECT_TRUE(approvals().empty());
}

TEST_F(LabelsApi, OneListIsSearchedAndPaged) {
  go_on("label.lose/1", range, span(6, 7, {{"reason", "in_transit"}}));
  for (int at = 10; at < 13; ++at) {
    go_on("label.void/2", range, span(at, at, {{"reason", "misprinted"}}));
  }
  enter("clerk");
  const auto ask = [&](const std::string& query) {
    return body(get("/api/office/labels?list=reports" + query));
  };
  EXPECT_EQ(ask("").at("total").as_int64(), 4);
  const auto first = ask("&limit=3");
  EXPECT_EQ(first.at("rows").as_array().size(), 3U);
  EXPECT_EQ(first.at("next").as_int64(), 3);
  EXPECT_FALSE(first.contains("ranges"));
  const auto second = ask("&limit=3&from=3");
  EXPECT_EQ(second.at("rows").at(0).at("what").as_string(), "lost");
  EXPECT_FALSE(second.contains("next"));
  EXPECT_EQ(ask("&q=in+sai").at("total").as_int64(), 3);
  EXPECT_EQ(ask("&q=van%20chuyen").at("total").as_int64(), 1);
  EXPECT_EQ(ask("&q=chuyen%20mat%20xoai").at("total").as_int64(), 0);
  for (const auto* query : {"&limit=0", "&limit=201", "&from=-1", "&from=1x"}) {
    EXPECT_EQ(get("/api/office/labels?list=reports" + std::string(query)).status, 400) << query;
  }
  EXPECT_EQ(get("/api/office/labels?list=people").status, 400);
}

TEST_F(LabelsApi, ARangeIsReadRunByRunAPageAtATime) {
  for (int at = 0; at < 48; at += 2) {
    go_on("label.lose/1", range, span(at, at, {{"reason", "missing"}}));
  }
  EXPECT_EQ(get("/api/office/labels/ranges/" + range).status, 401);
  enter("clerk");
  const auto all = body(get("/api/office/labels/ranges/" + range));
  EXPECT_EQ(all.at("head").as_string(), heads[range]);
  const auto& runs = all.at("runs").as_array();
  ASSERT_EQ(runs.size(), 48U);
  EXPECT_EQ(runs[0].at("state").as_string(), "lost");
  EXPECT_EQ(runs[1].at("state").as_string(), "allocated");
  EXPECT_EQ(runs[47].at("last").as_int64(), 49);
  EXPECT_EQ(all.if_contains("next"), nullptr);
  EXPECT_EQ(body(get("/api/office/labels")).at("ranges").at(0).at("open").as_array().size(), 20U);
  const auto late = body(get("/api/office/labels/ranges/" + range + "?from=45"));
  EXPECT_EQ(late.at("runs").at(0).at("first").as_int64(), 45);
  EXPECT_EQ(get("/api/office/labels/ranges/" + range + "?from=-1").status, 400);
  EXPECT_EQ(get("/api/office/labels/ranges/" + small.coop).status, 404);
  const auto other = start("registrar", "org.create/1", "org",
                           {{"name", "HTX bên cạnh"}, {"kind", "cooperative"}});
  small.enrol("registrar", "neighbour", "clerk", other);
  enter("neighbour");
  EXPECT_EQ(get("/api/office/labels/ranges/" + range).status, 403);
}

TEST_F(LabelsApi, APartInOtherHandsIsItsTakersAlone) {
  const auto other = start("registrar", "org.create/1", "org",
                           {{"name", "HTX bên cạnh"}, {"kind", "cooperative"}});
  small.enrol("registrar", "neighbour", "clerk", other);
  const auto offer = go_on("label.give/1", range, span(10, 19, {{"to", other}}));
  enter("clerk");
  EXPECT_EQ(body(get("/api/office/labels")).at("ranges").at(0).at("offered").as_int64(), 10);
  EXPECT_EQ(body(get("/api/office/labels")).at("offers").as_array().size(), 0U);
  enter("neighbour");
  const auto waiting = body(get("/api/office/labels")).at("offers").as_array();
  ASSERT_EQ(waiting.size(), 1U);
  EXPECT_EQ(waiting[0].at("give").as_string(), offer);
  EXPECT_EQ(waiting[0].at("last").as_int64(), 19);
  EXPECT_EQ(waiting[0].at("from").as_string(), small.coop);
  enter("clerk");
  const auto part = start("neighbour", "label.take/1", "range",
                          {{"org", other}, {"give", offer}, {"on", "2026-10-09"}});
  const auto ours = body(get("/api/office/labels")).at("ranges").as_array();
  ASSERT_EQ(ours.size(), 1U);
  EXPECT_EQ(ours[0].at("given").as_int64(), 10);
  EXPECT_EQ(ours[0].at("allocated").as_int64(), 40);
  enter("neighbour");
  const auto theirs = body(get("/api/office/labels")).at("ranges").as_array();
  ASSERT_EQ(theirs.size(), 1U);
  EXPECT_EQ(theirs[0].at("range").as_string(), part);
  EXPECT_EQ(theirs[0].at("from").as_string(), range);
  EXPECT_EQ(theirs[0].at("allocated").as_int64(), 10);
}

}  // namespace
}  // namespace nguon::server
