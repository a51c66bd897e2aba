#include "server/signals/coarse.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <string>

namespace nguon::server {
namespace {

std::uint64_t leading(const unsigned char* octets, int count) {
  std::uint64_t bits = 0;
  for (int i = 0; i < count; ++i) bits = bits << 8 | octets[i];
  return bits;
}

}  // namespace

std::optional<CoarseNetwork> coarse_network(std::string_view address) {
  // No numeric address is longer, a zone left away.
  constexpr std::size_t longest = 45;
  address = address.substr(0, address.find('%'));
  if (address.size() > longest) return std::nullopt;
  const std::string text(address);
  std::array<unsigned char, 16> octets{};
  if (::inet_pton(AF_INET, text.c_str(), octets.data()) == 1) {
    return CoarseNetwork{false, leading(octets.data(), 3)};
  }
  if (::inet_pton(AF_INET6, text.c_str(), octets.data()) != 1) return std::nullopt;
  const bool mapped = std::all_of(octets.begin(), octets.begin() + 10,
                                  [](unsigned char octet) { return octet == 0; }) &&
                      octets[10] == 0xff && octets[11] == 0xff;
  if (mapped) return CoarseNetwork{false, leading(octets.data() + 12, 3)};
  return CoarseNetwork{true, leading(octets.data(), 6)};
}

}  // namespace nguon::server
