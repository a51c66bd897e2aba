#pragma once

#include "labels/serial.hpp"
#include "ledger/base/result.hpp"
#include "server/demo/story.hpp"

#include <cstdint>
#include <string>

namespace nguon::server {

/// A run of labels granted to an organisation.
struct LabelRange {
  std::string sub;
  std::uint32_t number = 0;  ///< Within the epoch.
  std::uint32_t count = 0;
};

/// Where the demo's labels come from: the packer asks, the service grants, the packer puts them on.
class LabelDesk {
 public:
  /// `story` and `serials` outlive the desk; `key` is the serial key of epoch 0. `service` signs
  /// what the desk grants.
  LabelDesk(Story& story, const labels::SerialCodec& serials, const labels::SerialKey& key,
            Hand service);

  /// `number`: ranges are numbered in the order of their days, across all chains.
  LabelRange grant(const Hand& packer, std::uint32_t number, std::uint32_t count, Day when);
  /// Puts labels first..last of the range on packs of `batch`, that day's evening.
  void apply(const Hand& packer, const LabelRange& range, std::uint32_t first, std::uint32_t last,
             const std::string& batch, const boost::json::object& pack, Day when);
  /// Takes labels first..last out of use.
  void take_out(const Hand& packer, const LabelRange& range, std::uint32_t first,
                std::uint32_t last, std::string_view reason, Day when);

 private:
  Story& story_;
  const labels::SerialCodec& serials_;
  const labels::SerialKey key_;
  Hand service_;
};

}  // namespace nguon::server
