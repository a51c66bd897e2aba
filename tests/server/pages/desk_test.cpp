#include "server/pages/desk.hpp"

#include "server/http/target.hpp"
#include "tests/server/pages/sample_view.hpp"

#include <gtest/gtest.h>

namespace nguon::server {
namespace {

constexpr char known_serial[] = "0PDNST6BT16Y0S";
constexpr char known_tag[] = "704000012345678";

class ManualClock final : public ledger::Clock {
 public:
  std::int64_t now_ms() const override { return now; }
  std::int64_t now = sample_now_ms;
};

Request asking(std::string_view target, std::string_view accept = "text/html") {
  Request request;
  EXPECT_TRUE(set_target(request, target).has_value()) << target;
  request.headers.add("Accept", accept);
  return request;
}

std::string header(const Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return {};
}

/// A desk whose sources know one serial and one tag, count their calls and may be "down".
class Desk : public testing::Test {
 protected:
  PageSources sources() {
    PageSources made;
    made.scan = [this](const std::string& serial, const labels::ProductLink* product,
                       std::int64_t) -> ledger::Result<std::optional<ScanView>> {
      ++calls;
      if (down) return ledger::Error{ledger::Errc::unavailable, "store.io", {}, {}};
      if (serial != known_serial) return std::optional<ScanView>();
      ScanView view = sample_scan();
      if (product != nullptr) view.verdict = Verdict::altered;
      return std::optional<ScanView>(view);
    };
    made.animal = [](const std::string& tag,
                     std::int64_t) -> ledger::Result<std::optional<AnimalView>> {
      if (tag != known_tag) return std::optional<AnimalView>();
      AnimalView view;
      view.tag = tag;
      view.species = "cattle";
      return std::optional<AnimalView>(view);
    };
    made.generation = [this] { return generation; };
    made.never_issued = [](const std::string& serial, std::int64_t) { return "signed." + serial; };
    return made;
  }

  Response get(std::string_view target) { return desk.code(asking(target)); }
  static bool says(const Response& response, std::string_view words) {
    return response.body_view().find(words) != std::string_view::npos;
  }

