#include "server/console/pages.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/keys/sha256.hpp"
#include "server/console/frame.hpp"
#include "server/console/texts.hpp"
#include "tests/server/support/placeholders.hpp"

#include <gtest/gtest.h>

#include <string>

namespace nguon::server {
namespace {

using tests::placeholders;

TEST(ConsoleTexts, BothLanguagesSayTheSameThings) {
  const auto& vietnamese = console_texts(Lang::vi).all();
  const auto& english = console_texts(Lang::en).all();
  ASSERT_GT(vietnamese.size(), 200U);
  ASSERT_EQ(vietnamese.size(), english.size());
  for (const auto& [key, sentence] : vietnamese) {
    ASSERT_TRUE(english.count(key)) << key;
    EXPECT_EQ(placeholders(sentence), placeholders(english.at(key))) << key;
    EXPECT_FALSE(sentence.empty()) << key;
  }
}

// An unknown sentence throws, so rendering all is the test that all are there.
TEST(ConsolePages, EachIsWholeInBothLanguages) {
  for (const Lang lang : {Lang::vi, Lang::en}) {
    for (const std::string_view name : console_pages()) {
      const auto page = console_page(name, lang, true);
      ASSERT_TRUE(page) << name;
      EXPECT_NE(page->find("<html lang=\"" + std::string(tag(lang)) + '"'), std::string::npos);
      EXPECT_NE(page->find("data-page=\"" + std::string(name) + '"'), std::string::npos);
      EXPECT_NE(page->find(console_texts(lang)["site.demo"]), std::string::npos);
    }
  }
  EXPECT_FALSE(console_page("nowhere", Lang::vi, false));
}

TEST(ConsolePages, HoldNoInlineScriptAndNoStyleButTheSheet) {
  for (const std::string_view name : console_pages()) {
    const std::string page = console_page(name, Lang::vi, false).value();
    const auto sheet = page.find("<style>");
    ASSERT_NE(sheet, std::string::npos) << name;
    EXPECT_EQ(page.find("<style", sheet + 1), std::string::npos) << name;
    const auto css = page.substr(sheet + 7, page.find("</style>") - sheet - 7);
    const std::string digest(ledger::sha256(css).view());
    EXPECT_NE(console_policy(name).find("style-src 'sha256-" + ledger::base64_encode(digest) + "'"),
              std::string::npos)
        << name;
    EXPECT_EQ(page.find(" style="), std::string::npos) << name;
    std::size_t scripts = 0;
    for (std::size_t at = 0; (at = page.find("<script", at)) != std::string::npos; ++at) {
      ++scripts;
      EXPECT_NE(page.find("></script>", at), std::string::npos);
      EXPECT_NE(page.substr(at, 60).find(" src="), std::string::npos);
    }
    EXPECT_EQ(scripts, 1U) << name;
  }
}

TEST(ConsolePages, AFormAsksForWhatItsCropsAre) {
  const std::string page = console_page("products", Lang::vi, false).value();
  EXPECT_NE(page.find("<option value=\"coffee/cherry\">Quả tươi</option>"), std::string::npos);
  EXPECT_NE(page.find("<optgroup label=\"Cà phê\">"), std::string::npos);
}

TEST(ConsolePages, OneItemOfAListStandsInATemplate) {
  const std::string page = console_page("plots", Lang::vi, false).value();
  const auto list = page.find(R"(<fieldset class="list" data-name="codes" data-most="8")");
  ASSERT_NE(list, std::string::npos);
  const std::string item = page.substr(list, page.find("</fieldset>", list) - list);
  const auto begin = item.find("<template>");
  const auto end = item.find("</template>");
  ASSERT_LT(begin, end);
  for (const char* part : {"scheme", "code", "issuer", "status", "from", "until"}) {
    const auto at = item.find(" name=\"" + std::string(part) + '"');
    EXPECT_TRUE(begin < at && at < end) << part;
  }
  EXPECT_GT(item.find(R"(data-act="add")"), end);
}

}  // namespace
}  // namespace nguon::server
