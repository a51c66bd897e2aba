#include "ledger/monitor/watch.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/log/leaf.hpp"
#include "ledger/log/subject_page.hpp"
#include "tests/support/files.hpp"
#include "tests/support/paper_log.hpp"

#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace nguon::ledger {
namespace {

using testing::HasSubstr;

constexpr const char* watched_url = "https://so.example/log/0";
const std::string api_url = "https://so.example/api/subjects/";

/// A batch with a ticket a minute, a service that lies when told to, and who watches it.
class WatchTest : public testing::Test {
 protected:
  WatchTest() {
    first_ = ticket("batch", {});
    sub_ = first_.sub;
    newest_ = first_.id;
    refresh();
    options_.of = sub_;
    options_.log.url = watched_url;
    options_.log.threads = 1;
    options_.log.fetch = [this](const std::string& url) { return serve(url); };
    options_.log.pause = [this](std::chrono::milliseconds) {
      if (after_pause_) after_pause_();
    };
    options_.log.now_ms = [this] { return now_ms_; };
  }

  MadeEntry ticket(const std::string& sub, const std::string& prev) {
    auto saying = small_.people.make("batch.receive/1");
    saying.by("clerk").data(R"({"product":")" + small_.product +
                            R"(","on":"2026-09-11","qty":{"amount":"20","unit":"kg"}})");
    if (prev.empty()) {
      saying.starts(sub);
    } else {
      saying.continues(sub, prev);
    }
    return small_.add(saying.sign());
  }
  void deliver() {
    newest_ = ticket(sub_, newest_).id;
    refresh();
  }
  /// The paper shows what the log holds now.
  void refresh() { paper_ = std::make_unique<tests::PaperLog>(small_); }

  Result<std::string> serve(const std::string& url) {
    if (served_.contains(url)) return served_[url];
    if (url.starts_with(watched_url))
      return paper_->serve(url.substr(std::string(watched_url).size() + 1));
    const std::string rest = url.substr(api_url.size());
    const std::string sub = rest.substr(0, rest.find('/'));
    if (rest.ends_with("/head")) {
      const auto head = small_.log->subject_head(sub);
      return head ? Result<std::string>(head->jws)
                  : Result<std::string>(tests::PaperLog::missing());
    }
    const auto entries =
        small_.log->subject_entries(sub, std::stoul(rest.substr(rest.rfind('/') + 1)));
    return entries ? Result<std::string>(page(sub, *entries))
                   : Result<std::string>(tests::PaperLog::missing());
  }
  static std::string page(const std::string& sub, const std::vector<SubjectEntry>& entries) {
    boost::json::array list;
    for (const auto& [index, id] : entries) {
      list.push_back(boost::json::object{{"index", index}, {"id", base64url_encode(id)}});
    }
    return boost::json::serialize(
        boost::json::object{{"sub", sub}, {"first", 0}, {"entries", std::move(list)}});
  }
  HeadClaims claims() { return small_.log->subject_head(sub_)->claims; }
  void lie(const HeadClaims& said) {
    served_[api_url + sub_ + "/head"] = sign_head(small_.people.key("service"), said);
  }

  void open() {
    watch_.reset();
    auto opened = Watch::open(folder_ / "state", paper_->verifier, options_);
    ASSERT_TRUE(opened) << opened.error().rule << ' ' << opened.error().detail;
    watch_ = std::move(*opened);
  }
  std::string look() {
    const auto seen = watch_->look();
    detail_ = seen ? "" : seen.error().detail;
    if (seen) last_ = *seen;
    return seen ? "good" : seen.error().rule;
  }

  tests::SmallLedger small_;
  tests::TempDir folder_;
  MadeEntry first_;
  std::string sub_, newest_;
  std::unique_ptr<tests::PaperLog> paper_;
  WatchOptions options_;
  std::unique_ptr<Watch> watch_;
  std::map<std::string, std::string> served_;
  std::function<void()> after_pause_;
  std::int64_t now_ms_ = 1'790'000'000'000;
  WatchLook last_;
  std::string detail_;
};

TEST_F(WatchTest, AnHonestHistoryGrowsWithoutAnAlarm) {
  open();
  EXPECT_EQ(look(), "good") << detail_;
  for (int i = 0; i < 3; ++i) {
    deliver();
    EXPECT_EQ(look(), "good") << detail_;
    if (i == 1) open();
  }
  EXPECT_EQ(last_.subjects, 1U);
  EXPECT_EQ(last_.entries, 4U);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "state/log/evidence"));
}

TEST_F(WatchTest, AnOrganisationIsWatchedWithAllThatItsPeopleBegan) {
  options_.of = small_.coop;
  small_.add(small_.harvest());
  refresh();
  open();
  EXPECT_EQ(look(), "good") << detail_;
  // The co-op itself, its people, plot, product, the lot and the harvest.
  EXPECT_GE(last_.subjects, 6U);
  EXPECT_EQ(last_.checked, last_.subjects);
}

