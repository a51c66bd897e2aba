// A recall of what goods were made from is on every page of every label of them with the next
// request, whatever was kept: the server's own pages, and what browsers and proxies may keep.
#include "server/http/target.hpp"
#include "server/pages/page_sources.hpp"
#include "tests/server/pages/labelled_goods.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <string>
#include <vector>

namespace nguon::server {
namespace {

using std::chrono::steady_clock;

constexpr std::string_view notice =
    "Lô có dư lượng vượt mức. Gọi hợp tác xã: 0000 000 000 (dữ liệu mẫu).";

class Recalls : public testing::Test {
 protected:
  Response page(const std::string& target) {
    Request request;
    EXPECT_TRUE(set_target(request, target));
    return desk.code(request);
  }
  static bool recalled(const Response& response) {
    return response.body_view().find("Đã thu hồi, không dùng") != std::string_view::npos;
  }

  LabelledGoods goods;
  const std::vector<std::string>& targets = goods.targets;
  Problems problems;
  PageDesk desk{Site{}, goods.sources(), goods.small.clock, problems};
};

TEST_F(Recalls, NoKeptPageIsStaleAfterARecallOfWhatTheGoodsWereMadeFrom) {
  for (const std::string& target : targets) {
    const Response fresh = page(target);
    ASSERT_EQ(fresh.status, 200) << target;
    ASSERT_FALSE(recalled(fresh)) << target;
    // Nobody on the way may show it without asking here first.
    ASSERT_TRUE(fresh.cache_control == "no-cache" || fresh.cache_control == "no-store");
  }
  const std::string recall = goods.recall(goods.harvest, notice);
  std::vector<double> took;
  for (const std::string& target : targets) {
    const auto begin = steady_clock::now();
    const Response now = page(target);
    took.push_back(std::chrono::duration<double, std::milli>(steady_clock::now() - begin).count());
    ASSERT_TRUE(recalled(now)) << "stale: " << target;
    ASSERT_EQ(now.status, 200);
  }
  std::sort(took.begin(), took.end());
  std::cout << "first view after the recall: " << took[took.size() / 2] << " ms (median), "
            << took[took.size() * 999 / 1000] << " ms (999 of 1,000)\n";

  const Response shown = page(targets.front());
  const std::string_view html = shown.body_view();
  for (const std::string_view said : {std::string_view("role=\"alert\""),
                                      std::string_view("Lô M-0 bị thu hồi từ ngày 20/09/2026"),
                                      notice, std::string_view("trả hàng về nơi mua")}) {
    EXPECT_NE(html.find(said), std::string_view::npos) << said;
  }
  EXPECT_LT(html.find("class=\"recall\""), html.find("class=\"product\"")) << "above all else";
  EXPECT_NE(page(targets.front() + "?lang=en").body_view().find("Residue above the limit"),
            std::string_view::npos);

  goods.lift(goods.harvest, recall);
  for (const std::string& target : {targets.front(), targets.back()}) {
    EXPECT_FALSE(recalled(page(target))) << "a lifted recall goes as fast";
  }
}

}  // namespace
}  // namespace nguon::server