  int calls = 0;
  bool down = false;
  std::uint64_t generation = 1;
  ManualClock clock;
  Problems problems;
  PageDesk desk{demo_site(), sources(), clock, problems, 2};
};

TEST_F(Desk, AnIssuedSerialIs200InEitherLetterCase) {
  for (const char* target : {"/Q/0PDNST6BT16Y0S", "/q/0pdn-st6-bt16-y0s", "/Q/OPDNST6BTI6YOS"}) {
    const Response response = get(target);
    EXPECT_EQ(response.status, 200) << target;
    EXPECT_TRUE(says(response, "Tem hợp lệ")) << target;
    EXPECT_EQ(response.content_type, "text/html; charset=utf-8");
    EXPECT_EQ(response.content_security_policy, page_policy());
  }
}

TEST_F(Desk, NeverIssuedIs404WithTheSignedStatement) {
  const Response response = get("/Q/00000000000000");
  EXPECT_EQ(response.status, 404);
  EXPECT_TRUE(says(response, "signed.00000000000000"));
  EXPECT_EQ(response.cache_control, "no-store");
}

TEST_F(Desk, MistypedAndMalformedAre400WithTheFieldToCorrect) {
  for (const char* target :
       {"/Q/0PDNST6BT16Y0X", "/Q/0PDN", "/Q/%3Cscript%3E", "/Q/0PDNST6BT16Y0S/x"}) {
    const Response response = get(target);
    EXPECT_EQ(response.status, 400) << target;
    EXPECT_TRUE(says(response, "Mã chưa đúng")) << target;
    EXPECT_FALSE(says(response, "<script")) << target;
  }
  EXPECT_EQ(calls, 0);
}

TEST_F(Desk, AGtinWithAWrongCheckDigitIs400AndSaysSo) {
  const Response response = get("/01/09521234543210/21/0PDNST6BT16Y0S");
  EXPECT_EQ(response.status, 400);
  EXPECT_TRUE(says(response, "Tem bị sửa hoặc in hỏng"));
}

TEST_F(Desk, AGoodDigitalLinkReachesTheSourceWithItsGtinAndLot) {
  const Response response = get("/01/09521234543213/10/L-2026A/21/0PDNST6BT16Y0S");
  EXPECT_EQ(response.status, 200);
  EXPECT_TRUE(says(response, "Tem bị sửa"));
  EXPECT_TRUE(says(response, "/01/09521234543213/10/L-2026A/21/0PDNST6BT16Y0S?lang=en"));
}

TEST_F(Desk, ReservedCodesAreNotInUseYet) {
  for (const char* target : {"/N/ABCD", "/e/ABCD1234", "/C/ABCD", "/N/!"}) {
    const Response response = get(target);
    EXPECT_EQ(response.status, 404) << target;
    EXPECT_TRUE(says(response, "Chưa dùng loại mã này")) << target;
  }
}

TEST_F(Desk, AnimalsAnswerUnderTheirTag) {
  EXPECT_EQ(get("/T/704000012345678").status, 200);
  EXPECT_EQ(get("/T/704000012345679").status, 404);
  EXPECT_EQ(get("/T/70400001234567").status, 400);
}

TEST_F(Desk, AnUnchangedPageIsRenderedOnceAndShared) {
  const Response first = get("/Q/0PDNST6BT16Y0S");
  const Response second = get("/q/0pdnst6bt16y0s");
  EXPECT_EQ(calls, 1);
  EXPECT_EQ(first.body_view().data(), second.body_view().data());
}

TEST_F(Desk, ANewEntryANewDayAndAnotherLanguageRenderAgain) {
  get("/Q/0PDNST6BT16Y0S");
  ++generation;
  get("/Q/0PDNST6BT16Y0S");
  EXPECT_EQ(calls, 2);
  clock.now += 86'400'000;
  get("/Q/0PDNST6BT16Y0S");
  EXPECT_EQ(calls, 3);
  EXPECT_TRUE(says(get("/Q/0PDNST6BT16Y0S?lang=en"), "Valid label"));
  EXPECT_EQ(calls, 4);
}

TEST_F(Desk, StoreDownShowsTheLastKnownPageWithItsTime) {
  get("/Q/0PDNST6BT16Y0S");
  down = true;
  ++generation;
  clock.now += 3'600'000;
  const Response response = get("/Q/0PDNST6BT16Y0S");
  EXPECT_EQ(response.status, 200);
  EXPECT_TRUE(says(response, "đã biết lúc 22:00, 21/11/2026"));
  down = false;
  EXPECT_FALSE(says(get("/Q/0PDNST6BT16Y0S"), "đã biết lúc"));
}

TEST_F(Desk, StoreDownAndNothingKnownIs503WithRetryAfter) {
  down = true;
  const Response response = get("/Q/0PDNST6BT16Y0S");
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(header(response, "Retry-After"), "60");
  EXPECT_TRUE(says(response, "Tạm thời chưa tra được"));
}

TEST_F(Desk, TypedCodesLeadToTheirPage) {
  EXPECT_EQ(header(desk.look_up(asking("/tra?s=0pdn+st6+bt16+y0s")), "Location"),
            "/Q/0PDNST6BT16Y0S");
  EXPECT_EQ(header(desk.look_up(asking("/tra?s=704+0000+1234+5678&lang=en")), "Location"),
            "/T/704000012345678?lang=en");
  EXPECT_EQ(desk.look_up(asking("/tra?s=0PDNST6BT16Y0S")).status, 303);
  EXPECT_EQ(desk.look_up(asking("/tra?s=%0d%0aSet-Cookie:x")).status, 400);
  EXPECT_EQ(desk.look_up(asking("/tra")).status, 400);
}

TEST_F(Desk, RefusalsArePagesForPeopleAndProblemsForPrograms) {
  const ledger::Error error{ledger::Errc::not_found, "http.not-found", {}, {}};
  EXPECT_TRUE(says(desk.refuse(asking("/x"), 404, error), "Không có trang này"));
  const Response machine = desk.refuse(asking("/x", "application/json"), 404, error);
  EXPECT_EQ(machine.content_type, "application/problem+json");
  EXPECT_EQ(desk.refuse(asking("/x"), 405, error).content_type, "application/problem+json");
}

TEST_F(Desk, ProblemsAreExplainedInBothLanguages) {
  EXPECT_EQ(desk.problem(asking("/problems/entry.aud"), "entry.aud").status, 200);
  EXPECT_EQ(desk.problem(asking("/problems/x?lang=en"), "x").status, 404);
}

TEST_F(Desk, NoPageSetsACookie) {
  for (const char* target :
       {"/Q/0PDNST6BT16Y0S", "/Q/00000000000000", "/Q/x", "/T/704000012345678"}) {
    EXPECT_EQ(header(get(target), "Set-Cookie"), "");
  }
}

TEST(PageCache, ForgetsWhatWasUsedLongestAgo) {
  PageCache cache(2);
  const auto page = std::make_shared<const KeptPage>();
  cache.keep("a", page);
  cache.keep("b", page);
  EXPECT_NE(cache.find("a"), nullptr);
  cache.keep("c", page);
  EXPECT_EQ(cache.find("b"), nullptr);
  EXPECT_NE(cache.find("a"), nullptr);
  EXPECT_NE(cache.find("c"), nullptr);
  const auto newer = std::make_shared<const KeptPage>();
  cache.keep("a", newer);
  EXPECT_EQ(cache.find("a"), newer);
}

}  // namespace
}  // namespace nguon::server
