// A recall of what goods were made from is on every page of every label of them with the next
// request, whatever was kept: the server's own pages, and what browsers and proxies may keep.
#include "server/http/target.hpp"
#include "server/pages/page_sources.hpp"
#include "tests/support/small_ledger.hpp"

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <string>
#include <vector>

namespace nguon::server {
namespace {

using std::chrono::steady_clock;

constexpr int packings = 4;
constexpr int labels_each = 250;
constexpr std::string_view notice =
    "Lô có dư lượng vượt mức. Gọi hợp tác xã: 0000 000 000 (dữ liệu mẫu).";

class Recalls : public testing::Test {
 protected:
  Recalls() : harvest(small.add(small.harvest("1000"))) {
    codec.add_epoch(0, labels::SerialKey{}).value();
    const auto request = small.add(small.people.make("label.request/1")
                                       .by("clerk")
                                       .starts("request")
                                       .data(R"({"count":1000})")
                                       .sign());
    auto range = small.add(small.people.make("label.range/1")
                               .by("service")
                               .starts("range")
                               .data(R"({"org":")" + small.coop + R"(","request":")" + request.id +
                                     R"(","number":0,"count":1000,"epoch":0,"serial_root":")" +
                                     std::string(43, 'A') + R"("})")
                               .sign());
    std::string head = range.id;
    for (int i = 0; i < packings; ++i) {
      const auto packed =
          small.add(small.people.make("batch.pack/1")
                        .by("clerk")
                        .starts("batch")
                        .from(harvest, "250")
                        .data(R"({"product":")" + small.product +
                              R"(","on":"2026-09-12","lot":"M-)" + std::to_string(i) +
                              R"(","qty":{"amount":"250","unit":"kg"},
                  "pack":{"amount":"1","unit":"kg"},"count":250})")
                        .sign());
      head = small
                 .add(small.people.make("label.apply/1")
                          .by("clerk")
                          .continues(range.sub, head)
                          .data(R"({"first":)" + std::to_string(i * labels_each) + R"(,"last":)" +
                                std::to_string((i + 1) * labels_each - 1) + R"(,"batch":")" +
                                packed.sub + R"(","pack":{"amount":"1","unit":"kg"}})")
                          .sign())
                 .id;
    }
    for (std::uint64_t i = 0; i < packings * labels_each; ++i) {
      targets.push_back("/Q/" + codec.encode({0, 0, i}).value());
    }
  }

  Response page(const std::string& target) {
    Request request;
    EXPECT_TRUE(set_target(request, target));
    return desk.code(request);
  }
  static bool recalled(const Response& response) {
    return response.body_view().find("Đã thu hồi, không dùng") != std::string_view::npos;
  }
  ledger::MadeEntry said(const ledger::MadeEntry& of, const std::string& prev,
                         const std::string& data) {
    return small.people.make("batch.recall/1")
        .by("director")
        .continues(of.sub, prev)
        .data(data)
        .sign();
  }

  tests::SmallLedger small;
  labels::SerialCodec codec = labels::SerialCodec::make(small.log->deployment_id()).value();
  ledger::MadeEntry harvest;
  std::vector<std::string> targets;
  Problems problems;
  PageDesk desk{Site{}, page_sources(*small.log, codec, schemas::Bundle::built_in(), 0),
                small.clock, problems};
};

TEST_F(Recalls, NoKeptPageIsStaleAfterARecallOfWhatTheGoodsWereMadeFrom) {
  for (const std::string& target : targets) {
    const Response fresh = page(target);
    ASSERT_EQ(fresh.status, 200) << target;
    ASSERT_FALSE(recalled(fresh)) << target;
    // Nobody on the way may show it without asking here first.
    ASSERT_TRUE(fresh.cache_control == "no-cache" || fresh.cache_control == "no-store");
  }
  const auto recall = small.add(said(
      harvest, harvest.id,
      R"({"on":"2026-09-20","reason":"residue","action":"return","notice":{"vi":")" +
          std::string(notice) + R"(","en":"Residue above the limit. Call the co-operative."}})"));
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

  small.add(said(harvest, recall.id,
                 R"({"on":"2026-09-21","reason":"resolved","action":"none","lifts":")" + recall.id +
                     R"(","notice":{"vi":"Đã kiểm lại.","en":"Checked again."}})"));
  for (const std::string& target : {targets.front(), targets.back()}) {
    EXPECT_FALSE(recalled(page(target))) << "a lifted recall goes as fast";
  }
}

}  // namespace
}  // namespace nguon::server
