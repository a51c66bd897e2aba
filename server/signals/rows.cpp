#include "server/signals/rows.hpp"

#include "ledger/store/keys.hpp"

namespace nguon::server {

using ledger::keys::big_endian;
using ledger::keys::read_big_endian;

std::string count_key(const labels::SerialPlace& place) {
  return std::string(count_prefix) + big_endian(place.epoch, 1) + big_endian(place.range, 3) +
         big_endian(place.index, 5);
}

std::string encode_count(const LabelCount& count) {
  return big_endian(count.first_day, 4) + big_endian(count.last_day, 4) +
         big_endian(count.scans, 4) + big_endian(count.sessions, 4) +
         big_endian(static_cast<std::uint64_t>(count.alarm_s), 8) +
         big_endian(static_cast<std::uint64_t>(count.why), 1);
}

std::optional<LabelCount> decode_count(std::string_view octets) {
  constexpr std::size_t length = 4 * 4 + 8 + 1;
  if (octets.size() != length) return std::nullopt;
  const auto number = [&](std::size_t from, std::size_t count) {
    return read_big_endian(octets.substr(from, count));
  };
  LabelCount count;
  count.first_day = static_cast<std::uint32_t>(number(0, 4));
  count.last_day = static_cast<std::uint32_t>(number(4, 4));
  count.scans = static_cast<std::uint32_t>(number(8, 4));
  count.sessions = static_cast<std::uint32_t>(number(12, 4));
  count.alarm_s = static_cast<std::int64_t>(number(16, 8));
  const auto why = number(24, 1);
  if (why > static_cast<std::uint64_t>(Alarm::sold) || count.alarm_s < 0 ||
      (count.alarm_s == 0) != (why == 0)) {
    return std::nullopt;
  }
  count.why = static_cast<Alarm>(why);
  return count;
}

}  // namespace nguon::server
