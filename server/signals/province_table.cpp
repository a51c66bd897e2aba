#include "server/signals/province_table.hpp"

#include "schemas/places.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>

namespace nguon::server {
namespace {

constexpr int shortest_four = 8;
constexpr int shortest_six = 16;

struct Prefix {
  CoarseNetwork network;
  int length = 0;
};

/// Strict: digits, dots and colons before the slash, host bits zero, no finer than is looked at.
std::optional<Prefix> prefix_of(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos || slash + 1 == text.size()) return std::nullopt;
  const std::string_view address = text.substr(0, slash);
  const std::string_view digits = text.substr(slash + 1);
  Prefix prefix;
  const auto [end, ec] =
      std::from_chars(digits.data(), digits.data() + digits.size(), prefix.length);
  if (ec != std::errc() || end != digits.data() + digits.size() || digits.front() == '0' ||
      digits.front() == '-' || address.find('%') != std::string_view::npos) {
    return std::nullopt;
  }
  const auto network = coarse_network(address);
  const bool six = address.find(':') != std::string_view::npos;
  if (!network || network->six != six) return std::nullopt;
  // What the coarse network leaves out has to be zero as well.
  if (six ? !address.ends_with("::") && !address.ends_with(":0") : !address.ends_with(".0")) {
    return std::nullopt;
  }
  const int width = network->width();
  const int least = six ? shortest_six : shortest_four;
  if (prefix.length < least || prefix.length > width) return std::nullopt;
  const std::uint64_t host = (std::uint64_t{1} << (width - prefix.length)) - 1;
  if ((network->bits & host) != 0) return std::nullopt;
  prefix.network = *network;
  return prefix;
}

std::optional<Province> province_of(std::string_view code) {
  if (code == "-") return Province{0};
  if (!schemas::find_province(code)) return std::nullopt;
  return static_cast<Province>((code[0] - '0') * 10 + (code[1] - '0'));
}

}  // namespace

ledger::Result<ProvinceTable> ProvinceTable::parse(std::string_view text) {
  const auto wrong = [](std::size_t line, std::string_view what) {
    return ledger::invalid("signals.table", {},
                           "line " + std::to_string(line) + ": " + std::string(what));
  };
  if (text.size() > max_octets) return wrong(0, "too large");
  ProvinceTable table;
  std::size_t number = 0;
  while (!text.empty()) {
    if (++number > max_lines) return wrong(number, "too many lines");
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return wrong(number, "ends without a line feed");
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    if (line.empty() || line.front() == '#') continue;
    const std::size_t blank = line.find_first_of(" \t");
    if (blank == std::string_view::npos) return wrong(number, "expected PREFIX PROVINCE");
    const auto prefix = prefix_of(line.substr(0, blank));
    if (!prefix) return wrong(number, "not a prefix of /8 to /24 (IPv4) or /16 to /48 (IPv6)");
    const std::size_t word = std::min(line.find_first_not_of(" \t", blank), line.size());
    const auto province = province_of(line.substr(word));
    if (!province) return wrong(number, "no such province");
    const int shift = prefix->network.width() - prefix->length;
    const auto added = table.prefixes_[{prefix->network.six, prefix->length}].emplace(
        prefix->network.bits >> shift, *province);
    if (!added.second) return wrong(number, "that prefix stands above already");
    ++table.size_;
  }
  return table;
}

Province ProvinceTable::find(const CoarseNetwork& network) const {
  for (const auto& [kind, places] : prefixes_) {
    if (kind.first != network.six) continue;
    const auto place = places.find(network.bits >> (network.width() - kind.second));
    if (place != places.end()) return place->second;
  }
  return 0;
}

}  // namespace nguon::server
