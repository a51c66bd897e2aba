// Both ends of the control socket.

#include "server/control/protocol.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace nguon::server;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  if (const auto request = parse_control_request(octets)) {
    if (format_control_request(*request) != std::string(octets) + '\n') std::abort();
  }
  const bool released = static_cast<bool>(parse_released(octets));
  if (released != (octets == released_answer)) std::abort();
  const auto files = parse_frozen(octets);
  if (!files) return 0;
  if (!is_whole_answer(octets)) std::abort();
  for (const auto& file : *files) {
    // A backup reads there.
    if (file.name.find('/') != std::string::npos || file.name.front() == '.') std::abort();
  }
  const auto again = parse_frozen(format_frozen(*files));
  if (!again || *again != *files) std::abort();
  return 0;
}
