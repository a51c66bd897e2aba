#include "server/signals/signal_book.hpp"

#include "server/http/target.hpp"
#include "server/pages/desk.hpp"
#include "server/pages/scan_page.hpp"
#include "server/signals/note.hpp"
#include "tests/server/pages/sample_view.hpp"
#include "tests/support/small_ledger.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace nguon::server {
namespace {

constexpr std::int64_t day_ms = 86'400'000;

class Signals : public testing::Test {
 protected:
  Signals() {
    codec.add_epoch(0, labels::SerialKey{}).value();
    open();
  }
  void open(std::size_t labels = SignalBook::max_labels) {
    const auto table = ProvinceTable::parse(
        "192.0.2.0/24 01\n192.0.3.0/24 01\n198.51.100.0/24 48\n198.51.101.0/24 48\n"
        "203.0.113.0/24 79\n203.0.114.0/24 79\n");
    book = std::make_unique<SignalBook>(ledger::Telemetry(*small.store), codec, table.value(),
                                        small.clock, labels);
  }
  std::string serial(std::uint64_t index) const { return codec.encode({0, 1, index}).value(); }
  SignalView see(std::uint64_t index, std::string_view address, std::string_view agent = "a") {
    return book->count(serial(index), {address, agent});
  }
  /// Six phones in three cities.
  SignalView clone(std::uint64_t index) {
    SignalView view;
    for (const char* address : {"192.0.2.1", "192.0.3.1", "198.51.100.1", "198.51.101.1",
                                "203.0.113.1", "203.0.114.1"}) {
      view = see(index, address);
    }
    return view;
  }
  std::vector<std::pair<std::string, std::string>> rows() const {
    std::vector<std::pair<std::string, std::string>> all;
    EXPECT_TRUE(ledger::Telemetry(*small.store).scan(count_prefix, [&](auto key, auto value) {
      all.emplace_back(key, value);
      return true;
    }));
    return all;
  }

