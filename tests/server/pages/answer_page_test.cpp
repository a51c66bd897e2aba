#include "server/pages/answer_page.hpp"

#include "server/pages/parts.hpp"
#include "tests/server/pages/sample_view.hpp"

#include <gtest/gtest.h>

namespace nguon::server {
namespace {

bool says(const Page& page, std::string_view words) {
  return page.html.find(words) != std::string::npos;
}

TEST(AnswerPage, NeverIssuedIsA404ThatAccusesNobody) {
  const Page page = never_issued_page(sample_context(), "0PDNST6BT16Y0S", "eyJ.e30.c2ln");
  EXPECT_EQ(page.status, 404);
  EXPECT_TRUE(says(page, "<h1>Chúng tôi không biết mã này</h1>"));
  EXPECT_TRUE(says(page, "22:00, 21/11/2026"));
  EXPECT_TRUE(says(page, "eyJ.e30.c2ln"));
  EXPECT_TRUE(says(page, "0PDN-ST6-BT16-Y0S"));
}

TEST(AnswerPage, NeverIssuedWithoutASignerShowsNoEmptyStatement) {
  EXPECT_FALSE(says(never_issued_page(sample_context(), "0PDNST6BT16Y0S", ""), "<details>"));
}

TEST(AnswerPage, MistypedShowsGroupsToCompareAndAFieldThatHoldsThem) {
  const Page page = mistyped_page(sample_context(), "0PDNST6BT16Y0X");
  EXPECT_EQ(page.status, 400);
  EXPECT_TRUE(says(page, "id=\"serial\">0PDN-ST6-BT16-Y0X<"));
  EXPECT_TRUE(says(page, "name=\"s\" value=\"0PDN-ST6-BT16-Y0X\""));
  EXPECT_TRUE(says(page, "method=\"get\""));
}

TEST(AnswerPage, MistypedShowsForeignTextEscapedAndCutBetweenCharacters) {
  std::string typed = "<b>";
  while (typed.size() < 200) typed += "ễ";
  const Page page = mistyped_page(sample_context(), typed);
  EXPECT_TRUE(says(page, "&lt;b&gt;ễ"));
  EXPECT_FALSE(says(page, "<b>ễ"));
  const std::size_t begin = page.html.find("id=\"serial\">") + 12;
  const std::string shown = page.html.substr(begin, page.html.find('<', begin) - begin);
  EXPECT_EQ((shown.size() - std::string("&lt;b&gt;").size()) % 3, 0U);
  EXPECT_LT(shown.size(), 60U);
}

TEST(AnswerPage, EveryAnswerIsAFullPageWithAWayOn) {
  const struct {
    Page page;
    int status;
    std::string_view title;
  } cases[] = {
      {home_page(sample_context()), 200, "Hàng này từ đâu?"},
      {broken_link_page(sample_context()), 400, "Tem bị sửa hoặc in hỏng"},
      {not_in_use_page(sample_context(), 'N'), 404, "Chưa dùng loại mã này"},
      {not_in_use_page(sample_context(), 'E'), 404, "Chưa dùng loại mã này"},
      {not_in_use_page(sample_context(), 'C'), 404, "Chưa dùng loại mã này"},
      {unknown_animal_page(sample_context(), "704000012345678"), 404,
       "Chúng tôi không biết thẻ tai này"},
      {malformed_tag_page(sample_context(), "70400001234567"), 400, "Mã chưa đúng"},
      {not_found_page(sample_context()), 404, "Không có trang này"},
      {unavailable_page(sample_context()), 503, "Tạm thời chưa tra được"},
  };
  for (const auto& expected : cases) {
    EXPECT_EQ(expected.page.status, expected.status);
    EXPECT_TRUE(says(expected.page, "<h1>" + std::string(expected.title) + "</h1>"));
    EXPECT_TRUE(says(expected.page, "<form action=\"/tra\" method=\"get\">"));
    EXPECT_TRUE(says(expected.page, "</html>"));
    EXPECT_TRUE(says(expected.page, "English"));
    EXPECT_LE(expected.page.html.size(), 13'000U);
  }
}

TEST(AnswerPage, AProblemIsExplainedByItsRule) {
  const Page known = problem_page(sample_context(), "entry.aud", "Bản ghi dành cho nơi khác.");
  EXPECT_EQ(known.status, 200);
  EXPECT_TRUE(says(known, "entry.aud"));
  EXPECT_TRUE(says(known, "Bản ghi dành cho nơi khác."));
  EXPECT_EQ(problem_page(sample_context(), "no.such", "").status, 404);
}

TEST(AnswerPage, EnglishFormStaysEnglish) {
  EXPECT_TRUE(says(home_page(sample_context(Lang::en)), R"(name="lang" value="en")"));
  EXPECT_FALSE(says(home_page(sample_context(Lang::vi)), R"(name="lang")"));
}

TEST(PagePolicy, AllowsOurStyleSheetAndNoScript) {
  const std::string& policy = page_policy();
  EXPECT_EQ(policy.find("default-src 'none'; style-src 'sha256-"), 0U);
  EXPECT_EQ(policy.find("unsafe"), std::string::npos);
  EXPECT_EQ(policy.find("script"), std::string::npos);
}

TEST(SerialInGroups, FollowsThePrintedLabel) {
  EXPECT_EQ(serial_in_groups("0PDNST6BT16Y0S"), "0PDN-ST6-BT16-Y0S");
  EXPECT_EQ(serial_in_groups("0PDNST6BT1"), "0PDN-ST6B-T1");
  EXPECT_EQ(serial_in_groups(""), "");
}

}  // namespace
}  // namespace nguon::server
