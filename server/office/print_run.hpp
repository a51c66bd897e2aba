#pragma once

#include "labels/placed.hpp"
#include "labels/serial.hpp"
#include "ledger/base/result.hpp"
#include "ledger/log/ledger.hpp"
#include "schemas/bundle.hpp"

#include <cstdint>
#include <string>

namespace nguon::server {

/// Labels that somebody signed for printing, as one label.print says.
struct PrintRun {
  std::string entry;
  std::string range;  ///< Subject.
  std::string org;    ///< Whose range it is.
  std::string batch;  ///< What they are for; empty: blank.
  std::int64_t number = 0;
  std::int64_t epoch = 0;
  std::int64_t first = 0;
  std::int64_t last = 0;
  std::int64_t recorded = 0;  ///< Unix ms.
  bool again = false;         ///< The same serials once more.

  std::int64_t count() const { return last - first + 1; }
};

/// Errors: `entry.not-found`, `label.no-print` (another type), `store.*`.
ledger::Result<PrintRun> print_run(const ledger::Ledger& ledger, const std::string& entry);

/// What stands on the labels of a batch (empty: blank ones of `org`) besides their numbers; OCOP
/// only while its stars may be shown. `origin`: `https://HOST` as printed. Errors: `subject.unknown`,
/// `store.*`.
ledger::Result<labels::LabelFacts> label_facts(const ledger::Ledger& ledger,
                                               const schemas::Bundle& bundle,
                                               const std::string& org, const std::string& batch,
                                               const std::string& origin, std::int64_t now_ms);

/// Placed for that printer, with `serial` as one of the job's. A GTIN in the facts makes the link a
/// GS1 one where the layout takes it. Error: `label.input` with the layout's own words.
ledger::Result<labels::PlacedLabel> place_run(const labels::Template& layout,
                                              const labels::LabelFacts& facts,
                                              const labels::Printer& printer,
                                              const std::string& origin, const std::string& serial);

/// For previews: well formed, of an epoch that no deployment begins with.
std::string specimen_serial();

}  // namespace nguon::server
