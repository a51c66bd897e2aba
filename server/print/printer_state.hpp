#pragma once

#include "labels/print_job.hpp"

#include <optional>
#include <string_view>

namespace nguon::server {

/// What a printer says of itself.
enum class PrinterState {
  idle,  ///< All it was sent is on paper.
  busy,  ///< Some of it is not.
  no_paper,
  no_ribbon,
  head_open,
  jammed,  ///< Or a fault it does not name.
  paused,  ///< By its own button.
};

/// Neither idle nor busy: a person must go there.
bool needs_a_person(PrinterState state);

/// One phrase, Vietnamese then English.
std::string_view describe(PrinterState state);

/// What to send so that the printer says its state, and what makes it forget all it has not
/// printed.
std::string_view state_question(labels::PrinterLanguage language);
std::string_view forget_command(labels::PrinterLanguage language);

/// The answer so far; nothing while it is not whole, or when it is none. ZPL: the three lines of
/// ~HS. TSPL: one octet. Any octets are safe.
std::optional<PrinterState> read_state(labels::PrinterLanguage language, std::string_view said);

}  // namespace nguon::server
