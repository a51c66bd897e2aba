// What a watch left on disk, and pages of a service that it watches.

#include "ledger/monitor/watch_record.hpp"
#include "ledger/monitor/watched.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace nguon::ledger;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  // One record has one spelling.
  if (const auto record = parse_watch_record(octets); record) {
    if (format_watch_record(*record) != octets) std::abort();
  }
  const auto page = parse_subject_page(octets, "batch:4T5G10XWWJJFJGGDR360E236FT", 0);
  if (page && page->size() > 256) std::abort();
  return 0;
}