TEST_F(WatchTest, AnEntryKeptBackIsFoundAtTheFirstLook) {
  open();
  ASSERT_EQ(look(), "good");
  const HeadClaims before = claims();
  deliver();
  lie(before);  // As if the newest had never come.
  EXPECT_EQ(look(), "monitor.withheld");
  HeadClaims forged = claims();
  forged.count = before.count;
  forged.root = before.root;
  lie(forged);  // Even signed for the log as it is now.
  EXPECT_EQ(look(), "monitor.withheld");
  EXPECT_THAT(detail_, HasSubstr("it counts 1, the log holds 2"));
  served_.clear();
  EXPECT_EQ(look(), "good") << detail_;
}

TEST_F(WatchTest, WhatACacheHasForAMomentIsNoAlarm) {
  open();
  ASSERT_EQ(look(), "good");
  const HeadClaims before = claims();
  deliver();
  lie(before);
  after_pause_ = [this] { served_.clear(); };
  EXPECT_EQ(look(), "good") << detail_;
}

TEST_F(WatchTest, HeadsThatTheLogContradictsAreNamed) {
  deliver();
  open();
  ASSERT_EQ(look(), "good");
  const HeadClaims honest = claims();
  const auto rule = [&](auto change) {
    HeadClaims said = honest;
    change(said);
    lie(said);
    return look();
  };
  EXPECT_EQ(rule([](auto& said) { said.count = 3; }), "monitor.head");
  EXPECT_EQ(rule([](auto& said) { said.root = Hash{}; }), "monitor.head");
  EXPECT_EQ(rule([](auto& said) { said.log_root = Hash{}; }), "monitor.split-view");
  EXPECT_EQ(rule([](auto& said) { said.size += 5; }), "monitor.frozen");
  EXPECT_EQ(rule([](auto& said) { said.minute -= 60; }), "monitor.backwards");
  EXPECT_EQ(rule([](auto& said) { said.origin = "so.khac.example/log/0"; }), "monitor.head");
  served_[api_url + sub_ + "/head"] = "e30.e30.AAAA";
  EXPECT_EQ(look(), "monitor.head");
  EXPECT_TRUE(std::filesystem::exists(folder_ / "state/log/evidence/1790000000000-head/head.jwt"));
}

TEST_F(WatchTest, AListWithoutAnEntryOfTheLogIsNamed) {
  open();
  ASSERT_EQ(look(), "good");
  deliver();
  auto entries = small_.log->subject_entries(sub_, 0).value();
  const std::string url = api_url + sub_ + "/entries/0";
  entries.pop_back();
  served_[url] = page(sub_, entries);
  EXPECT_EQ(look(), "monitor.pages");
  entries = small_.log->subject_entries(sub_, 0).value();
  entries.push_back({1, Hash{}});
  served_[url] = page(sub_, entries);
  EXPECT_EQ(look(), "monitor.pages");
  served_[url] = "{}";
  EXPECT_EQ(look(), "monitor.pages");
}

TEST_F(WatchTest, AStatementThatIsNeverRenewedStandsStill) {
  open();
  lie(claims());
  ASSERT_EQ(look(), "good");
  now_ms_ += 29 * 60 * 1000;
  EXPECT_EQ(look(), "good");
  now_ms_ += 2 * 60 * 1000;
  EXPECT_EQ(look(), "monitor.stale");
  served_.clear();
  small_.clock.now += 31 * 60 * 1000;
  EXPECT_EQ(look(), "good") << detail_;
}

TEST_F(WatchTest, ANewEntryFromBeforeTheLastLookIsBackDatedAndToldOnce) {
  now_ms_ = small_.clock.now;
  open();
  ASSERT_EQ(look(), "good");
  small_.clock.now -= 7LL * 24 * 3600 * 1000;
  deliver();
  small_.clock.now += 7LL * 24 * 3600 * 1000;
  EXPECT_EQ(look(), "monitor.back-dated");
  EXPECT_EQ(look(), "good") << detail_;
}

TEST_F(WatchTest, AStateFolderWatchesOneThing) {
  open();
  ASSERT_EQ(look(), "good");
  watch_.reset();
  options_.of = small_.coop;
  EXPECT_EQ(Watch::open(folder_ / "state", paper_->verifier, options_).error().rule,
            "monitor.state");
  tests::write_file(folder_ / "state/watch", "nguon-watch/1\n");
  EXPECT_EQ(Watch::open(folder_ / "state", paper_->verifier, options_).error().rule,
            "monitor.state");
}

TEST(WatchRecord, HasOneSpelling) {
  const std::string sub = "batch:4T5G10XWWJJFJGGDR360E236FT";
  WatchRecord record{sub, 1'790'000'000, 12, {{sub, {5, "a.b.c"}}}};
  const std::string text = format_watch_record(record);
  EXPECT_EQ(text,
            "nguon-watch/1\nof " + sub + "\nlooked 1790000000 12\nhead " + sub + " 5 a.b.c\n");
  EXPECT_EQ(parse_watch_record(text).value(), record);
  for (const std::string& bad :
       {text + "x", text.substr(0, text.size() - 1), "x" + text,
        text + text.substr(text.find("head")),
        std::string("nguon-watch/1\nof batch:X\nlooked 1 2\n"),
        "nguon-watch/1\nof " + sub + "\nlooked 01 2\n", "nguon-watch/1\nof " + sub + "\n"}) {
    EXPECT_EQ(parse_watch_record(bad).error().rule, "monitor.state") << bad;
  }
}

}  // namespace
}  // namespace nguon::ledger
