#include "server/pages/scan_page.hpp"

#include "server/api/encoded.hpp"
#include "tests/server/pages/sample_view.hpp"

#include <gtest/gtest.h>

#include <regex>

namespace nguon::server {
namespace {

/// 13 kB less what our response head takes.
constexpr std::size_t first_response_budget = 13 * 1000 - 700;

/// And what a client without gzip pays: two windows.
constexpr std::size_t plain_budget = 26 * 1000;

std::string render(const ScanView& view, Lang lang = Lang::vi) {
  return scan_page(view, sample_context(lang)).html;
}

bool says(const std::string& html, std::string_view words) {
  return html.find(words) != std::string::npos;
}

ScanView scan_with(OcopStanding standing) {
  ScanView view = sample_scan();
  view.ocop->standing = standing;
  view.ocop->ended = "2026-03-15";
  return view;
}

TEST(ScanPage, FirstScreenComesInTheOrderOfTheDesign) {
  const std::string html = render(sample_scan());
  const std::string_view order[] = {"<h1>Tem hợp lệ",
                                    "Chanh leo tím Mai Sơn</h2>",
                                    "Hợp tác xã Nông nghiệp Sương Mai</dd>",
                                    "xã Mai Sơn, tỉnh Sơn La</dd>",
                                    "17–18/11/2026</dd>",
                                    "19/11/2026</dd>",
                                    "OCOP 4 sao",
                                    "214/QĐ-UBND",
                                    "VietGAP",
                                    "0PDN-ST6-BT16-Y0S</span>",
                                    "Báo vấn đề</a>",
                                    "English</a>",
                                    "Chia sẻ</a>",
                                    "id=\"steps\"",
                                    "id=\"map\"",
                                    "id=\"changes\""};
  std::size_t at = html.find("<body>");
  for (const std::string_view words : order) {
    at = html.find(words, at);
    ASSERT_NE(at, std::string::npos) << words;
  }
}

TEST(ScanPage, WitnessesAreCountedAndTheirTimeIsTold) {
  ScanView view = sample_scan();
  EXPECT_TRUE(says(render(view), "chưa nhờ nhân chứng nào ký"));
  view.proof->witnesses = 3;
  EXPECT_TRUE(says(render(view), "0 trên 3 nhân chứng đã ký cho dòng này"));
  EXPECT_TRUE(says(render(view, Lang::en), "0 of 3 witnesses"));
  view.proof->cosigned = 2;
  view.proof->first_witness = "w<i>.example";
  view.proof->first_signed = sample_now_ms / 1000;
  EXPECT_TRUE(says(render(view), "2 trên 3 nhân chứng độc lập đã ký"));
  EXPECT_TRUE(says(render(view), "w&lt;i&gt;.example, lúc "));
  EXPECT_FALSE(says(render(view), "đã thấy sổ có"));
  view.proof->after = 4000;
  EXPECT_TRUE(says(render(view), "đã thấy sổ có 4000 dòng"));
  // Who is asked no more has still signed.
  view.proof->witnesses = 0;
  EXPECT_TRUE(says(render(view), "2 trên 2 nhân chứng"));
}

TEST(ScanPage, EveryVerdictSpeaksInWordsIconAndColour) {
  const struct {
    Verdict verdict;
    std::string_view words, colour;
  } cases[] = {{Verdict::valid, "Tem hợp lệ", "verdict good"},
               {Verdict::not_applied, "Tem chưa kích hoạt", "verdict warn"},
               {Verdict::voided, "Tem đã huỷ", "verdict bad"},
               {Verdict::lost, "Tem đã báo mất", "verdict bad"},
               {Verdict::returned, "Tem đã trả lại, chưa dùng", "verdict bad"},
               {Verdict::recalled, "Đã thu hồi, không dùng", "verdict bad"},
               {Verdict::altered, "Tem bị sửa", "verdict warn"}};
  for (const auto& expected : cases) {
    ScanView view = sample_scan();
    view.verdict = expected.verdict;
    const Page page = scan_page(view, sample_context());
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(says(page.html, "<h1>" + std::string(expected.words) + "</h1>")) << expected.words;
    EXPECT_TRUE(says(page.html, expected.colour)) << expected.words;
    EXPECT_TRUE(std::regex_search(page.html, std::regex("verdict \\w+\"><div class=\"bar\"><svg")));
  }
}

TEST(ScanPage, StarsAreDrawnOnceEachAndOnlyWhileValid) {
  for (int stars = 3; stars <= 5; ++stars) {
    ScanView view = sample_scan();
    view.ocop->stars = stars;
    const std::string html = render(view);
    std::size_t drawn = 0;
    for (std::size_t at = 0; (at = html.find("★", at)) != std::string::npos; ++at) ++drawn;
    EXPECT_EQ(drawn, static_cast<std::size_t>(stars));
    EXPECT_TRUE(says(html, "OCOP " + std::to_string(stars) + " sao"));
    EXPECT_TRUE(says(html, "đến hết 14/03/2028"));
    EXPECT_FALSE(says(html, "☆"));
  }
}

TEST(ScanPage, LapsedRecognitionSaysSinceWhenAndNeverHowMany) {
  const std::string html = render(scan_with(OcopStanding::lapsed));
  EXPECT_TRUE(says(html, "OCOP hết hiệu lực từ 15/03/2026"));
  EXPECT_TRUE(says(html, "Còn hiệu lực vào ngày đóng gói."));
  EXPECT_FALSE(says(html, "★"));
  EXPECT_FALSE(says(html, "4 sao"));
  EXPECT_TRUE(says(html, "<h1>Tem hợp lệ</h1>"));
}

TEST(ScanPage, WithdrawnRecognitionShowsNoStars) {
  const std::string html = render(scan_with(OcopStanding::withdrawn));
  EXPECT_TRUE(says(html, "OCOP đã bị rút từ 15/03/2026"));
  EXPECT_FALSE(says(html, "★"));
  EXPECT_FALSE(says(html, "4 sao"));
}

TEST(ScanPage, RatingsThatMayNotBeShownAreNot) {
  for (const int stars : {-1, 0, 1, 2, 6, 1000}) {
    ScanView view = sample_scan();
    view.ocop->stars = stars;
    EXPECT_FALSE(says(render(view), "★")) << stars;
  }
}

TEST(ScanPage, WhatIsInForceIsJudgedWhenItIsShown) {
  ScanView view = sample_scan();
  view.ocop->last_day = "2026-11-21";
  EXPECT_TRUE(says(render(view), "★"));
  view.ocop->last_day = "2026-11-20";
  const std::string html = render(view);
  EXPECT_FALSE(says(html, "★"));
  EXPECT_FALSE(says(html, "4 sao"));
  EXPECT_TRUE(says(html, "OCOP hết hiệu lực từ 21/11/2026"));
  EXPECT_TRUE(says(html, "Còn hiệu lực vào ngày đóng gói."));
}

TEST(ScanPage, ACertificateThatEndedSincePackingSaysBoth) {
  ScanView view = sample_scan();
  view.certificates[0].ended = "2026-11-22";
  EXPECT_FALSE(says(render(view), "VietGAP hết hiệu lực"));
  view.certificates[0].ended = "2026-11-21";
  EXPECT_TRUE(says(render(view), "VietGAP hết hiệu lực từ 21/11/2026"));
  EXPECT_TRUE(says(render(view), "Còn hiệu lực vào ngày đóng gói."));
  EXPECT_TRUE(says(render(view, Lang::en), "VietGAP not in force since 21 Nov 2026"));
}

TEST(ScanPage, OnlyABelievedLabelLendsItsGoodsMarks) {
  for (const Verdict verdict : {Verdict::voided, Verdict::lost, Verdict::returned,
                                Verdict::recalled, Verdict::altered, Verdict::not_applied}) {
    ScanView view = sample_scan();
    view.verdict = verdict;
    const std::string html = render(view);
    EXPECT_FALSE(says(html, "★"));
    EXPECT_FALSE(says(html, "class=\"mark"));
    EXPECT_TRUE(says(html, "Chanh leo tím Mai Sơn</h2>"));
  }
}

TEST(ScanPage, WhatIsOverBearsNoMarkOfConfirmation) {
  ScanView view = scan_with(OcopStanding::lapsed);
  view.certificates[0].ended = "2026-11-01";
  const std::string html = render(view);
  const std::string first = html.substr(0, html.find("id=\"steps\""));
  EXPECT_FALSE(says(first, "class=\"vouch"));
  EXPECT_TRUE(says(first, "214/QĐ-UBND · UBND tỉnh Mẫu"));
}

TEST(ScanPage, TheDecisionIsConfirmedByWhoeverEnteredIt) {
  ScanView view = sample_scan();
  const auto line = [&] {
    const std::string html = render(view);
    const std::size_t at = html.find("id=\"ocop\"");
    return html.substr(at, html.find("</div>", at) - at);
  };
  EXPECT_TRUE(says(line(), "UBND tỉnh Mẫu xác nhận</span>"));
  view.ocop->who = "Liên minh HTX Mẫu";
  EXPECT_TRUE(says(line(), "Liên minh HTX Mẫu xác nhận</span>"));
  EXPECT_TRUE(says(line(), "214/QĐ-UBND · UBND tỉnh Mẫu · đến hết 14/03/2028"));
  view.ocop->vouch = Vouch::declared;
  EXPECT_TRUE(says(line(), "HTX khai</span>"));
}

TEST(ScanPage, CorrectionsTellBeforeAndNowAndWhy) {
  ScanView view = sample_scan();
  const auto changes = [&](Lang lang) {
    const std::string html = render(view, lang);
    const std::size_t at = html.find("id=\"changes\"");
    return html.substr(at, html.find("</section>", at) - at);
  };
  EXPECT_TRUE(says(changes(Lang::vi), "Thu hoạch · khối lượng"));
  EXPECT_TRUE(says(changes(Lang::vi), "Trước: 388 kg. Nay: 338 kg."));
  EXPECT_TRUE(says(changes(Lang::vi), "Lý do: gõ nhầm."));
  EXPECT_TRUE(says(changes(Lang::en), "Before: 388 kg. Now: 338 kg."));
  view.changes[0] = {"2026-11-18", "batch.later", "zone", "", "", "moon", view.org};
  EXPECT_TRUE(says(changes(Lang::vi), "Ghi nhận khác · một mục khác"));
  EXPECT_TRUE(says(changes(Lang::vi), "lý do khác"));
  view.changes.clear();
  EXPECT_TRUE(says(changes(Lang::vi), "Chưa có điều gì"));
}

TEST(ScanPage, AProductOutsideTheDecisionHasNoOcopLine) {
  ScanView view = sample_scan();
  view.ocop.reset();
  EXPECT_FALSE(says(render(view), "id=\"ocop\""));
  EXPECT_FALSE(says(render(view), "★"));
}

TEST(ScanPage, APastBestBeforeSaysSo) {
  ScanView view = sample_scan();
  EXPECT_FALSE(says(render(view), "đã quá"));
  view.best_before = "2026-11-20";
  EXPECT_TRUE(says(render(view), "20/11/2026 (đã quá)"));
  view.best_before = "2026-11-21";
  EXPECT_FALSE(says(render(view), "đã quá"));
}

TEST(ScanPage, RecallNoticeStandsAboveTheProduct) {
  ScanView view = sample_scan();
  view.verdict = Verdict::recalled;
  view.recall = RecallNotice{"2026-11-20", view.org, "Phát hiện dư lượng thuốc vượt mức cho phép.",
                             "", "return"};
  const std::string html = render(view);
  const std::size_t notice = html.find("Phát hiện dư lượng thuốc");
  ASSERT_NE(notice, std::string::npos);
  EXPECT_LT(notice, html.find("Chanh leo tím Mai Sơn</h2>"));
  EXPECT_TRUE(says(html, "Cần làm gì"));
  EXPECT_TRUE(says(html, "Lô CL-2611 bị thu hồi từ ngày 20/11/2026."));
}

TEST(ScanPage, ALabelOnNoBatchInventsNothing) {
  ScanView view;
  view.verdict = Verdict::not_applied;
  view.serial = "0PDNST6BT16Y0S";
  view.org = "Hợp tác xã Nông nghiệp Sương Mai";
  const std::string html = render(view);
  EXPECT_TRUE(says(html, "Tem đã cấp cho Hợp tác xã Nông nghiệp Sương Mai"));
  EXPECT_FALSE(says(html, "<dl"));
  EXPECT_FALSE(says(html, "id=\"steps\""));
  EXPECT_TRUE(says(html, "0PDN-ST6-BT16-Y0S"));
}

TEST(ScanPage, ThreeKindsOfSentenceKeepTheirOwnMark) {
  const std::string html = render(sample_scan());
  EXPECT_TRUE(
      std::regex_search(html, std::regex("vouch declared\"><svg[^>]*>.{1,80}</svg>HTX khai<")));
  EXPECT_TRUE(std::regex_search(
      html, std::regex("vouch evidenced\"><svg[^>]*>.{1,80}</svg>Có bằng chứng<")));
  EXPECT_TRUE(std::regex_search(
      html, std::regex("vouch confirmed\"><svg[^>]*>.{1,80}</svg>UBND tỉnh Mẫu xác nhận<")));
}

TEST(ScanPage, EveryCertificateSaysWhoEnteredIt) {
  ScanView view = sample_scan();
  const auto line = [&](Vouch vouch, Lang lang) {
    view.certificates[0].vouch = vouch;
    view.certificates[0].who = "Trung tâm Nhập Mẫu";
    const std::string html = render(view, lang);
    const std::size_t at = html.find(R"(class="mark certificate")");
    return html.substr(at, html.find("</div>", at) - at);
  };
  EXPECT_TRUE(says(line(Vouch::declared, Lang::vi), "HTX khai</span>"));
  EXPECT_TRUE(says(line(Vouch::declared, Lang::en), "Co-op states</span>"));
  EXPECT_FALSE(says(line(Vouch::declared, Lang::vi), "Trung tâm Nhập Mẫu"));
  EXPECT_TRUE(says(line(Vouch::confirmed, Lang::vi), "Trung tâm Nhập Mẫu xác nhận</span>"));
  EXPECT_TRUE(says(line(Vouch::confirmed, Lang::en), "Trung tâm Nhập Mẫu confirms</span>"));
}

TEST(ScanPage, HostileNamesStayText) {
  ScanView view = sample_scan();
  const std::string hostile = "<script>alert(1)</script>\"' onload=x javascript:alert(2)";
  view.product = view.org = view.lot = view.pack = view.commune = view.province = hostile;
  view.crop = view.serial = view.packed = view.harvest_from = hostile;
  view.ocop->decision = view.ocop->authority = view.ocop->last_day = hostile;
  view.certificates[0] = {hostile, hostile, hostile, hostile, "", Vouch::confirmed, hostile};
  view.ocop->who = view.product_sub = view.gtin = hostile;
  view.changes = {{hostile, hostile, hostile, hostile, hostile, hostile, hostile}};
  view.recall = RecallNotice{hostile, hostile, hostile, hostile, hostile};
  Step& step = view.steps[0];
  step.vouch = Vouch::confirmed;
  step.date = step.date_to = step.type = step.name = step.who = step.place = step.quantity =
      hostile;
  view.proof->subject = hostile;
  PageContext context = sample_context();
  context.path = "/Q/" + hostile;
  context.address = "javascript:alert(3)";
  const std::string html = scan_page(view, context).html;
  EXPECT_FALSE(says(html, "<script"));
  EXPECT_FALSE(std::regex_search(html, std::regex("(href|action)=\"javascript:")));
  // With quoted values taken out, what is left of the tags is ours alone.
  const std::string bare = std::regex_replace(html, std::regex("=\"[^\"]*\""), "");
  EXPECT_FALSE(std::regex_search(bare, std::regex("<[a-z][^>]* onload=")));
}

TEST(ScanPage, AsksNothingOfAnybodyElse) {
  for (const Lang lang : {Lang::vi, Lang::en}) {
    std::string html = render(sample_scan(), lang);
    // For those who make previews; a browser never fetches it.
    html = std::regex_replace(html, std::regex("og:image\" content=\"https://TXNG.EXAMPLE/"), "");
    EXPECT_FALSE(std::regex_search(html, std::regex("(href|src|action|content)=\"(https?:)?//")));
    EXPECT_FALSE(says(html, "<script"));
    EXPECT_FALSE(says(html, "@import"));
    EXPECT_FALSE(says(html, "url("));
    EXPECT_FALSE(says(html, "@font-face"));
  }
}

TEST(ScanPage, PreviewTellsTheProductButNoSerialAndNoMaker) {
  const std::string html = render(sample_scan());
  const std::string head = html.substr(0, html.find("<style>"));
  EXPECT_TRUE(says(head, R"(og:title" content="Chanh leo tím Mai Sơn")"));
  const std::string metas = head.substr(head.find("<meta property"));
  EXPECT_FALSE(says(metas, "0PDN"));
  EXPECT_FALSE(says(metas, "Sương Mai"));
}

TEST(ScanPage, FitsTheFirstCongestionWindow) {
  ScanView longest = sample_scan();
  longest.verdict = Verdict::recalled;
  longest.recall = RecallNotice{"2026-11-20", longest.org, std::string(300, 'x'), "", "return"};
  const auto fits = [](const std::string& html) {
    EXPECT_LE(gzip(html)->size(), first_response_budget);
    EXPECT_LE(html.size(), plain_budget);
  };
  fits(render(sample_scan()));
  fits(render(sample_scan(), Lang::en));
  fits(render(longest));
  longest.map = {"22", "plot", {cell_of({211'000'000, 1'072'000'000})}};  // The longest outline.
  longest.product = longest.org = std::string(240, 'y');
  longest.steps.resize(600, longest.steps.front());
  longest.changes.resize(90, longest.changes.front());
  // Letters that no two steps share: the least that compression can win.
  for (std::size_t i = 0; i < longest.steps.size(); ++i) {
    longest.steps[i].who = std::to_string(i * 7919 % 10'007) + std::to_string(i * 104'729 % 9973);
  }
  fits(render(longest));
  EXPECT_TRUE(std::regex_search(render(longest), std::regex("Và 5\\d\\d việc nữa")));
  EXPECT_TRUE(says(render(longest), "Và 78 việc nữa"));
}

TEST(ScanPage, EnglishIsEnglishAndLinksBack) {
  const std::string html = render(sample_scan(), Lang::en);
  EXPECT_TRUE(says(html, "<html lang=\"en\">"));
  EXPECT_TRUE(says(html, "Valid label"));
  EXPECT_TRUE(says(html, "OCOP 4 stars"));
  EXPECT_TRUE(says(html, "href=\"/Q/0PDNST6BT16Y0S?lang=vi\""));
}

TEST(ScanPage, DemoDataIsMarkedAndLiveDataIsNot) {
  EXPECT_TRUE(says(render(sample_scan()), "Dữ liệu mẫu"));
  const Site live{};
  PageContext context{live, Lang::vi, "/Q/0PDNST6BT16Y0S", "", sample_now_ms};
  const std::string html = scan_page(sample_scan(), context).html;
  EXPECT_FALSE(says(html, "Dữ liệu mẫu"));
  EXPECT_FALSE(says(html, "mailto:"));
}

TEST(ScanPage, AKeptPageSaysSinceWhenItIsKnown) {
  const Page page = scan_page(sample_scan(), sample_context());
  const std::string marked = with_stale_notice(page, Lang::vi, sample_now_ms).html;
  EXPECT_TRUE(says(marked, "đã biết lúc 22:00, 21/11/2026"));
  EXPECT_LT(marked.find("role=\"alert\""), marked.find("<h1>"));
  EXPECT_EQ(marked.size() > page.html.size(), true);
}

TEST(AnimalPage, ShowsTagInGroupsAndItsStory) {
  AnimalView view;
  view.tag = "704000012345678";
  view.species = "cattle";
  view.org = "Hợp tác xã Chăn nuôi Đồi Xanh";
  view.commune = "xã Mai Sơn";
  view.province = "tỉnh Sơn La";
  view.arrived = "2026-02-03";
  view.steps = {sample_step("2026-02-03", "animal.arrive", Vouch::declared, view.org)};
  const std::string html = animal_page(view, sample_context()).html;
  EXPECT_TRUE(says(html, "704 0000 1234 5678"));
  EXPECT_TRUE(says(html, "Nhập đàn"));
  EXPECT_TRUE(says(html, "Có trong sổ đàn"));
  view.alive = false;
  EXPECT_TRUE(says(animal_page(view, sample_context()).html, "Đã ra khỏi đàn"));
}

}  // namespace
}  // namespace nguon::server
