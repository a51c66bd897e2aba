#pragma once

#include "labels/placed.hpp"
#include "ledger/base/result.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace nguon::server {

/// What labels leave the house as: a document, a list for an outside printer, or a job for
/// `nguon print` on the office's computer.
enum class PrintFormat : std::uint8_t { pdf, csv, zpl_job, tspl_job };

/// Of `labels.pdf`, `labels.csv`, `labels.zpl-job`, `labels.tspl-job`.
std::optional<PrintFormat> print_format_of(std::string_view file);
std::string_view media_type(PrintFormat format);

using SerialOf = std::function<ledger::Result<std::string>(std::uint64_t index)>;

/// All labels of the job in order. Errors: `label.input` (a sheet is no job for a label printer),
/// those of `serial`.
ledger::Result<std::string> print_file(const labels::PlacedLabel& placed, PrintFormat format,
                                       std::uint64_t count, const SerialOf& serial);

}  // namespace nguon::server
