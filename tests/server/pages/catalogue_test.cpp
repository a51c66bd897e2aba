#include "server/pages/catalogue.hpp"

#include "tests/server/support/placeholders.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace nguon::server {
namespace {

using tests::placeholders;

TEST(Catalogue, BothLanguagesSayTheSameThings) {
  const auto& vietnamese = catalogue(Lang::vi).all();
  const auto& english = catalogue(Lang::en).all();
  ASSERT_GT(vietnamese.size(), 100U);
  ASSERT_EQ(vietnamese.size(), english.size());
  for (const auto& [key, sentence] : vietnamese) {
    ASSERT_TRUE(english.count(key)) << key;
    EXPECT_EQ(placeholders(sentence), placeholders(english.at(key))) << key;
    EXPECT_FALSE(sentence.empty()) << key;
  }
}

TEST(Catalogue, EverySentenceIsUsed) {
  std::string sources;
  for (const char* room : {"pages", "reports", "resolver", "signals"}) {
    const std::string folder = NGUON_SOURCE_DIR "/server/" + std::string(room);
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
      if (file.path().extension() != ".cpp") continue;
      std::ostringstream text;
      text << std::ifstream(file.path()).rdbuf();
      sources += text.str();
    }
  }
  // Keys made of a prefix and a name: verdicts, step types, letters and answers.
  const auto is_used = [&](const std::string& key) {
    const std::string prefix = key.substr(0, key.rfind('.'));
    return sources.find('"' + key + '"') != std::string::npos ||
           sources.find('"' + prefix + '"') != std::string::npos ||
           sources.find('"' + prefix + ".\"") != std::string::npos || key.starts_with("step.");
  };
  for (const auto& [key, sentence] : catalogue(Lang::vi).all()) EXPECT_TRUE(is_used(key)) << key;
}

TEST(Catalogue, NeverSaysFakeNorBlockchain) {
  for (const Lang lang : {Lang::vi, Lang::en}) {
    for (const auto& [key, sentence] : catalogue(lang).all()) {
      for (const char* word : {"hàng giả", "fake", "blockchain", "100%", "/5"}) {
        EXPECT_EQ(sentence.find(word), std::string::npos) << key;
      }
    }
  }
}

TEST(Catalogue, FillReplacesNamesAndLeavesTheRest) {
  const Catalogue texts(R"({"a":"{who} ở {place}, {who}","b":"{","c":"{x}"})");
  EXPECT_EQ(texts.fill("a", {{"who", "{place}"}, {"place", "B"}}), "{place} ở B, {place}");
  EXPECT_EQ(texts.fill("b", {{"who", "A"}}), "{");
  EXPECT_EQ(texts.fill("c", {{"who", "A"}}), "{x}");
}

TEST(Catalogue, AMissingSentenceIsABug) {
  EXPECT_THROW(catalogue(Lang::vi)["no.such.key"], std::logic_error);
}

TEST(Catalogue, OnlyAnExactEnglishTagIsEnglish) {
  EXPECT_EQ(lang_of("en"), Lang::en);
  EXPECT_EQ(lang_of("EN"), Lang::vi);
  EXPECT_EQ(lang_of(""), Lang::vi);
}

TEST(Dates, AreWrittenAsEachLanguageDoes) {
  EXPECT_EQ(show_date("2026-11-04", Lang::vi), "04/11/2026");
  EXPECT_EQ(show_date("2026-11-04", Lang::en), "4 Nov 2026");
  EXPECT_EQ(show_date("2024-10", Lang::vi), "10/2024");
  EXPECT_EQ(show_date("2024-10", Lang::en), "Oct 2024");
  EXPECT_EQ(show_date("<script", Lang::vi), "<script");
  EXPECT_EQ(show_date("", Lang::vi), "");
  EXPECT_EQ(show_date("2026-13-04", Lang::en), "2026-13-04");
  EXPECT_EQ(show_date("<script>!!", Lang::vi), "<script>!!");
}

TEST(Dates, RangesSayEachPartOnce) {
  EXPECT_EQ(show_range("2026-11-17", "2026-11-18", Lang::vi), "17–18/11/2026");
  EXPECT_EQ(show_range("2026-11-17", "2026-11-18", Lang::en), "17–18 Nov 2026");
  EXPECT_EQ(show_range("2026-10-28", "2026-11-02", Lang::vi), "28/10–02/11/2026");
  EXPECT_EQ(show_range("2026-10-28", "2026-11-02", Lang::en), "28 Oct–2 Nov 2026");
  EXPECT_EQ(show_range("2025-12-30", "2026-01-02", Lang::vi), "30/12/2025–02/01/2026");
  EXPECT_EQ(show_range("2026-11-17", "2026-11-17", Lang::vi), "17/11/2026");
  EXPECT_EQ(show_range("2026-11-17", "", Lang::vi), "17/11/2026");
  EXPECT_EQ(show_range("", "", Lang::vi), "");
}

TEST(Dates, FollowVietnamsCalendarAcrossMidnight) {
  const std::int64_t last_minute = 1'795'280'399'000;  // 2026-11-21T16:59:59Z
  EXPECT_EQ(vietnam_date(last_minute), "2026-11-21");
  EXPECT_EQ(vietnam_date(last_minute + 1000), "2026-11-22");
  EXPECT_EQ(show_time(last_minute, Lang::vi), "23:59, 21/11/2026");
  EXPECT_EQ(vietnam_date(-1), "1970-01-01");
}

}  // namespace
}  // namespace nguon::server
