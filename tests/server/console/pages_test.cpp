#include "server/console/pages.hpp"

#include "server/console/texts.hpp"
#include "server/console_embedded.hpp"
#include "tests/server/support/placeholders.hpp"

#include <gtest/gtest.h>

#include <algorithm>
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

TEST(ConsolePages, HoldNeitherInlineScriptNorStyle) {
  for (const std::string_view name : console_pages()) {
    const std::string page = console_page(name, Lang::vi, false).value();
    EXPECT_EQ(page.find("<style"), std::string::npos) << name;
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

// A browser on a slow line would otherwise find a module only when the one that imports it has been read.
TEST(ConsolePages, TheHeadNamesEachModuleThatTheFirstOneImports) {
  const std::string page = console_page("home", Lang::vi, false).value();
  const auto* const first =
      std::find_if(console_files.begin(), console_files.end(),
                   [](const auto& file) { return file.first == "console/console.mjs"; });
  ASSERT_NE(first, console_files.end());
  constexpr std::string_view from = "from\"./";
  std::size_t imports = 0;
  for (std::size_t at = 0; (at = first->second.find(from, at)) != std::string_view::npos;) {
    at += from.size();
    const std::string name(first->second.substr(at, first->second.find('"', at) - at));
    EXPECT_NE(page.find("<link rel=\"modulepreload\" href=\"/office/files/console/" + name + "\">"),
              std::string::npos)
        << name;
    ++imports;
  }
  EXPECT_GE(imports, 5U);
  for (const std::string_view module : console_first) {
    EXPECT_TRUE(std::any_of(console_files.begin(), console_files.end(),
                            [&](const auto& file) { return file.first == module; }))
        << module;
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
