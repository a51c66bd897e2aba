// An operator's table, then an address: reading ends, and so does looking up.
#include "server/signals/province_table.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(octets), size);
  const std::size_t split = input.find('\0');
  const auto network = nguon::server::coarse_network(
      split == std::string_view::npos ? std::string_view("192.0.2.1") : input.substr(split + 1));
  const auto table = nguon::server::ProvinceTable::parse(input.substr(0, split));
  if (!table || !network) return 0;
  // 96 is the last province there is.
  if (table->find(*network) > 96) __builtin_trap();
  return 0;
}
