// OCOP truth: whatever decisions the log holds, stars stand on a page exactly while one of them is
// in force for this product of this holder. 10,000 cases with NGUON_FULL=1, a slice of them else.
#include "ledger/apply/codec.hpp"
#include "ledger/apply/keys.hpp"
#include "ledger/apply/typed.hpp"
#include "ledger/trace/trace.hpp"
#include "server/http/target.hpp"
#include "server/pages/desk.hpp"
#include "server/pages/product_page.hpp"
#include "server/pages/product_source.hpp"
#include "server/pages/trace_view.hpp"
#include "tests/ledger/apply/memory_state.hpp"
#include "tests/server/pages/sample_view.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <regex>

namespace nguon::server {
namespace {

namespace trace = ledger::trace;
namespace key = ledger::state_key;
using namespace std::chrono;

constexpr std::int64_t day_ms = 86'400'000;
constexpr char coop[] = "org:0000000000000000000000000C";
constexpr char rival[] = "org:0000000000000000000000000R";
constexpr char province[] = "org:0000000000000000000000000P";
constexpr char mango[] = "product:000000000000000000000000M";
constexpr char mango_gtin[] = "09521234001010";
constexpr char plum[] = "product:000000000000000000000000X";
constexpr char pack[] = "batch:00000000000000000000000000";

/// This test's own calendar, by <chrono>, against the service's own.
std::string iso(sys_days when) {
  const year_month_day date{when};
  char text[40];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text;
}
sys_days after_months(sys_days from, int count) {
  const year_month_day date{from};
  const year_month target = date.year() / date.month() + months{count};
  return sys_days{target / std::min(date.day(), (target / last).day())};
}
/// First millisecond of a day in Vietnam, UTC+7.
std::int64_t midnight(sys_days when) {
  return duration_cast<milliseconds>(when.time_since_epoch() - hours{7}).count();
}

/// A source that holds one pack of one co-op and decisions.
class Goods final : public trace::Source {
 public:
  Goods() {
    ledger::OrgRecord org;
    org.status = "active";
    org.name = "HTX mẫu";
    put(key::subject(coop), org);
    org.name = "UBND tỉnh Mẫu";
    put(key::subject(province), org);
    ledger::KeyRecord chair;
    chair.org = province;
    chair.roles = {"council_chair"};
    put(key::key("chair"), chair);
    ledger::ProductRecord product;
    product.org = coop;
    product.name = "Xoài mẫu";
    put(key::subject(mango), product);
    put(key::gtin(mango_gtin), ledger::PointerRecord{mango});
  }
  void pack_on(const std::string& date) {
    ledger::BatchRecord batch;
    batch.kind = "pack";
    batch.org = batch.holder = coop;
    batch.product = mango;
    batch.dimension = "mass";
    batch.first = batch.last = date;
    put(key::subject(pack), batch);
    put(key::head(pack), ledger::HeadRecord());
  }
  void decide(const std::string& sub, ledger::OcopRecord decision) {
    for (const std::string& product : decision.products) {
      auto list = ledger::read_record<ledger::ListRecord>(*this, key::ocop_of(product)).value();
      if (!list) list.emplace();
      list->of.push_back(sub);
      put(key::ocop_of(product), *list);
    }
    put(key::subject(sub), decision);
    ledger::HeadRecord head;
    head.kid = "chair";
    put(key::head(sub), head);
  }
  template <class Record>
  void put(const std::string& at, const Record& record) {
    state_.values.insert_or_assign(at, ledger::encode(record));
  }

  ledger::Result<std::optional<std::string>> get(std::string_view at) const override {
    return state_.get(at);
  }
  ledger::Result<ledger::Leaf> leaf(std::uint64_t) const override {
    return ledger::Error{ledger::Errc::not_found, "entry.not-found", {}, {}};
  }
  ledger::Result<std::optional<ledger::Leaf>> find(std::string_view) const override {
    return std::optional<ledger::Leaf>();
  }
  ledger::Result<std::vector<std::uint64_t>> history(std::string_view, std::uint64_t,
                                                     std::size_t) const override {
    return std::vector<std::uint64_t>();
  }
  ledger::Result<std::vector<std::uint64_t>> consumers(std::string_view,
                                                       std::size_t) const override {
    return std::vector<std::uint64_t>();
  }

  ScanView view(std::int64_t now_ms) const {
    const trace::Trace reader(*this, schemas::Bundle::built_in(), now_ms);
    trace::LabelView label;
    label.status = trace::LabelView::Status::applied;
    label.org = reader.org(coop).value();
    label.batch = reader.batch(pack).value();
    return scan_view(label, {}, "0PDNST6BT16Y0S", nullptr, true, schemas::Bundle::built_in(), 9);
  }

  /// The same product under its number alone.
  ProductView product(std::int64_t now_ms) const {
    return *product_view(*this, schemas::Bundle::built_in(), mango_gtin, now_ms).value();
  }

