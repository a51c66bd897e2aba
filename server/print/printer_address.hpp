#pragma once

#include "ledger/base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::server {

/// Where a label printer listens.
struct PrinterAddress {
  std::string host;  ///< name or address; empty: a device
  std::uint16_t port = 0;
  std::string device;  ///< absolute path, `/dev/usb/lp0`
  bool operator==(const PrinterAddress&) const = default;
};

/// `tcp://HOST`, `tcp://HOST:PORT`, `tcp://[V6]:PORT` (port 9100 where none is said) or an absolute
/// path of a device. Error `print.address`.
ledger::Result<PrinterAddress> read_printer_address(std::string_view text);

/// As read_printer_address reads it.
std::string show(const PrinterAddress& address);

/// A printer this service may print to, by the name the office knows it by.
struct NamedPrinter {
  std::string name;  ///< `[a-z0-9-]{1,32}`
  PrinterAddress address;
  bool operator==(const NamedPrinter&) const = default;
};

/// `NAME ADDRESS`, as nguon.toml lists them. Error `print.address`.
ledger::Result<NamedPrinter> read_named_printer(std::string_view text);

/// The only way from a name to an address: what is not listed is not printed to, so that nobody
/// makes this service speak to another machine of its network. Error `print.not-listed`.
ledger::Result<PrinterAddress> listed_printer(const std::vector<NamedPrinter>& list,
                                              std::string_view name);

}  // namespace nguon::server
