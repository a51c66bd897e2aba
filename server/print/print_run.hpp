#pragma once

#include "ledger/base/result.hpp"
#include "server/print/print_notes.hpp"
#include "server/print/printer_state.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace nguon::server {

struct PrintOptions {
  /// Labels sent before the printer is asked: at most so many are ever in doubt. 1..500.
  std::uint32_t group = 50;
  /// For printers that never say anything: nothing is sure until a person has looked.
  bool silent = false;
  std::chrono::milliseconds patience{30'000};     ///< to connect, to take an octet
  std::chrono::milliseconds answer{5'000};        ///< to say its state
  std::chrono::milliseconds between{200};         ///< two questions
  std::chrono::milliseconds group_time{180'000};  ///< to have a group on paper
  /// Asked between groups: true ends the run there, with nothing in doubt.
  std::function<bool()> stop = [] { return false; };
  /// Told after each group how many labels are sure (silent: sent).
  std::function<void(std::uint32_t)> at = [](std::uint32_t) {};
};

enum class PrintEnd {
  whole,    ///< All of it is on paper; silent: was taken.
  stopped,  ///< `stop` asked for it.
};

/// Prints what is left of a job whose notes hold no doubt (`print.in-doubt` otherwise: whoever
/// prints on must have looked). Stops at the first trouble and repeats nothing by itself:
/// `print.link`, `print.printer` (it wants a person, or is never done), `print.silent` (it does not
/// answer); `print.job`, errors of Notebook. What is in doubt then stands in the notes.
///
/// Order of every group, so that a kill at any point leaves a true notebook: note that it begins,
/// on disk; send; hear that all is on paper; note that it is sure.
ledger::Result<PrintEnd> print_job(const std::string& job_file, PrintNotes& notes,
                                   const PrintOptions& options);

}  // namespace nguon::server
