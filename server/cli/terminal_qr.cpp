#include "server/cli/terminal_qr.hpp"

#include "labels/qr.hpp"

namespace nguon::server {

std::string terminal_qr(std::string_view text) {
  const auto modules = labels::encode_qr(text);
  if (!modules) return {};
  const auto dark = [&](int x, int y) {
    return x >= 0 && y >= 0 && x < modules->size && y < modules->size && modules->at(x, y);
  };
  std::string drawn;
  for (int y = -labels::quiet_zone; y < modules->size + labels::quiet_zone; y += 2) {
    // White on black whatever the terminal's own colours are: light modules are drawn.
    drawn += "\x1b[97;40m";
    for (int x = -labels::quiet_zone; x < modules->size + labels::quiet_zone; ++x) {
      const bool upper = !dark(x, y);
      const bool lower = !dark(x, y + 1);
      drawn += upper ? (lower ? "█" : "▀") : (lower ? "▄" : " ");
    }
    drawn += "\x1b[0m\n";
  }
  return drawn;
}

}  // namespace nguon::server
