// Pages shared by the labels of a batch: told once, and for every label what it would say today.
#include "server/pages/label_pages.hpp"

#include "server/http/target.hpp"
#include "server/pages/desk.hpp"
#include "server/pages/scan_page.hpp"
#include "tests/server/pages/labelled_goods.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace nguon::server {
namespace {

constexpr std::string_view recalled_words = "Đã thu hồi, không dùng";

class SharedPages : public testing::Test {
 protected:
  /// The ledger's, counted, and with a store that may be down.
  PageSources sources() {
    PageSources real = goods.sources();
    real.told = [this, told = real.told](const auto& serial, const auto* product, auto now) {
      ++tellings;
      return down ? decltype(told(serial, product, now))(store_down) : told(serial, product, now);
    };
    real.standing = [this, standing = real.standing](const auto& serial) {
      return down ? decltype(standing(serial))(store_down) : standing(serial);
    };
    return real;
  }
  std::string page(const std::string& target) {
    Request request;
    EXPECT_TRUE(set_target(request, target));
    return std::string(desk.code(request).body_view());
  }
  bool says(const std::string& target, std::string_view words) {
    return page(target).find(words) != std::string::npos;
  }
  /// As if nothing were kept.
  std::string rendered(const std::string& serial, Lang lang) {
    const std::string path = "/Q/" + serial;
    const auto view = goods.sources().scan(serial, nullptr, goods.small.clock.now).value();
    return scan_page(*view, {site, lang, path, path, goods.small.clock.now}).html;
  }
  std::string target(int label) const { return goods.targets[static_cast<std::size_t>(label)]; }

