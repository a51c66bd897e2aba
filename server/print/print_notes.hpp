#pragma once

#include "labels/print_job.hpp"
#include "ledger/base/result.hpp"
#include "server/deployment/notebook.hpp"
#include "server/print/printer_address.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace nguon::server {

/// How far a job is, counted in labels from 1. What lies between `sure` and `begun` is **in
/// doubt**: it was sent, or began to be, and nobody said that it is on paper.
struct PrintProgress {
  PrinterAddress printer;
  labels::PrinterLanguage language = labels::PrinterLanguage::zpl;
  std::uint32_t labels = 0;
  std::string source;       ///< what it was fetched as; empty: a file somebody had
  std::uint32_t sure = 0;   ///< on paper, by the printer's or a person's word
  std::uint32_t begun = 0;  ///< the last label any octet of which may have left
  bool whole() const { return sure == labels; }
  bool in_doubt() const { return begun > sure; }
};

/// The notebook of one job. Each note is on the disk before what it speaks of happens, so that a
/// process killed at any point never believes less was sent than was.
class PrintNotes {
 public:
  /// A new job's. Errors of Notebook.
  static ledger::Result<std::unique_ptr<PrintNotes>> create(const std::string& path,
                                                            const PrintProgress& job);
  /// Errors of Notebook; `notebook.damaged` when it says what cannot be.
  static ledger::Result<std::unique_ptr<PrintNotes>> open(const std::string& path);

  const PrintProgress& progress() const { return progress_; }

  /// Before the first octet of labels up to `last` is sent.
  ledger::Result<void> begin(std::uint32_t last);
  /// The printer said that all it was sent is on paper.
  ledger::Result<void> done();
  /// A person looked: `from` is the first label that is not on paper. Error `print.resume` when it
  /// lies outside `sure + 1 … begun + 1`: below, a serial would be on paper twice; above, one would
  /// miss.
  ledger::Result<void> resume_from(std::uint32_t from);

 private:
  PrintNotes() = default;
  ledger::Result<void> note(std::string_view what, std::uint32_t label);
  ledger::Result<void> take(const boost::json::object& record);

  std::unique_ptr<Notebook> book_;
  PrintProgress progress_;
};

}  // namespace nguon::server
