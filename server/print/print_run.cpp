#include "server/print/print_run.hpp"

#include "server/print/printer_link.hpp"

#include <algorithm>
#include <fstream>
#include <thread>
#include <utility>

namespace nguon::server {
namespace {

using ledger::Result;
using Clock = std::chrono::steady_clock;

ledger::Error bad_job(labels::Fault fault) {
  return ledger::invalid("print.job", {}, std::string(labels::describe(fault)));
}

/// One run over one connection.
class PrintRun {
 public:
  PrintRun(PrinterLink& link, labels::PrintJobReader& job, PrintNotes& notes,
           const PrintOptions& options)
      : link_(link), job_(job), notes_(notes), options_(options) {}

  Result<PrintEnd> run() {
    NGUON_CHECK(prepare());
    const std::uint32_t labels = notes_.progress().labels;
    while (notes_.progress().begun < labels) {
      if (options_.stop()) return PrintEnd::stopped;
      const std::uint32_t first = notes_.progress().begun + 1;
      const std::uint32_t last = std::min(labels, first + std::max(options_.group, 1u) - 1);
      NGUON_CHECK(notes_.begin(last));
      NGUON_CHECK(send_group(first, last));
      if (!options_.silent) {
        NGUON_CHECK(wait_for_paper());
        NGUON_CHECK(notes_.done());
      }
      options_.at(last);
    }
    return PrintEnd::whole;
  }

 private:
  /// Whether it is there and well, before anything is in doubt; then what all labels share.
  Result<void> prepare() {
    if (!options_.silent) {
      NGUON_TRY(const auto state, ask());
      if (needs_a_person(state)) return wants_a_person(state);
    }
    // Half a label of a connection that broke would swallow the next one; what else it holds back
    // has been counted as not on paper.
    NGUON_CHECK(link_.send(forget_command(job_.language())));
    if (!options_.silent) {
      NGUON_CHECK(wait_for_paper());
    }
    NGUON_CHECK(link_.send(job_.setup()));
    for (std::uint32_t i = 0; i < notes_.progress().sure; ++i) {
      const auto skipped = job_.skip();
      if (!skipped) return bad_job(skipped.error());
    }
    return {};
  }

  Result<void> send_group(std::uint32_t first, std::uint32_t last) {
    for (std::uint32_t i = first; i <= last; ++i) {
      const auto label = job_.next();
      if (!label) return bad_job(label.error());
      if (!*label) return bad_job(labels::Fault::bad_length);
      NGUON_CHECK(link_.send(**label));
    }
    return {};
  }

  /// Twice idle, for a printer may answer before it has looked at what came before the question.
  Result<void> wait_for_paper() {
    const auto until = Clock::now() + options_.group_time;
    int idle = 0;
    while (idle < 2) {
      NGUON_TRY(const auto state, ask());
      if (needs_a_person(state)) return wants_a_person(state);
      idle = state == PrinterState::idle ? idle + 1 : 0;
      if (Clock::now() >= until) return wants_a_person(state);
      if (idle < 2) std::this_thread::sleep_for(options_.between);
    }
    return {};
  }

  Result<PrinterState> ask() {
    const auto language = job_.language();
    NGUON_CHECK(link_.send(state_question(language)));
    NGUON_TRY(const std::string said,
              link_.receive(options_.answer, [language](std::string_view so_far) {
                return read_state(language, so_far).has_value();
              }));
    const auto state = read_state(language, said);
    if (!state) {
      return ledger::Error{
          ledger::Errc::unavailable, "print.silent", {}, show(notes_.progress().printer)};
    }
    return *state;
  }

  static ledger::Error wants_a_person(PrinterState state) {
    return {ledger::Errc::unavailable, "print.printer", {}, std::string(describe(state))};
  }

  PrinterLink& link_;
  labels::PrintJobReader& job_;
  PrintNotes& notes_;
  const PrintOptions& options_;
};

}  // namespace

Result<PrintEnd> print_job(const std::string& job_file, PrintNotes& notes,
                           const PrintOptions& options) {
  const PrintProgress& progress = notes.progress();
  if (progress.in_doubt()) {
    return ledger::Error{
        ledger::Errc::conflict,
        "print.in-doubt",
        {},
        std::to_string(progress.sure + 1) + " … " + std::to_string(progress.begun)};
  }
  if (progress.whole()) return PrintEnd::whole;
  std::ifstream file(job_file, std::ios::binary);
  auto job = labels::PrintJobReader::open(file);
  if (!job) return bad_job(job.error());
  NGUON_TRY(const auto link, PrinterLink::open(progress.printer, options.patience));
  return PrintRun(*link, *job, notes, options).run();
}

}  // namespace nguon::server
