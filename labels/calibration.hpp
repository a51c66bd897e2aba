#pragma once

#include "labels/placed.hpp"
#include "labels/sink.hpp"

namespace nguon::labels {

/// A page (PDF) to lay beside a ruler: mark N stands N mm from the paper's edge where the printer's
/// settings are right; on a sheet the edges of its labels besides. What is measured gives
/// `printer`: offset = N less the distance found, scale = length written over length found. Printed
/// with settings already in `printer`, it shows whether they are right. out_of_range (the printer's
/// settings), failed.
Ruled<void> calibration_pdf(const Template& layout, const Printer& printer, const Sink& sink);

}  // namespace nguon::labels
