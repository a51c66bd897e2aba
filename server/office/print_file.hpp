#pragma once

#include "labels/placed.hpp"
#include "ledger/base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
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

/// All labels of a job in order as one file, made a piece at a time: however many there are, a piece
/// is in memory (of a PDF besides 16 octets a page). One thread at a time.
class PrintFile {
 public:
  /// Errors: `label.input` (a sheet is no job for a label printer), those of `serial`.
  static ledger::Result<std::unique_ptr<PrintFile>> begin(labels::PlacedLabel placed,
                                                          PrintFormat format, std::uint64_t count,
                                                          SerialOf serial);
  ~PrintFile();
  PrintFile(const PrintFile&) = delete;
  PrintFile& operator=(const PrintFile&) = delete;

  /// The next `piece_octets` or little more; less only at the end, nothing behind it. Errors:
  /// `label.input`, those of `serial`; then the file is worthless.
  ledger::Result<std::string> next();
  /// Nothing more comes.
  bool ended() const;

  static constexpr std::size_t piece_octets = 48 * 1024;

 private:
  struct State;
  explicit PrintFile(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace nguon::server
