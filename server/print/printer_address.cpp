#include "server/print/printer_address.hpp"

#include <algorithm>
#include <charconv>

namespace nguon::server {
namespace {

constexpr std::string_view tcp_scheme = "tcp://";
constexpr std::uint16_t raw_port = 9100;
constexpr std::size_t longest_host = 253;
constexpr std::size_t longest_device = 255;
constexpr std::size_t longest_name = 32;

bool is_name_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; }

bool is_host_letter(char c, bool bracketed) {
  return is_name_letter(c) || c == '.' || (c >= 'A' && c <= 'Z') || (bracketed && c == ':');
}

ledger::Error no_address(std::string_view text) {
  return ledger::invalid("print.address", {}, std::string(text.substr(0, longest_host)));
}

bool is_device(std::string_view path) {
  return path.starts_with('/') && path.size() <= longest_device &&
         std::all_of(path.begin(), path.end(), [](char c) { return c > ' ' && c <= '~'; });
}

}  // namespace

ledger::Result<PrinterAddress> read_printer_address(std::string_view text) {
  PrinterAddress address;
  if (is_device(text)) {
    address.device = text;
    return address;
  }
  if (!text.starts_with(tcp_scheme)) return no_address(text);
  std::string_view rest = text.substr(tcp_scheme.size());
  const bool bracketed = rest.starts_with('[');
  const std::size_t end = bracketed ? rest.find(']') : std::min(rest.find(':'), rest.size());
  if (end == std::string_view::npos) return no_address(text);
  const std::string_view host = rest.substr(bracketed ? 1 : 0, end - (bracketed ? 1 : 0));
  rest.remove_prefix(end + (bracketed ? 1 : 0));
  address.host = host;
  address.port = raw_port;
  if (!rest.empty()) {
    if (!rest.starts_with(':')) return no_address(text);
    const char* const last = rest.data() + rest.size();
    const auto parsed = std::from_chars(rest.data() + 1, last, address.port);
    if (parsed.ec != std::errc() || parsed.ptr != last || address.port == 0)
      return no_address(text);
  }
  const bool named =
      !host.empty() && host.size() <= longest_host && host.front() != '-' &&
      std::all_of(host.begin(), host.end(), [&](char c) { return is_host_letter(c, bracketed); });
  if (!named) return no_address(text);
  return address;
}

std::string show(const PrinterAddress& address) {
  if (!address.device.empty()) return address.device;
  const bool bracketed = address.host.find(':') != std::string::npos;
  return std::string(tcp_scheme) + (bracketed ? "[" + address.host + "]" : address.host) + ":" +
         std::to_string(address.port);
}

ledger::Result<NamedPrinter> read_named_printer(std::string_view text) {
  const std::size_t space = text.find(' ');
  const std::string_view name = text.substr(0, space);
  if (space == std::string_view::npos || name.empty() || name.size() > longest_name ||
      !std::all_of(name.begin(), name.end(), is_name_letter)) {
    return no_address(text);
  }
  NGUON_TRY(auto address, read_printer_address(text.substr(space + 1)));
  return NamedPrinter{std::string(name), std::move(address)};
}

ledger::Result<PrinterAddress> listed_printer(const std::vector<NamedPrinter>& list,
                                              std::string_view name) {
  for (const NamedPrinter& printer : list) {
    if (printer.name == name) return printer.address;
  }
  return ledger::Error{ledger::Errc::forbidden, "print.not-listed", {}, std::string(name)};
}

}  // namespace nguon::server
