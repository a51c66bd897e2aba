#include "server/demo/label_desk.hpp"

#include "server/desk/serial_root.hpp"

#include <utility>

namespace nguon::server {

LabelDesk::LabelDesk(Story& story, const labels::SerialCodec& serials, const labels::SerialKey& key,
                     Hand service)
    : story_(story), serials_(serials), key_(key), service_(std::move(service)) {}

LabelRange LabelDesk::grant(const Hand& packer, std::uint32_t number, std::uint32_t count,
                            Day when) {
  const std::string request =
      story_.start(packer, "label.request/1", "request", when, {{"count", count}});
  LabelRange range;
  range.number = number;
  range.count = count;
  const auto root = serial_root(serials_, key_, {0, range.number, 0}, count).value();
  range.sub = story_.start(service_, "label.range/1", "range", when,
                           {{"org", packer.org},
                            {"request", story_.head(request)},
                            {"number", range.number},
                            {"count", count},
                            {"epoch", 0},
                            {"serial_root", root}});
  return range;
}

void LabelDesk::apply(const Hand& packer, const LabelRange& range, std::uint32_t first,
                      std::uint32_t last, const std::string& batch, const boost::json::object& pack,
                      Day when) {
  story_.follow(packer, "label.apply/1", range.sub, when,
                {{"first", first}, {"last", last}, {"batch", batch}, {"pack", pack}},
                {.from = {}, .on_behalf_of = {}, .hour = 18});
}

void LabelDesk::take_out(const Hand& packer, const LabelRange& range, std::uint32_t first,
                         std::uint32_t last, std::string_view reason, Day when) {
  story_.follow(packer, "label.void/1", range.sub, when,
                {{"first", first}, {"last", last}, {"reason", reason}});
}

}  // namespace nguon::server
