// Pages made anew beside whoever asks for them.
#include "server/pages/page_keeper.hpp"

#include "server/http/target.hpp"
#include "server/pages/desk.hpp"
#include "tests/server/pages/labelled_goods.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace nguon::server {
namespace {

class KeptAhead : public testing::Test {
 protected:
  PageSources sources() {
    PageSources real = goods.sources();
    real.told = [this, told = real.told](const auto& serial, const auto* product, auto now) {
      auto scan = told(serial, product, now);
      ++tellings;
      return scan;
    };
    return real;
  }
  std::string page(std::size_t label) {
    Request request;
    EXPECT_TRUE(set_target(request, goods.targets[label]));
    return std::string(desk.code(request).body_view());
  }

  LabelledGoods goods;
  const Site site;
  std::atomic<int> tellings = 0;
  Problems problems;
  PageDesk desk{site, sources(), goods.small.clock, problems};
};

TEST_F(KeptAhead, OneWhoWaitsHasTheOthersMadeToo) {
  PageKeeper keeper(desk.label_pages(), goods.small.clock);
  for (const std::size_t label : {0U, 250U, 500U}) page(label);
  goods.recall(goods.harvest, "Dừng bán.");
  page(0);
  // Each of them at least; two threads may make the same one at once.
  while (tellings < 6) std::this_thread::yield();
}

TEST_F(KeptAhead, EndsWhileItIsAtWork) {
  for (int turn = 0; turn < 20; ++turn) {
    PageKeeper keeper(desk.label_pages(), goods.small.clock);
    for (const std::size_t label : {0U, 250U, 500U}) page(label);
    goods.recall(goods.harvest, "Dừng bán.");
    page(0);
  }
  EXPECT_NE(page(500).find("Dừng bán."), std::string::npos);
}

}  // namespace
}  // namespace nguon::server
