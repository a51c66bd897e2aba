#pragma once

#include "ledger/base/descriptor.hpp"
#include "ledger/base/result.hpp"
#include "server/print/printer_address.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

namespace nguon::server {

/// Octets to and from a printer, by TCP or a device file. Every wait has an end. One thread.
class PrinterLink {
 public:
  using Time = std::chrono::milliseconds;

  /// Error `print.link` (Errc::unavailable) here and below: no connection, closed, reset, or
  /// nothing taken for as long as `patience`.
  static ledger::Result<std::unique_ptr<PrinterLink>> open(const PrinterAddress& address,
                                                           Time patience);

  /// All of it, or an error: then how much arrived is unknown.
  ledger::Result<void> send(std::string_view octets);

  /// What the printer said until `enough` holds or `patience` is over; perhaps nothing. At most 4
  /// KiB.
  template <class Enough>
  ledger::Result<std::string> receive(Time patience, Enough enough) {
    std::string said;
    const auto until = std::chrono::steady_clock::now() + patience;
    while (!enough(said) && said.size() < most_said) {
      NGUON_TRY(const std::string more, receive_some(until));
      if (more.empty()) break;
      said += more;
    }
    return said;
  }

 private:
  static constexpr std::size_t most_said = 4096;
  PrinterLink(int file, Time patience) : file_(file), patience_(patience) {}
  ledger::Result<std::string> receive_some(std::chrono::steady_clock::time_point until);
  static ledger::Result<std::unique_ptr<PrinterLink>> open_device(const PrinterAddress& address,
                                                                  Time patience);

  ledger::Descriptor file_;
  Time patience_;
};

}  // namespace nguon::server
