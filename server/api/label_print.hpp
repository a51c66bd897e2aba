#pragma once

#include "labels/serial.hpp"
#include "ledger/base/clock.hpp"
#include "server/api/label_account.hpp"
#include "server/office/print_takers.hpp"
#include "server/pages/layout.hpp"

#include <vector>

namespace nguon::server {

/// What labels are drawn from; what is referred to outlives the handlers.
struct LabelPrintParts {
  LabelAccountParts account;
  const labels::SerialCodec* serials = nullptr;
  const Site& site;
  const ledger::Clock& clock;
  PrintTakers& takers;
};

/// Labels of a document or job at most; a longer run comes in parts. A list of serials is one file,
/// however long.
inline constexpr std::int64_t most_labels_a_file = 10'000;
/// Files that may be on their way at once; each takes some 100 kB.
inline constexpr int most_print_files = 8;
/// A file of serials belongs to the signature it follows: later it would be a second print.
inline constexpr std::int64_t print_file_ms = PrintTakers::kept_ms;

/// - `GET /api/office/labels/layouts`: {layouts: [{name, vi, en, width, height, cells}]}, of labels
///   with a serial.
/// - `GET /api/office/labels/preview.svg?layout=&batch=&dpi=&…`: a page of specimens; no serial of
///   ours is in it and nothing is spent.
/// - `GET /api/office/labels/calibration.pdf?layout=&dpi=&…`: rulers for a printer's settings.
/// - `GET /api/office/labels/prints/{entry}?layout=&…`: the run that a label.print signed: {range,
///   number, first, last, count, parts, until, module_mm, serials: {first, middle, last}, taken:
///   [{part, person, at, here}]}, `here`: by the key that asks.
/// - `GET /api/office/labels/prints/{entry}/{file}?layout=&…&part=&over=`: `labels.pdf`, `labels.csv`
///   (all of the run where no part is named), or a job for `nguon print`: `labels.zpl-job`,
///   `labels.tspl-job`. Made while it goes out: if that breaks off, so does the connection. To one key
///   alone, and to another only with `over=1`, which takes them over (server/office/print_takers.hpp).
///
/// Printers: dpi, offset_x, offset_y (µm), scale_x, scale_y (thousandths). Errors: `session.none`,
/// `http.query`, `label.input`; of a run besides `directory.org` (403, not the viewer's to print),
/// `entry.not-found`, `label.no-print`, `label.print-late`, `label.print-taken` (409), `export.busy`.
std::vector<Route> label_print_routes(const ApiServices& services, const LabelPrintParts& parts);

}  // namespace nguon::server