 private:
  ledger::MemoryState state_;
};

std::size_t count(const std::string& html, std::string_view words) {
  std::size_t found = 0;
  for (std::size_t at = 0; (at = html.find(words, at)) != std::string::npos; ++at) ++found;
  return found;
}

/// Nothing that reads as a rating: drawn, hollow, in words or as a fraction.
bool rates(const std::string& html) {
  static const std::regex words("★|☆|⭐|[1-5] sao|[1-5] stars?|[1-5]/5");
  return std::regex_search(html, words);
}

struct Decided {
  ledger::OcopRecord record;
  bool in_force = false;  ///< By this test's own reckoning.
};

/// One random decision around `today`, and whether stars follow from it.
Decided random_decision(std::mt19937& random, sys_days today) {
  const auto roll = [&](int from, int to) {
    return std::uniform_int_distribution<int>(from, to)(random);
  };
  Decided made;
  ledger::OcopRecord& record = made.record;
  const bool ours = roll(0, 3) > 0;
  const bool scoped = roll(0, 3) > 0;
  record.holder = ours ? coop : rival;
  record.products = {plum};
  if (scoped) record.products.push_back(mango);
  record.stars = roll(3, 5);
  record.number = std::to_string(roll(1, 999)) + "/QĐ-UBND";
  record.council = roll(0, 1) == 0 ? "UBND tỉnh Mẫu" : "Hội đồng OCOP mẫu";
  // Half of them begin, end or are withdrawn within two days of today.
  const sys_days edge = today + days{roll(-2, 2)};
  sys_days issued = roll(0, 1) == 0 ? today - days{roll(-40, 1500)} : edge;
  if (roll(0, 3) == 0) issued = after_months(edge, -36);
  if (roll(0, 5) == 0) {
    const year_month_day date{issued};
    issued = sys_days{date.year() / date.month() / last};
  }
  record.issued = iso(issued);
  sys_days end = after_months(issued, 36);
  if (roll(0, 4) == 0) {
    end = std::max(issued, roll(0, 1) == 0 ? edge : issued + days{roll(0, 1100)});
    record.expires = iso(end);
  }
  std::optional<sys_days> withdrawn;
  if (roll(0, 3) == 0) withdrawn = roll(0, 1) == 0 ? edge : issued + days{roll(0, 1100)};
  if (withdrawn) record.withdrawn = iso(*withdrawn);
  made.in_force = ours && scoped && issued <= today && today <= end &&
                  (!withdrawn || today < *withdrawn);
  return made;
}

std::uint32_t fresh_seed() {
  if (const char* given = std::getenv("NGUON_SEED"); given != nullptr && *given != '\0') {
    return static_cast<std::uint32_t>(std::strtoul(given, nullptr, 10));
  }
  return std::random_device{}();
}

TEST(OcopTruth, StarsStandExactlyWhileADecisionIsInForce) {
  const char* const full = std::getenv("NGUON_FULL");
  const int cases = full != nullptr && std::string_view(full) == "1" ? 10'000 : 1'500;
  const std::uint32_t seed = fresh_seed();
  std::cout << "OCOP truth: " << cases << " cases, NGUON_SEED=" << seed << "\n";
  std::mt19937 random(seed);
  int starred = 0;
  for (int at = 0; at < cases; ++at) {
    const sys_days today = sys_days{2026y / 1 / 1} + days{random() % 1500};
    const std::int64_t now = midnight(today) + static_cast<std::int64_t>(random() % day_ms);
    Goods goods;
    goods.pack_on(iso(today - days{random() % 900}));
    std::vector<Decided> decided;
    const std::size_t many = random() % 4;
    for (std::size_t i = 0; i < many; ++i) {
      decided.push_back(random_decision(random, today));
      goods.decide("ocop:" + std::to_string(i), decided.back().record);
    }
    const Decided* shown = nullptr;
    for (const Decided& one : decided) {
      if (one.in_force && (shown == nullptr || one.record.issued > shown->record.issued)) shown = &one;
    }
    const ScanView view = goods.view(now);
    for (const Lang lang : {Lang::vi, Lang::en}) {
      PageContext context = sample_context(lang);
      context.now_ms = now;
      const std::string html = scan_page(view, context).html;
      const std::string which = "case " + std::to_string(at) + " of seed " + std::to_string(seed);
      ASSERT_EQ(count(html, "☆") + count(html, "/5 "), 0U) << which;
      const std::string alone = product_page(goods.product(now), context).html;
      ASSERT_EQ(count(alone, "☆") + count(alone, "/5 "), 0U) << which;
      if (shown == nullptr) {
        ASSERT_FALSE(rates(html)) << which;
        ASSERT_FALSE(rates(alone)) << which;
        continue;
      }
      ASSERT_EQ(count(alone, "★"), static_cast<std::size_t>(view.ocop->stars)) << which;
      ASSERT_EQ(count(alone, view.ocop->decision), 1U) << which;
      ++starred;
      ASSERT_EQ(count(html, "★"), static_cast<std::size_t>(view.ocop->stars)) << which;
      // Of two decided on one day either may speak, but with its own stars.
      const bool one_of_them = std::any_of(decided.begin(), decided.end(), [&](const Decided& one) {
        return one.in_force && one.record.issued == shown->record.issued &&
               one.record.stars == view.ocop->stars && one.record.number == view.ocop->decision;
      });
      ASSERT_TRUE(one_of_them) << which;
      ASSERT_EQ(count(html, view.ocop->decision), 1U) << which;
      ASSERT_GE(count(html, view.ocop->authority), 1U) << which;
      ASSERT_GE(count(html, show_date(view.ocop->last_day, lang)), 1U) << which;
    }
  }
  EXPECT_GT(starred, cases / 5) << "the generator makes too few that are in force";
  EXPECT_LT(starred, cases * 2 * 4 / 5) << "or too few that are not";
}

ledger::OcopRecord decision(int stars, const std::string& issued) {
  ledger::OcopRecord record;
  record.products = {mango};
  record.holder = coop;
  record.stars = stars;
  record.number = "9/QĐ";
  record.council = "UBND tỉnh Mẫu";
  record.issued = issued;
  return record;
}

TEST(OcopTruth, ThirtySixMonthsFromAMonthsEndStayWithinTheirMonth) {
  const struct {
    const char *issued, *last;
  } cases[] = {{"2024-08-31", "2027-08-31"}, {"2025-02-28", "2028-02-28"},
               {"2024-02-29", "2027-02-28"}, {"2023-12-31", "2026-12-31"}};
  for (const auto& expected : cases) {
    Goods goods;
    goods.pack_on("2026-11-19");
    goods.decide("ocop:1", decision(4, expected.issued));
    EXPECT_EQ(goods.view(sample_now_ms).ocop->last_day, expected.last);
  }
}

/// A desk over goods whose only decision ends on 2026-11-21, at ten that evening in Vietnam.
class OcopAtMidnight : public testing::Test {
 protected:
  OcopAtMidnight() {
    goods.pack_on("2026-11-19");
    goods.decide("ocop:1", decision(5, "2023-11-21"));
  }
  class Hand final : public ledger::Clock {
   public:
    std::int64_t now_ms() const override { return now; }
    std::int64_t now = sample_now_ms;
  };
  PageSources sources() {
    PageSources made;
    made.scan = [this](const std::string&, const labels::ProductLink*,
                       std::int64_t now_ms) -> ledger::Result<std::optional<ScanView>> {
      if (down) return ledger::Error{ledger::Errc::unavailable, "store.io", {}, {}};
      return std::optional<ScanView>(goods.view(now_ms));
    };
    made.generation = [] { return std::uint64_t{1}; };
    return made;
  }
  std::string page(const std::string& query) {
    Request request;
    EXPECT_TRUE(set_target(request, "/Q/0PDNST6BT16Y0S" + query));
    return std::string(desk.code(request).body_view());
  }

