// What an operator lists and what a printer answers: read or refused, and read again the same.
#include "server/print/printer_address.hpp"
#include "server/print/printer_state.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace nguon::server;

void address(std::string_view text) {
  const auto read = read_printer_address(text);
  if (!read) return;
  // One way of writing: what is shown is read as the same, or a name would lead to two machines.
  const auto again = read_printer_address(show(*read));
  if (!again || *again != *read || show(*again) != show(*read)) std::abort();
  if (read->device.empty() == read->host.empty()) std::abort();
}

void named(std::string_view text) {
  const auto read = read_named_printer(text);
  if (!read) return;
  if (!listed_printer({*read}, read->name) || listed_printer({}, read->name)) std::abort();
}

/// A printer's words come in pieces: what was understood stays understood.
void host_status(std::string_view said) {
  using nguon::labels::PrinterLanguage;
  for (std::size_t length = 1; length <= said.size(); ++length) {
    if (said[length - 1] != '\x03') continue;  // nothing else makes a line whole
    const auto read = read_state(PrinterLanguage::zpl, said.substr(0, length));
    if (!read) continue;
    if (describe(*read).empty()) std::abort();
    // The three lines are whole: nothing behind them changes what they say.
    if (read_state(PrinterLanguage::zpl, said) != read) std::abort();
    return;
  }
}

void one_octet(std::string_view said) {
  const auto read = read_state(nguon::labels::PrinterLanguage::tspl, said);
  if (read.has_value() == said.empty()) std::abort();
  if (read && describe(*read).empty()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(octets), size);
  address(input);
  named(input);
  host_status(input.substr(0, 4096));  // as much as a link gives
  one_octet(input);
  return 0;
}