  const ledger::Error store_down{ledger::Errc::unavailable, "store.io", {}, {}};
  LabelledGoods goods;
  const Site site;
  std::atomic<int> tellings = 0;
  bool down = false;
  Problems problems;
  PageDesk desk{site, sources(), goods.small.clock, problems};
};

TEST_F(SharedPages, AThousandLabelsAreToldOncePerBatchAndLanguage) {
  for (std::size_t i = 0; i < goods.serials.size(); ++i) {
    const std::string& serial = goods.serials[i];
    ASSERT_EQ(page("/Q/" + serial), rendered(serial, Lang::vi)) << i;
  }
  EXPECT_EQ(tellings, LabelledGoods::packings);
  EXPECT_EQ(page(target(3) + "?lang=en"), rendered(goods.serials[3], Lang::en));
  EXPECT_EQ(tellings, LabelledGoods::packings + 1);
}

TEST_F(SharedPages, WhatTouchesNoFactOfAPageDoesNotMakeItAnew) {
  for (const int label : {0, 1, 250, 500}) page(target(label));
  EXPECT_EQ(tellings, 3);
  goods.small.add(goods.small.harvest());
  for (const int label : {0, 1, 2, 250, 500}) page(target(label));
  EXPECT_EQ(tellings, 3);
  goods.recall(goods.packed[1], "Dừng bán.");
  EXPECT_TRUE(says(target(250), recalled_words));
  EXPECT_TRUE(says(target(251), recalled_words));
  EXPECT_FALSE(says(target(0), recalled_words));
  EXPECT_EQ(tellings, 4) << "the recalled batch alone";
}

TEST_F(SharedPages, OneVoidLabelSaysSoAndItsNeighboursDoNot) {
  for (const int label : {9, 10, 11}) EXPECT_TRUE(says(target(label), "Tem hợp lệ"));
  goods.labelled("label.void/2", R"({"first":10,"last":10,"reason":"damaged","on":"2026-09-14"})");
  EXPECT_TRUE(says(target(9), "Tem hợp lệ"));
  EXPECT_FALSE(says(target(10), "Tem hợp lệ"));
  EXPECT_TRUE(says(target(11), "Tem hợp lệ"));
  EXPECT_EQ(page(target(10)), rendered(goods.serials[10], Lang::vi));
}

TEST_F(SharedPages, WhileTheStoreIsDownEachLabelSeenBeforeKeepsItsOwnPage) {
  page(target(0));
  page(target(1));
  down = true;
  goods.small.add(goods.small.harvest());
  const std::string kept = page(target(1));
  EXPECT_NE(kept.find("đã biết lúc"), kept.npos);
  EXPECT_NE(kept.find("/R/" + goods.serials[1]), kept.npos);
  EXPECT_EQ(kept.find(goods.serials[0]), kept.npos) << "the one it was rendered for";
  EXPECT_TRUE(says(target(2), "Tạm thời chưa tra được")) << "whether it stands alike is not known";
}

TEST_F(SharedPages, RenewedAheadAreTheSameThatWhoeverAsksWouldHaveMade) {
  for (const int label : {0, 250, 500}) page(target(label));
  page(target(250) + "?lang=en");
  EXPECT_EQ(tellings, 4);
  goods.recall(goods.packed[1], "Dừng bán.");
  desk.label_pages().renew(goods.small.clock.now, 100);
  EXPECT_EQ(tellings, 6) << "the recalled batch, in both languages";
  EXPECT_EQ(page(target(251)), rendered(goods.serials[251], Lang::vi));
  EXPECT_EQ(page(target(251) + "?lang=en"), rendered(goods.serials[251], Lang::en));
  EXPECT_TRUE(says(target(251), recalled_words));
  EXPECT_FALSE(says(target(0), recalled_words));
  EXPECT_EQ(tellings, 6);
}

TEST_F(SharedPages, OfThoseUsedLastAsManyAreRenewedAsAreAskedFor) {
  for (const int label : {0, 250, 500}) page(target(label));
  goods.recall(goods.harvest, "Dừng bán.");
  desk.label_pages().renew(goods.small.clock.now, 1);
  EXPECT_EQ(tellings, 4);
  EXPECT_TRUE(says(target(501), recalled_words));
  EXPECT_EQ(tellings, 4);
  EXPECT_TRUE(says(target(1), recalled_words));
  EXPECT_EQ(tellings, 5);
}

TEST_F(SharedPages, ALabelTakenOutOfUseDoesNotLendItsWordToItsNeighbours) {
  page(target(10));
  goods.labelled("label.void/2", R"({"first":10,"last":10,"reason":"damaged","on":"2026-09-14"})");
  desk.label_pages().renew(goods.small.clock.now, 100);
  EXPECT_TRUE(says(target(11), "Tem hợp lệ"));
  EXPECT_EQ(page(target(10)), rendered(goods.serials[10], Lang::vi));
}

TEST_F(SharedPages, NothingIsRenewedWhileTheStoreIsDown) {
  page(target(0));
  goods.recall(goods.harvest, "Dừng bán.");
  down = true;
  desk.label_pages().renew(goods.small.clock.now, 100);
  down = false;
  EXPECT_TRUE(says(target(0), recalled_words));
}

TEST_F(SharedPages, WhoeverHasToWaitForAKeptPageSaysSo) {
  int waited = 0;
  desk.label_pages().on_outdated = [&] { ++waited; };
  for (const int label : {0, 1, 250}) page(target(label));
  EXPECT_EQ(waited, 0) << "never seen before, so nobody keeps others like it";
  goods.recall(goods.packed[1], "Dừng bán.");
  for (const int label : {0, 250, 251}) page(target(label));
  EXPECT_EQ(waited, 1);
}

/// Readers never see what was before a recall, or a lift, that had its receipt when they asked.
TEST_F(SharedPages, NoReaderIsShownTheStateBeforeAReceipt) {
  constexpr int turns = 12;
  constexpr int pages_a_turn = 50;
  std::atomic<int> begun = 0, done = 0;  // Odd: recalled.
  std::atomic<bool> over = false;
  std::atomic<int> settled = 0, wrong = 0;
  std::vector<std::thread> readers;
  for (int reader = 0; reader < 3; ++reader) {
    readers.emplace_back([&, reader] {
      for (int i = reader; !over; i = (i + 7) % 1000) {
        const int before = done;
        const bool recalled = says(target(i), recalled_words);
        if (before != begun) continue;  // The log moved meanwhile: either is right.
        ++settled;
        if (recalled != (before % 2 == 1)) ++wrong;
      }
    });
  }
  std::string recall;
  for (int turn = 0; turn < turns; ++turn) {
    const int enough = settled + pages_a_turn;
    while (settled < enough) std::this_thread::yield();
    ++begun;
    if (recall.empty()) {
      recall = goods.recall(goods.harvest, "Dừng bán.");
    } else {
      goods.lift(goods.harvest, std::exchange(recall, {}));
    }
    ++done;
  }
  over = true;
  for (std::thread& reader : readers) reader.join();
  EXPECT_GE(settled, turns * pages_a_turn);
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace nguon::server