  Goods goods;
  Hand clock;
  Problems problems;
  bool down = false;
  PageDesk desk{demo_site(), sources(), clock, problems};
};

TEST_F(OcopAtMidnight, TheKeptPageFlipsWithTheDayInHanoi) {
  clock.now = midnight(sys_days{2026y / 11 / 22}) - 1;
  for (const char* query : {"", "?lang=en"}) EXPECT_EQ(count(page(query), "★"), 5U) << query;
  clock.now += 1;
  EXPECT_FALSE(rates(page("")));
  EXPECT_FALSE(rates(page("?lang=en")));
  EXPECT_EQ(count(page(""), "OCOP hết hiệu lực từ 22/11/2026"), 1U);
  EXPECT_EQ(count(page(""), "Còn hiệu lực vào ngày đóng gói."), 1U) << "says both";
}

TEST_F(OcopAtMidnight, NorDoesAnOutageOverMidnightKeepStars) {
  EXPECT_EQ(count(page(""), "★"), 5U);
  EXPECT_EQ(count(page("?lang=en"), "★"), 5U);
  down = true;
  clock.now = midnight(sys_days{2026y / 11 / 22});
  for (const char* query : {"", "?lang=en"}) {
    const std::string html = page(query);
    EXPECT_EQ(count(html, "class=\"stale\""), 1U);
    EXPECT_FALSE(rates(html)) << query;
  }
}

TEST_F(OcopAtMidnight, AWithdrawalAnnouncedForADayEndsTheKeptPageThatDay) {
  ledger::OcopRecord record = decision(4, "2025-01-01");
  record.withdrawn = "2026-11-22";
  goods.decide("ocop:2", record);
  EXPECT_EQ(count(page(""), "★"), 4U);
  down = true;
  clock.now = midnight(sys_days{2026y / 11 / 22});
  EXPECT_FALSE(rates(page("")));
}

}  // namespace
}  // namespace nguon::server