  tests::SmallLedger small;
  labels::SerialCodec codec = labels::SerialCodec::make(small.log->deployment_id()).value();
  std::unique_ptr<SignalBook> book;
};

TEST_F(Signals, CountScansAndSessionsWithoutJudgement) {
  EXPECT_EQ(see(1, "192.0.2.7").sessions, 1U);
  EXPECT_EQ(see(1, "192.0.2.99").sessions, 1U) << "the same /24 and browser";
  EXPECT_EQ(see(1, "192.0.2.7", "b").sessions, 2U);
  const SignalView view = see(1, "2001:db8::1");
  EXPECT_EQ(view.scans, 4U);
  EXPECT_EQ(view.sessions, 3U);
  EXPECT_EQ(view.alarm, Alarm::none);
  EXPECT_EQ(book->look(serial(2)).scans, 0U);
  EXPECT_EQ(book->totals().placed, 2U);
}

TEST_F(Signals, ACloneTurnsAmberAndStaysSoForAWeekThroughARestart) {
  EXPECT_EQ(clone(1).alarm, Alarm::apart);
  EXPECT_EQ(book->totals().ambers, 1U);
  ASSERT_TRUE(book->flush());
  open();
  EXPECT_EQ(book->look(serial(1)).alarm, Alarm::apart);
  small.clock.now += 7 * day_ms;
  EXPECT_EQ(book->look(serial(1)).alarm, Alarm::none);
  EXPECT_EQ(book->look(serial(1)).scans, 6U);
}

TEST_F(Signals, WithoutTableOrChoiceTheyStaySilentAndSayThatTheyKnowNoPlace) {
  book = std::make_unique<SignalBook>(ledger::Telemetry(*small.store), codec, ProvinceTable(),
                                      small.clock);
  const SignalView view = clone(1);
  EXPECT_EQ(view.alarm, Alarm::none);
  EXPECT_FALSE(view.placed);
  EXPECT_EQ(view.sessions, 6U);
}

TEST_F(Signals, TheShoppersOwnWordOutweighsTheTable) {
  see(1, "192.0.2.1");
  for (const char* address : {"10.1.1.1", "10.1.2.1", "10.1.3.1", "10.1.4.1"}) see(1, address);
  const auto say = [&](const char* address, Province where) {
    return book->count(serial(1), {address, "a", where, false, true});
  };
  say("10.1.1.1", 79);
  say("10.1.2.1", 79);
  say("10.1.3.1", 48);
  say("10.1.4.1", 48);
  EXPECT_EQ(book->look(serial(1)).alarm, Alarm::none);
  const SignalView view = see(1, "192.0.3.1");
  EXPECT_EQ(view.alarm, Alarm::apart);
  EXPECT_EQ(view.scans, 6U) << "a form on the page is no scan";
}

TEST_F(Signals, ASessionMeansNothingTheDayAfter) {
  see(1, "192.0.2.1");
  EXPECT_EQ(see(1, "192.0.2.1").sessions, 1U);
  small.clock.now += day_ms;
  EXPECT_EQ(see(1, "192.0.2.1").sessions, 2U) << "counted once a day";
  for (const char* address : {"192.0.2.1", "192.0.3.1", "198.51.100.1", "198.51.101.1"}) {
    see(2, address);
  }
  // Two minutes on, but past three in the morning in Vietnam: the evidence is gone with the salt.
  const std::int64_t hour_ms = 3'600'000;
  small.clock.now = small.clock.now / day_ms * day_ms + 19 * hour_ms + 59 * 60'000;
  for (const char* address : {"192.0.2.1", "192.0.3.1", "198.51.100.1", "198.51.101.1"}) {
    see(3, address);
  }
  small.clock.now += 2 * 60'000;
  EXPECT_EQ(see(3, "203.0.113.1").alarm, Alarm::none);
  EXPECT_EQ(see(3, "203.0.114.1").alarm, Alarm::none);
}

TEST_F(Signals, RowsHoldCountsUnderThePlaceAndNothingOfWhoeverScanned) {
  see(5, "192.0.2.1", "Mozilla/5.0 (Linux; máy của ai đó)");
  ASSERT_TRUE(book->flush());
  const auto all = rows();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].first, count_key({0, 1, 5}));
  const auto day = static_cast<std::uint32_t>((small.clock.now / 1000 + 7 * 3600) / 86'400);
  EXPECT_EQ(decode_count(all[0].second), (LabelCount{day, day, 1, 1, 0, Alarm::none}));
}

TEST_F(Signals, CountsGoOnAfterARestartAndACrashLosesWhatWasNotWritten) {
  see(1, "192.0.2.1");
  ASSERT_TRUE(book->flush());
  see(1, "192.0.2.1");
  open();  // what was not written is gone, as after a crash
  EXPECT_EQ(see(1, "192.0.2.1").scans, 2U);
  ASSERT_TRUE(book->flush());
  EXPECT_TRUE(book->flush()) << "nothing changed";
  EXPECT_EQ(decode_count(rows()[0].second)->scans, 2U);
}

TEST_F(Signals, TheLogGoesOnBesideThem) {
  for (std::uint64_t i = 0; i < 3000; ++i) see(i, "192.0.2.1");
  ASSERT_TRUE(book->flush());
  small.add(small.harvest());
  see(1, "192.0.2.1");
  ASSERT_TRUE(book->flush());
  EXPECT_EQ(rows().size(), 3000U);
  small.reopen();
}

