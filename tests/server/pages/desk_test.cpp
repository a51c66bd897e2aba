#include "server/pages/desk.hpp"

#include "server/api/encoded.hpp"
#include "server/http/target.hpp"
#include "server/pages/negotiation.hpp"
#include "server/pages/product_ld.hpp"
#include "tests/server/pages/sample_view.hpp"
#include "tests/server/support/unpacked.hpp"

#include <boost/json/parse.hpp>
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
    made.preview =
        [](const std::string& sub) -> ledger::Result<std::optional<labels::PreviewText>> {
      if (sub != "product:A") return std::optional<labels::PreviewText>();
      return std::optional<labels::PreviewText>({"Xoài mẫu", "HTX mẫu", "", "", ""});
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

TEST_F(Desk, AnUnchangedPageIsRenderedOnce) {
  const Response first = get("/Q/0PDNST6BT16Y0S");
  const Response second = get("/q/0pdnst6bt16y0s");
  EXPECT_EQ(calls, 1);
  EXPECT_EQ(first.body_view(), second.body_view());
}

TEST_F(Desk, AKeptPageIsCompressedOnceForThoseWhoTakeIt) {
  const auto packed = [&] {
    Request request = asking("/Q/0PDNST6BT16Y0S");
    request.headers.add("Accept-Encoding", "gzip, br");
    return desk.code(request);
  };
  const Response plain = get("/Q/0PDNST6BT16Y0S");
  const Response first = packed();
  EXPECT_EQ(header(plain, "Content-Encoding"), "");
  EXPECT_EQ(header(first, "Content-Encoding"), "gzip");
  EXPECT_NE(header(plain, "Vary").find("Accept-Encoding"), std::string::npos);
  EXPECT_NE(header(first, "Vary").find("Accept-Encoding"), std::string::npos);
  EXPECT_EQ(unpacked(first.body_view()), plain.body_view());
  EXPECT_EQ(first.body_view(), packed().body_view());
  EXPECT_EQ(calls, 1);
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

TEST_F(Desk, ALinkPreviewIsDrawnOnceAndCarriesNoSerial) {
  const Response picture = desk.preview(asking("/preview/product%3AA"), "product:A");
  EXPECT_EQ(picture.status, 200);
  EXPECT_EQ(picture.content_type, "image/png");
  EXPECT_LE(picture.body_view().size(), 60'000U);
  Request again = asking("/preview/product%3AA");
  again.headers.add("If-None-Match", header(picture, "ETag"));
  EXPECT_EQ(desk.preview(again, "product:A").status, 304);
  EXPECT_EQ(desk.preview(asking("/preview/product%3AB"), "product:B").status, 404);
  const std::string head(get("/Q/0PDNST6BT16Y0S").body_view().substr(0, 2000));
  const std::size_t at = head.find("og:image\" content=\"");
  ASSERT_NE(at, std::string::npos);
  EXPECT_EQ(head.find("https://TXNG.EXAMPLE/preview/product%3A7Q2M"), at + 19);
}

TEST(PictureCache, TheSameWordsAreDrawnOnce) {
  PictureCache cache(1);
  const auto first = cache.draw({"A", "", "", "", ""});
  EXPECT_EQ(cache.draw({"A", "", "", "", ""}), first);
  EXPECT_NE(*cache.draw({"B", "", "", "", ""}), *first);
  EXPECT_EQ(*cache.draw({"A", "", "", "", ""}), *first);
  EXPECT_EQ(cache.draw({"\xf3\xb0\x80\x80", "", "", "", ""}), nullptr);
}

TEST_F(Desk, MachinesGetTheSameUrlAsJsonLd) {
  const std::string target = "/Q/0PDNST6BT16Y0S";
  for (const char* accept : {"application/ld+json", "text/html;q=0.5, application/ld+json"}) {
    const Response response = desk.code(asking(target, accept));
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.content_type, "application/ld+json");
    EXPECT_EQ(header(response, "Vary"), "Accept, Accept-Encoding");
    const auto told = boost::json::parse(response.body_view()).as_object();
    EXPECT_EQ(told.at("@id"), "https://TXNG.EXAMPLE/Q/0PDNST6BT16Y0S");
    EXPECT_EQ(told.at("gs1:hasBatchLotNumber"), "CL-2611");
    EXPECT_EQ(told.at("gs1:packagingDate"), "2026-11-19");
    const auto& ocop = told.at("hasCertification").as_array().at(0).as_object();
    EXPECT_EQ(ocop.at("certificationIdentification"), "214/QĐ-UBND");
    EXPECT_EQ(ocop.at("certificationRating").at("ratingValue").as_int64(), 4);
  }
  for (const char* accept : {"text/html,application/xhtml+xml,*/*;q=0.8", "*/*", "", "image/png",
                             "application/ld+json;q=0", "text/html, application/ld+json"}) {
    const Response response = desk.code(asking(target, accept));
    EXPECT_EQ(response.content_type, "text/html; charset=utf-8") << accept;
    EXPECT_EQ(header(response, "Vary"), "Accept, Accept-Encoding") << accept;
  }
  EXPECT_EQ(desk.code(asking("/Q/00000000000000", "application/ld+json")).status, 404);
}

TEST_F(Desk, MachinesAreToldNoPersonAndNoStarsThatLapsed) {
  ScanView view = sample_scan();
  view.growers = {"Lò Thị Mẫu"};
  view.ocop->last_day = "2026-11-20";
  const std::string told = product_ld(view, sample_context());
  EXPECT_EQ(told.find("Lò Thị"), std::string::npos);
  EXPECT_EQ(told.find("ratingValue"), std::string::npos);
  EXPECT_NE(told.find("CertificationInactive"), std::string::npos);
  view.verdict = Verdict::recalled;
  EXPECT_EQ(product_ld(view, sample_context()).find("hasCertification"), std::string::npos);
}

TEST(Negotiation, TheMostExactRangeDecides) {
  const auto chosen = [](std::string_view accept) {
    return preferred(accept, {"text/html", "application/ld+json"});
  };
  EXPECT_EQ(chosen("application/*"), "application/ld+json");
  EXPECT_EQ(chosen("application/*, text/html;q=0.9"), "application/ld+json");
  EXPECT_EQ(chosen("APPLICATION/LD+JSON;q=0.3, text/*;q=0.2"), "application/ld+json");
  EXPECT_EQ(chosen("application/ld+json;q=0.3, */*;q=0.4"), "text/html");
  EXPECT_EQ(chosen("application/ld+json;profile=\"x\";q=1, text/html;q=0.999"),
            "application/ld+json");
  for (const char* broken : {"", ",;,=", "application/ld+json;q=2", "application/ld+json;q=0.1234",
                             "application/ld+json;q=-1", "application"}) {
    EXPECT_EQ(chosen(broken), "text/html") << broken;
  }
}

TEST_F(Desk, NoPageSetsACookie) {
  for (const char* target :
       {"/Q/0PDNST6BT16Y0S", "/Q/00000000000000", "/Q/x", "/T/704000012345678"}) {
    EXPECT_EQ(header(get(target), "Set-Cookie"), "");
  }
}

TEST(Recent, ForgetsWhatWasUsedLongestAgo) {
  Recent<int> recent(2);
  const auto one = std::make_shared<const int>(1);
  recent.keep("a", one);
  recent.keep("b", one);
  EXPECT_NE(recent.find("a"), nullptr);
  recent.keep("c", one);
  EXPECT_EQ(recent.find("b"), nullptr);
  EXPECT_NE(recent.find("a"), nullptr);
  EXPECT_NE(recent.find("c"), nullptr);
  const auto newer = std::make_shared<const int>(2);
  recent.keep("a", newer);
  EXPECT_EQ(recent.find("a"), newer);
}

}  // namespace
}  // namespace nguon::server
