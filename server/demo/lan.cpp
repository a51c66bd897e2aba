#include "server/demo/lan.hpp"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>

#include <memory>

namespace nguon::server {
namespace {

struct FreeInterfaces {
  void operator()(ifaddrs* list) const { ::freeifaddrs(list); }
};

}  // namespace

std::optional<std::string> lan_address() {
  ifaddrs* list = nullptr;
  if (::getifaddrs(&list) != 0) return std::nullopt;
  const std::unique_ptr<ifaddrs, FreeInterfaces> owner(list);
  for (const ifaddrs* entry = list; entry != nullptr; entry = entry->ifa_next) {
    const bool usable = entry->ifa_addr != nullptr && entry->ifa_addr->sa_family == AF_INET &&
                        (entry->ifa_flags & IFF_UP) != 0 && (entry->ifa_flags & IFF_LOOPBACK) == 0;
    if (!usable) continue;
    const auto* address = reinterpret_cast<const sockaddr_in*>(entry->ifa_addr);
    char text[INET_ADDRSTRLEN] = {};
    if (::inet_ntop(AF_INET, &address->sin_addr, text, sizeof text) != nullptr) return text;
  }
  return std::nullopt;
}

std::string terminal_qr(const labels::QrModules& modules) {
  const auto dark = [&](int x, int y) {
    return x >= 0 && y >= 0 && x < modules.size && y < modules.size && modules.at(x, y);
  };
  // Black on white whatever the terminal's colours: scanners want dark modules on a light ground.
  std::string text;
  for (int y = -labels::quiet_zone; y < modules.size + labels::quiet_zone; y += 2) {
    text += "\033[30;107m";
    for (int x = -labels::quiet_zone; x < modules.size + labels::quiet_zone; ++x) {
      const bool above = dark(x, y);
      const bool below = dark(x, y + 1);
      text += above ? (below ? "█" : "▀") : (below ? "▄" : " ");
    }
    text += "\033[0m\n";
  }
  return text;
}

}  // namespace nguon::server
