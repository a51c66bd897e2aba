#include "server/api/label_print.hpp"

#include "server/http/body_stream.hpp"
#include "tests/server/office/labels_api.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <future>
#include <string>
#include <vector>

namespace nguon::server {
namespace {

TEST_F(LabelsApi, FilesOfARunFollowItsSignatureForADay) {
  const auto entry = go_on("label.print/1", range, for_lot(span(5, 9)));
  const std::string run = "/api/office/labels/prints/" + entry;
  EXPECT_EQ(get(run).status, 401);
  enter("clerk");
  const auto told = body(get(run + "?layout=roll-50x30&dpi=203"));
  EXPECT_EQ(told.at("count").as_int64(), 5);
  EXPECT_EQ(told.at("batch").as_string(), lot);
  EXPECT_EQ(told.at("parts").as_int64(), 1);
  EXPECT_NEAR(told.at("module_mm").as_double(), 0.625, 0.001);
  const auto serial = [&](std::uint64_t index) { return serials.encode({0, 0, index}).value(); };
  EXPECT_EQ(told.at("serials").at("first").as_string(), serial(5));
  EXPECT_EQ(told.at("serials").at("middle").as_string(), serial(7));
  EXPECT_EQ(told.at("serials").at("last").as_string(), serial(9));
  const auto csv = get(run + "/labels.csv");
  ASSERT_EQ(csv.status, 200);
  EXPECT_EQ(csv.cache_control, "no-store");
  EXPECT_NE(csv.body_view().find("https://TEM.EXAMPLE/Q/" + serial(9)), std::string_view::npos);
  EXPECT_EQ(std::ranges::count(csv.body_view(), '\n'), 6);
  EXPECT_EQ(get(run + "/labels.csv?part=1").status, 400);
  const auto pdf = get(run + "/labels.pdf?layout=a4-65&dpi=600");
  EXPECT_TRUE(pdf.body_view().starts_with("%PDF-1."));
  for (const auto* job : {"/labels.zpl-job", "/labels.tspl-job"}) {
    EXPECT_EQ(get(run + job).status, 200) << job;
    EXPECT_EQ(get(run + job + "?layout=a4-65").status, 400) << job;
  }
  EXPECT_EQ(get(run + "/labels.exe").status, 404);
  EXPECT_EQ(get("/api/office/labels/prints/" + heads[lot]).status, 404);
  small.clock.now += print_file_ms + 1;
  enter("clerk");
  EXPECT_EQ(body(get(run + "/labels.csv")).at("rule").as_string(), "label.print-late");
  // Printed again, it is a signature of its own.
  const auto again = go_on("label.print/1", range,
                           span(6, 6, {{"reprint", {{"reason", "torn"}, {"destroyed", true}}}}));
  const auto once_more = body(get("/api/office/labels/prints/" + again));
  EXPECT_TRUE(once_more.at("again").as_bool());
  EXPECT_EQ(once_more.at("batch").as_string(), lot);
  EXPECT_EQ(get("/api/office/labels/prints/" + again + "/labels.csv").status, 200);
}

/// All of a body, as a client would get it; no piece of it is large.
std::string whole_body(const Response& response) {
  const auto stream = response.stream();
  if (!stream) return std::string(response.body_view());
  std::string out;
  for (;;) {
    std::promise<BodyStream::Piece> made;
    stream->next([&made](BodyStream::Piece piece) { made.set_value(std::move(piece)); });
    const auto piece = made.get_future().get();
    if (!piece) return "broken off";
    if (piece->empty()) return out;
    EXPECT_LE(piece->size(), 128U << 10U);
    out += *piece;
  }
}

TEST_F(LabelsApi, ALongRunIsMadeWhileItGoesOut) {
  const auto asked = small.add(small.people.make("label.request/1")
                                   .by("clerk")
                                   .starts("request")
                                   .data("{\"count\":10100}")
                                   .sign());
  const auto roll = start("service", "label.range/1", "range",
                          {{"org", small.coop},
                           {"request", asked.id},
                           {"number", 1},
                           {"count", 10100},
                           {"epoch", 0},
                           {"serial_root", asked.id}});
  const auto entry = go_on("label.print/1", roll, span(0, 10'099));
  const std::string run = "/api/office/labels/prints/" + entry;
  enter("clerk");
  EXPECT_EQ(body(get(run)).at("parts").as_int64(), 2);
  const auto serial = [&](std::uint64_t index) { return serials.encode({0, 1, index}).value(); };

  EXPECT_NE(get(run + "/labels.csv").stream(), nullptr);
  const auto rows = whole_body(get(run + "/labels.csv"));
  EXPECT_EQ(std::ranges::count(rows, '\n'), 10'101);
  EXPECT_TRUE(rows.ends_with("https://TEM.EXAMPLE/Q/" + serial(10'099) + "\r\n"));
  const auto second = whole_body(get(run + "/labels.csv?part=1"));
  EXPECT_EQ(std::ranges::count(second, '\n'), 101);
  EXPECT_TRUE(rows.ends_with(second.substr(second.find('\n') + 1)));
  const auto document = whole_body(get(run + "/labels.pdf?layout=a4-65&dpi=600&part=1"));
  EXPECT_TRUE(document.starts_with("%PDF-1."));
  EXPECT_TRUE(document.ends_with("%%EOF\n"));
  for (const auto* language : {"zpl", "tspl"}) {
    const auto job = whole_body(get(run + "/labels." + language + "-job?part=1"));
    EXPECT_TRUE(job.starts_with(std::string("nguon-print/1 ") + language + "\n"));
    EXPECT_TRUE(job.ends_with("\nE 100\n"));
  }

  // So many at once; a client that is gone makes room.
  std::vector<Response> open;
  for (int i = 0; i < most_print_files; ++i) {
    open.push_back(get(run + "/labels.csv"));
    ASSERT_EQ(open.back().status, 200) << i;
  }
  EXPECT_EQ(body(get(run + "/labels.csv")).at("rule").as_string(), "export.busy");
  open.pop_back();
  EXPECT_EQ(get(run + "/labels.csv").status, 200);
}

TEST_F(LabelsApi, OneComputerHasTheFileOfAPrintUntilAnotherTakesItOver) {
  small.enrol("director", "second", "clerk", small.coop);
  const auto entry = go_on("label.print/1", range, span(0, 4));
  const std::string run = "/api/office/labels/prints/" + entry;
  enter("clerk");
  EXPECT_TRUE(body(get(run)).at("taken").as_array().empty());
  EXPECT_EQ(get(run + "/labels.csv?part=1").status, 400);
  EXPECT_EQ(get(run + "/labels.zpl-job?layout=a4-65").status, 400);
  EXPECT_TRUE(body(get(run)).at("taken").as_array().empty()) << "what was not given was not taken";
  EXPECT_EQ(ask(Method::head, run + "/labels.csv").status, 200);
  EXPECT_TRUE(body(get(run)).at("taken").as_array().empty()) << "who looks takes nothing";
  EXPECT_EQ(get(run + "/labels.csv").status, 200);
  EXPECT_EQ(get(run + "/labels.pdf").status, 200) << "the same computer, whose file was lost";
  const auto first_at = small.clock.now.load();

  enter("second");
  small.clock.now += 60'000;
  for (const auto* file : {"/labels.csv", "/labels.pdf?over=0", "/labels.zpl-job"}) {
    const auto refused = get(run + file);
    EXPECT_EQ(refused.status, 409) << file;
    const auto told = body(refused);
    EXPECT_EQ(told.at("rule").as_string(), "label.print-taken");
    EXPECT_EQ(told.at("detail").as_string(),
              small.persons.find("clerk")->second + " " + std::to_string(first_at));
    EXPECT_FALSE(told.contains("serials"));
  }
  EXPECT_EQ(ask(Method::head, run + "/labels.csv").status, 409);
  EXPECT_EQ(ask(Method::head, run + "/labels.csv?over=1").status, 200);
  EXPECT_EQ(get(run + "/labels.csv?over=yes").status, 400);
  const auto held = body(get(run)).at("taken").at(0);
  EXPECT_EQ(held.at("person").as_string(), small.persons.find("clerk")->second);
  EXPECT_EQ(held.at("at").as_int64(), first_at);
  EXPECT_FALSE(held.at("here").as_bool());
  EXPECT_EQ(get(run + "/labels.csv?over=1").status, 200);
  EXPECT_TRUE(body(get(run)).at("taken").at(0).at("here").as_bool());
  EXPECT_EQ(get(run + "/labels.csv").status, 200) << "it is his now";

  enter("clerk");
  EXPECT_EQ(get(run + "/labels.csv").status, 409) << "and no more of who had it first";
}

TEST_F(LabelsApi, SerialsAreForThoseWhoMayPrintThem) {
  const auto entry = go_on("label.print/1", range, span(0, 4));
  const auto other = start("registrar", "org.create/1", "org",
                           {{"name", "HTX bên cạnh"}, {"kind", "cooperative"}});
  small.enrol("registrar", "neighbour", "clerk", other);
  small.enrol("clerk", "herdsman", "herdsman", small.coop);
  for (const auto* who : {"neighbour", "registrar", "member", "herdsman"}) {
    enter(who);
    EXPECT_EQ(get("/api/office/labels/prints/" + entry).status, 403) << who;
    EXPECT_EQ(get("/api/office/labels/prints/" + entry + "/labels.csv").status, 403) << who;
  }
  enter("director");
  const auto file = get("/api/office/labels/prints/" + entry + "/labels.csv");
  EXPECT_EQ(file.status, 200) << file.body_view();
}

TEST_F(LabelsApi, APreviewShowsASpecimenAndSaysWhyALayoutWillNotDo) {
  EXPECT_EQ(get("/api/office/labels/preview.svg").status, 401);
  enter("clerk");
  const auto layouts = body(get("/api/office/labels/layouts")).at("layouts").as_array();
  ASSERT_GE(layouts.size(), 6U);
  for (const auto& layout : layouts) {
    const std::string name(layout.at("name").as_string());
    const auto preview =
        get("/api/office/labels/preview.svg?dpi=600&layout=" + name + "&batch=" + lot);
    ASSERT_EQ(preview.status, 200) << name << preview.body_view();
    EXPECT_NE(preview.body_view().find("<svg"), std::string_view::npos);
    EXPECT_LT(preview.body_view().size(), 4U << 20U) << name;
    EXPECT_EQ(get("/api/office/labels/calibration.pdf?layout=" + name).status, 200) << name;
  }
  for (const auto* query : {"layout=ear-tag", "layout=none", "dpi=x", "dpi=50", "offset_x=9000"}) {
    EXPECT_EQ(get("/api/office/labels/preview.svg?" + std::string(query)).status, 400) << query;
  }
  const auto refused = body(get("/api/office/labels/preview.svg?scale_x=2000"));
  EXPECT_EQ(refused.at("rule").as_string(), "label.input");
  EXPECT_EQ(get("/api/office/labels/preview.svg?batch=batch:none").status, 404);
}

}  // namespace
}  // namespace nguon::server