TEST_F(Signals, MemoryIsBoundedAndWhatFindsNoRoomIsSaid) {
  open(100);
  for (std::uint64_t i = 0; i < 150; ++i) {
    see(i, "192.0.2.1");
    small.clock.now += 1000;
  }
  EXPECT_EQ(book->totals().labels, 100U);
  EXPECT_EQ(book->totals().dropped, 50U);
  ASSERT_TRUE(book->flush());
  EXPECT_EQ(book->totals().labels, 75U);
  EXPECT_EQ(see(200, "192.0.2.1").scans, 1U);
  EXPECT_EQ(see(0, "192.0.2.1").scans, 2U) << "what left memory is read again";
  for (int i = 0; i < 500; ++i) see(60, "192.0.2.1", std::to_string(i));
  const SignalView view = book->look(serial(60));
  EXPECT_EQ(view.scans, 501U);
  EXPECT_EQ(view.sessions, SignalBook::max_sightings);
}

TEST_F(Signals, RowsOfLabelsLongUnseenAreSwept) {
  see(1, "192.0.2.1");
  ASSERT_TRUE(book->flush());
  small.clock.now += std::int64_t{SignalBook::kept_days} * day_ms;
  see(2, "192.0.2.1");
  ASSERT_TRUE(book->flush());
  EXPECT_EQ(*book->sweep(), 0U);
  small.clock.now += day_ms;
  EXPECT_EQ(*book->sweep(), 1U);
  ASSERT_EQ(rows().size(), 1U);
  EXPECT_EQ(rows()[0].first, count_key({0, 1, 2}));
}

TEST_F(Signals, AreFilledIntoTheKeptPageAndInShadowAreNot) {
  bool shown = false;
  bool issued = true;
  int rendered = 0;
  PageSources sources;
  sources.scan = [&](const std::string&, const labels::ProductLink*,
                     std::int64_t) -> ledger::Result<std::optional<ScanView>> {
    ++rendered;
    return issued ? std::optional(sample_scan()) : std::nullopt;
  };
  sources.generation = [] { return std::uint64_t{1}; };
  sources.never_issued = [](const std::string&, std::int64_t) { return std::string(); };
  sources.signals = [&](const Request& request,
                        const std::string& code) -> std::optional<SignalView> {
    const SignalView view = book->count(code, {request.peer, "a"});
    return shown ? std::optional(view) : std::nullopt;
  };
  Problems problems;
  PageDesk desk(Site{}, std::move(sources), small.clock, problems);
  const auto open_page = [&](const char* address, const char* query = "") {
    Request request;
    EXPECT_TRUE(set_target(request, "/Q/" + serial(1) + query));
    request.peer = address;
    return std::string(desk.code(request).body_view());
  };
  const auto says = [](const std::string& page, std::string_view words) {
    return page.find(words) != std::string::npos;
  };
  const std::string quiet = open_page("192.0.2.1");
  EXPECT_FALSE(says(quiet, "Đã quét"));
  EXPECT_EQ(book->totals().scans, 1U) << "counted in shadow too";
  shown = true;
  EXPECT_TRUE(says(open_page("192.0.2.1"), "Đã quét 2 lần (1 lượt người) kể từ 21/09/2026."));
  for (const char* address :
       {"192.0.3.1", "198.51.100.1", "198.51.101.1", "203.0.113.1", "203.0.114.1"}) {
    open_page(address);
  }
  const std::string amber = open_page("192.0.2.1");
  EXPECT_TRUE(says(amber, "Mã này có thể đã bị chép"));
  EXPECT_TRUE(says(amber, "So số seri và hình túi với màn hình; nếu khác, báo cho chúng tôi."));
  EXPECT_TRUE(says(amber, "Tem hợp lệ")) << "the verdict stays what it was";
  EXPECT_FALSE(says(amber, "hàng giả"));
  EXPECT_EQ(rendered, 1) << "the page itself is made once";
  EXPECT_TRUE(says(open_page("192.0.2.1", "?lang=en"), "This code may have been copied"));
  issued = false;
  const auto before = book->totals().scans;
  Request unknown;
  EXPECT_TRUE(set_target(unknown, "/Q/" + serial(99)));
  EXPECT_EQ(desk.code(unknown).status, 404);
  EXPECT_EQ(book->totals().scans, before) << "only what was issued is counted";
}

}  // namespace
}  // namespace nguon::server
