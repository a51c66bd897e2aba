// Reports of shoppers through their routes: three taps, a code, an answer; who sees what; what goes.
#include "ledger/entry/jws.hpp"
#include "schemas/problems.hpp"
#include "server/reports/report_desk.hpp"
#include "tests/server/api/test_api.hpp"
#include "tests/server/blobs/samples.hpp"
#include "tests/support/files.hpp"

#include <boost/json/serialize.hpp>

#include <filesystem>
#include <map>
#include <set>

namespace nguon::server {
namespace {

namespace json = boost::json;

constexpr std::string_view label = "0PDNST6BT16Y0S";
constexpr std::string_view words = "Mã mở trang của hàng khác, mua ở chợ Mẫu";

class ReportsApi : public TestApi {
 protected:
  Response send(const std::string& target, const std::map<std::string, std::string>& fields,
                const std::string& address = "192.0.2.1") {
    Request request;
    request.method = Method::post;
    EXPECT_TRUE(set_target(request, target));
    request.headers.add("Content-Type", "multipart/form-data; boundary=bien");
    if (!site.empty()) request.headers.add("Sec-Fetch-Site", site);
    request.peer = address;
    for (const auto& [name, content] : fields) {
      request.body += "--bien\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" +
                      content + "\r\n";
    }
    request.body += "--bien--\r\n";
    const Routing routing = router.find(request.method, request.segments);
    if (routing.route == nullptr) return reply(routing.status, "", "");
    std::promise<Response> promise;
    auto future = promise.get_future();
    std::get<DeferredHandler>(routing.route->handler)(
        request, routing.params,
        Respond([&](Response response) { promise.set_value(std::move(response)); }));
    return future.get();
  }
  /// The seal of the form at `target`, filled in by somebody who took his time.
  std::string seal_at(const std::string& target) {
    const Response page = get(target);
    const std::string_view html = page.body_view();
    constexpr std::string_view before = "name=\"seal\" value=\"";
    const auto at = html.find(before);
    if (at == std::string_view::npos) return {};
    const auto from = at + before.size();
    small.clock.now += 10'000;
    return std::string(html.substr(from, html.find('"', from) - from));
  }
  std::map<std::string, std::string> filled(const std::string& text = {}) {
    return {{"kind", "label"}, {"seal", seal_at("/R/0PDNST6BT16Y0S?k=label")}, {"text", text}};
  }
  /// The reply code of a report that was taken.
  std::string reported(const std::map<std::string, std::string>& fields,
                       const std::string& address = "192.0.2.1") {
    const Response response = send("/R/0PDNST6BT16Y0S", fields, address);
    EXPECT_EQ(response.status, 303) << response.body_view();
    const std::string to = header(response, "Location");
    return to.substr(to.rfind('/') + 1);
  }
  Response step(std::string_view by, const std::string& code, std::string_view state,
                json::object more = {}) {
    json::object said{{"aud", small.log->deployment_id()},
                      {"report", code},
                      {"state", state},
                      {"at", 1'790'000'000 + asked++}};
    for (const auto& [name, value] : more) said[name] = value;
    return ask(Method::post, "/api/office/reports/answers",
               ledger::make_jws(small.people.key(by), report_answer_typ, json::serialize(said)),
               "application/jwt");
  }
  json::array queue_of(std::string_view by) {
    enter(by);
    return body(get("/api/office/reports")).at("reports").as_array();
  }
  static std::string rule(const Response& response) {
    return std::string(body(response).at("rule").as_string());
  }
  static bool says(const Response& response, std::string_view text) {
    return response.body_view().find(text) != std::string_view::npos;
  }
  std::string file(const std::string& name) { return tests::read_file(notes + "/" + name); }

  std::string site;
  int asked = 0;
};

TEST_F(ReportsApi, ThreeTapsACodeAndAnAnswer) {
  // One: the button on the label's page leads here.
  const Response kinds = get("/R/0pdn-st6-bt16-y0s");
  EXPECT_EQ(kinds.status, 200);
  EXPECT_TRUE(says(kinds, "0PDN-ST6-BT16-Y0S"));
  for (const char* kind : {"opens_wrong", "label", "differs", "spoiled", "other"}) {
    EXPECT_TRUE(says(kinds, "name=\"k\" value=\"" + std::string(kind) + "\"")) << kind;
  }
  EXPECT_FALSE(says(kinds, "<script"));
  // Two: what is wrong. Three: send.
  auto fields = filled(std::string(words));
  fields["photo"] = tests::jpeg_of(tests::drawn(1600, 1200));
  const std::string code = reported(fields);
  EXPECT_EQ(read_report_code(code), code);

  const Response status = get("/R/status/" + code);
  EXPECT_EQ(status.status, 200);
  EXPECT_EQ(status.cache_control, "no-store");
  EXPECT_TRUE(says(status, shown_report_code(code)));
  EXPECT_TRUE(says(status, "Đã nhận, chưa có người xem"));
  EXPECT_TRUE(says(status, "28/09/2026")) << "five working days after Monday 21 September";
  EXPECT_FALSE(says(status, words)) << "whoever has the code sees how it stands, not what was sent";
  EXPECT_TRUE(says(get("/R/status/" + code + "?lang=en"), "Received, nobody has looked yet"));

  // Without a label of anybody's it is the authority's and the registrar's.
  EXPECT_EQ(queue_of("clerk").size(), 0U);
  const json::array queue = queue_of("registrar");
  ASSERT_EQ(queue.size(), 1U);
  const json::object& one = queue.at(0).as_object();
  EXPECT_EQ(one.at("text").as_string(), words);
  EXPECT_EQ(one.at("serial").as_string(), "0PDN-ST6-BT16-Y0S");
  EXPECT_TRUE(one.at("photo").as_bool());
  const Response photo = get("/api/office/reports/" + code + "/photo");
  EXPECT_EQ(photo.status, 200);
  EXPECT_EQ(photo.content_type, "image/jpeg");

  EXPECT_EQ(step("registrar", code, "seen").status, 200);
  EXPECT_TRUE(says(get("/R/status/" + code), "Đã có người xem"));
  const Response answered =
      step("registrar", code, "answered", {{"answer", "copied"}, {"text", "Cảm ơn bạn."}});
  EXPECT_EQ(answered.status, 200) << answered.body_view();
  const Response told = get("/R/status/" + code);
  EXPECT_TRUE(says(told, "tem đã bị chép"));
  EXPECT_TRUE(says(told, "Cảm ơn bạn."));
  EXPECT_EQ(rule(step("registrar", code, "answered", {{"answer", "genuine"}})), "report.closed");
}

TEST_F(ReportsApi, TheQueueIsReadAPageAtATime) {
  std::set<std::string> codes;
  for (int at = 0; at < 3; ++at) codes.insert(reported(filled()));
  step("registrar", *codes.begin(), "answered", {{"answer", "unclear"}});
  enter("registrar");
  const auto first = body(get("/api/office/reports?limit=2"));
  EXPECT_EQ(first.at("total").as_int64(), 3);
  EXPECT_EQ(first.at("open").as_int64(), 2);
  EXPECT_EQ(first.at("next").as_int64(), 2);
  ASSERT_EQ(first.at("reports").as_array().size(), 2U);
  const auto second = body(get("/api/office/reports?from=2&limit=2"));
  ASSERT_EQ(second.at("reports").as_array().size(), 1U);
  EXPECT_EQ(second.at("reports").at(0).at("report").as_string(), *codes.begin());
  EXPECT_FALSE(second.contains("next"));
  EXPECT_EQ(body(get("/api/office/reports?from=9")).at("reports").as_array().size(), 0U);
  EXPECT_EQ(body(get("/api/office/reports")).at("reports").as_array().size(), 3U);
  for (const auto* query : {"limit=0", "limit=101", "from=-1"}) {
    EXPECT_EQ(get("/api/office/reports?" + std::string(query)).status, 400) << query;
  }
}

TEST_F(ReportsApi, IsOnTheDiskBeforeTheCodeIsShownAndOutlivesARestart) {
  auto fields = filled(std::string(words));
  fields["photo"] = tests::jpeg_of(tests::drawn(160, 120));
  const std::string code = reported(fields);
  EXPECT_NE(file("reports.notebook").find(code), std::string::npos);
  step("registrar", code, "answered", {{"answer", "checked"}});
  const auto again = ReportDesk::open(notes, *small.log, small.clock);
  ASSERT_TRUE(again) << again.error().rule;
  const auto status = (*again)->find(code);
  ASSERT_TRUE(status);
  EXPECT_EQ(status->answer, ReportAnswer::checked);
  EXPECT_TRUE(status->holds);
}

TEST_F(ReportsApi, AFormSentTwiceIsOneReport) {
  const auto fields = filled();
  EXPECT_EQ(reported(fields), reported(fields));
  EXPECT_EQ(queue_of("registrar").size(), 1U);
}

TEST_F(ReportsApi, WhatIsWrongWithAFormIsSaidAndNothingIsKept) {
  const auto refused = [&](std::map<std::string, std::string> fields, std::string_view why) {
    const Response response = send("/R/0PDNST6BT16Y0S", fields);
    EXPECT_EQ(response.status, 400) << why;
    const auto* problem = schemas::find_problem(why);
    ASSERT_NE(problem, nullptr) << why;
    EXPECT_TRUE(says(response, problem->vi)) << why << response.body_view();
  };
  auto fields = filled("chữ đã gõ");
  auto wrong = fields;
  wrong["seal"] = "x";
  refused(wrong, "report.stale");
  EXPECT_TRUE(says(send("/R/0PDNST6BT16Y0S", wrong), "chữ đã gõ")) << "typed once is enough";
  wrong = fields;
  wrong["web"] = "https://spam.example";
  refused(wrong, "report.form");
  wrong = fields;
  wrong["kind"] = "praise";
  refused(wrong, "report.form");
  wrong = fields;
  wrong["text"] = std::string(max_report_text + 1, 'a');
  refused(wrong, "report.text");
  wrong["text"] = "\xff\xfe";
  refused(wrong, "report.text");
  wrong = fields;
  wrong["photo"] = "GIF89a";
  refused(wrong, "report.photo");
  const auto fresh = get("/R/0PDNST6BT16Y0S?k=label");
  const std::string_view html = fresh.body_view();
  const auto at = html.find("name=\"seal\" value=\"") + 19;
  wrong = fields;
  wrong["seal"] = std::string(html.substr(at, html.find('"', at) - at));
  refused(wrong, "report.too-soon");
  site = "cross-site";
  refused(fields, "report.form");
  site.clear();
  EXPECT_EQ(send("/R/0PDNST6BT16Y0X", fields).status, 400) << "no serial";
  EXPECT_EQ(get("/R/0PDNST6BT16Y0X").status, 400);
  EXPECT_EQ(queue_of("registrar").size(), 0U);
  EXPECT_EQ(get("/R/status/0000000001").status, 404);
  EXPECT_EQ(get("/R/status/<b>").status, 400);
}

TEST_F(ReportsApi, AFloodIsToldToWaitAndOthersAreHeard) {
  int taken = 0;
  Response last;
  for (int i = 0; i < 8; ++i) {
    last = send("/R/0PDNST6BT16Y0S", filled());
    if (last.status == 303) ++taken;
  }
  EXPECT_EQ(taken, 5);
  EXPECT_EQ(last.status, 429);
  EXPECT_EQ(header(last, "Retry-After"), "3600");
  EXPECT_FALSE(reported(filled(), "198.51.100.1").empty());
}

TEST_F(ReportsApi, WordsAndPhotoGoWhenTheirSenderSaysSo) {
  auto fields = filled(std::string(words));
  fields["photo"] = tests::jpeg_of(tests::drawn(160, 120));
  const std::string code = reported(fields);
  const std::string other = reported(filled("lời của người khác"));
  const std::string photo = notes + "/report-" + code + ".notebook";
  EXPECT_TRUE(std::filesystem::exists(photo));
  const std::string seal = seal_at("/R/status/" + code);
  EXPECT_EQ(send("/R/status/" + other, {{"seal", seal}}).status, 303) << "not with another's seal";
  EXPECT_NE(file("reports.notebook").find("người khác"), std::string::npos);
  EXPECT_EQ(send("/R/status/" + code, {{"seal", seal}}).status, 303);
  EXPECT_FALSE(std::filesystem::exists(photo));
  EXPECT_EQ(file("reports.notebook").find(words), std::string::npos);
  EXPECT_NE(file("reports.notebook").find(code), std::string::npos) << "that it came stays";
  EXPECT_TRUE(says(get("/R/status/" + code), "không còn lời hay ảnh"));
  enter("registrar");
  EXPECT_EQ(rule(get("/api/office/reports/" + code + "/photo")), "report.unknown");
  // The office can do the same.
  EXPECT_EQ(step("registrar", other, "cleared").status, 200);
  EXPECT_EQ(file("reports.notebook").find("người khác"), std::string::npos);
}

TEST_F(ReportsApi, WordsGoAfterHalfAYearAndAllAfterTwo) {
  const std::string code = reported(filled(std::string(words)));
  small.clock.now += ReportDesk::words_kept_ms + 86'400'000;
  reported(filled());
  EXPECT_EQ(file("reports.notebook").find(words), std::string::npos);
  EXPECT_EQ(get("/R/status/" + code).status, 200);
  small.clock.now += ReportDesk::kept_ms;
  reported(filled());
  EXPECT_EQ(get("/R/status/" + code).status, 404);
}

TEST_F(ReportsApi, OnlyThoseWhomItConcernsReadAndAnswer) {
  NewReport ours;
  ours.serial = std::string(label);
  ours.org = small.coop;
  ours.text = std::string(words);
  const std::string code = report_desk->take(ours, "s").value().code;
  EXPECT_EQ(queue_of("clerk").size(), 1U);
  EXPECT_EQ(queue_of("director").size(), 1U);
  EXPECT_EQ(queue_of("registrar").size(), 1U);
  EXPECT_EQ(queue_of("member").size(), 0U);
  cookie.clear();
  EXPECT_EQ(get("/api/office/reports").status, 401);
  EXPECT_EQ(rule(step("member", code, "seen")), "report.unknown");
  EXPECT_EQ(rule(step("clerk", code, "praised")), "report.answer");
  EXPECT_EQ(rule(step("clerk", code, "answered")), "report.answer") << "one of the sentences";
  EXPECT_EQ(rule(step("clerk", code, "answered", {{"answer", "copied"}, {"more", 1}})),
            "report.answer");
  EXPECT_EQ(rule(step("clerk", "0000000000", "seen")), "report.unknown");
  EXPECT_EQ(step("clerk", code, "answered", {{"answer", "genuine"}}).status, 200);
  small.clock.now += 30LL * 86'400'000;
  report_desk->take(ours, "t").value();
  const json::array queue = queue_of("clerk");
  ASSERT_EQ(queue.size(), 2U);
  EXPECT_EQ(queue.at(0).as_object().at("state"), "received") << "what waits stands first";
  EXPECT_FALSE(queue.at(0).as_object().at("overdue").as_bool());
  small.clock.now += 30LL * 86'400'000;
  EXPECT_TRUE(queue_of("clerk").at(0).as_object().at("overdue").as_bool());
}

}  // namespace
}  // namespace nguon::server
