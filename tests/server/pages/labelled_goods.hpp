#pragma once

#include "server/pages/page_sources.hpp"
#include "tests/support/small_ledger.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nguon::server {

/// One harvest packed into batches of 250 labels each, all of them on goods. Invented.
class LabelledGoods {
 public:
  static constexpr int packings = 4;
  static constexpr int labels_each = 250;

  LabelledGoods() : harvest(small.add(small.harvest("1000"))) {
    codec.add_epoch(0, labels::SerialKey{}).value();
    const auto request = small.add(small.people.make("label.request/1")
                                       .by("clerk")
                                       .starts("request")
                                       .data(R"({"count":1000})")
                                       .sign());
    const auto granted = small.add(small.people.make("label.range/1")
                                       .by("service")
                                       .starts("range")
                                       .data(R"({"org":")" + small.coop + R"(","request":")" +
                                             request.id +
                                             R"(","number":0,"count":1000,"epoch":0,)" +
                                             R"("serial_root":")" + std::string(43, 'A') + R"("})")
                                       .sign());
    range = granted.sub;
    range_head = granted.id;
    for (int i = 0; i < packings; ++i) {
      packed.push_back(
          small.add(small.people.make("batch.pack/1")
                        .by("clerk")
                        .starts("batch")
                        .from(harvest, "250")
                        .data(R"({"product":")" + small.product +
                              R"(","on":"2026-09-12","lot":"M-)" + std::to_string(i) +
                              R"(","qty":{"amount":"250","unit":"kg"},
                  "pack":{"amount":"1","unit":"kg"},"count":250})")
                        .sign()));
      labelled("label.apply/1", R"({"first":)" + std::to_string(i * labels_each) + R"(,"last":)" +
                                    std::to_string((i + 1) * labels_each - 1) + R"(,"batch":")" +
                                    packed.back().sub + R"(","pack":{"amount":"1","unit":"kg"}})");
    }
    for (std::uint64_t i = 0; i < packings * labels_each; ++i) {
      serials.push_back(codec.encode({0, 0, i}).value());
      targets.push_back("/Q/" + serials.back());
    }
  }

  PageSources sources() const {
    return page_sources(*small.log, codec, schemas::Bundle::built_in(), 0);
  }

  /// The clerk says something of the range.
  void labelled(std::string_view type, const std::string& data) {
    range_head =
        small
            .add(small.people.make(type).by("clerk").continues(range, range_head).data(data).sign())
            .id;
  }
  /// The director recalls what `of` made; the recall's id.
  std::string recall(const ledger::MadeEntry& of, std::string_view notice) {
    return said(of, R"({"on":"2026-09-20","reason":"residue","action":"return","notice":{"vi":")" +
                        std::string(notice) +
                        R"(","en":"Residue above the limit. Call the co-operative."}})");
  }
  void lift(const ledger::MadeEntry& of, const std::string& recall) {
    said(of, R"({"on":"2026-09-21","reason":"resolved","action":"none","lifts":")" + recall +
                 R"(","notice":{"vi":"Đã kiểm lại.","en":"Checked again."}})");
  }

  tests::SmallLedger small;
  labels::SerialCodec codec = labels::SerialCodec::make(small.log->deployment_id()).value();
  ledger::MadeEntry harvest;
  std::vector<ledger::MadeEntry> packed;
  std::string range, range_head;
  std::vector<std::string> serials, targets;  ///< In the order of the labels.

 private:
  std::string said(const ledger::MadeEntry& of, const std::string& data) {
    std::string& head = heads_.try_emplace(of.sub, of.id).first->second;
    head = small
               .add(small.people.make("batch.recall/1")
                        .by("director")
                        .continues(of.sub, head)
                        .data(data)
                        .sign())
               .id;
    return head;
  }
  std::map<std::string, std::string> heads_;
};

}  // namespace nguon::server
