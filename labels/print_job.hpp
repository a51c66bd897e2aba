#pragma once

#include "labels/fault.hpp"
#include "labels/sink.hpp"

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace nguon::labels {

// A job as `nguon print` takes it: octets for a printer with the ends of its labels known, so that
// it can stop after one and go on from another (labels/FORMAT.md §9).

enum class PrinterLanguage { zpl, tspl };

std::string_view name_of(PrinterLanguage language);

inline constexpr std::size_t longest_setup = std::size_t{8} << 20;
inline constexpr std::size_t longest_label = std::size_t{1} << 20;
inline constexpr std::uint32_t most_labels = 1u << 20;

/// Writes a job label by label; keeps none of them.
class PrintJobWriter {
 public:
  explicit PrintJobWriter(Sink sink) : sink_(std::move(sink)) {}

  /// The head, once, before any label. failed when the sink refused, here and below; bad_length:
  /// over a limit above, or a label of nothing.
  Result<void> begin(PrinterLanguage language, std::string_view setup);
  Result<void> add(std::string_view label);
  /// Once, after the last label: without it the job is torn and nobody prints it.
  Result<void> finish();

 private:
  Result<void> write(std::string_view head, std::string_view octets);

  Sink sink_;
  std::uint32_t labels_ = 0;
};

/// Reads a job label by label; holds one at a time. Any octets are safe.
class PrintJobReader {
 public:
  /// Reads the head and the setup. bad_symbol, bad_length. `in` outlives the reader.
  static Result<PrintJobReader> open(std::istream& in);

  PrinterLanguage language() const { return language_; }
  const std::string& setup() const { return setup_; }

  /// The next label; nothing after the last of a whole job. bad_symbol, bad_length (torn, or over a
  /// limit above), bad_order (the end disagrees with what came).
  Result<std::optional<std::string>> next();

  /// The same, but only skipped.
  Result<bool> skip();

 private:
  explicit PrintJobReader(std::istream& in) : in_(&in) {}
  Result<std::optional<std::size_t>> next_length();

  std::istream* in_;
  PrinterLanguage language_ = PrinterLanguage::zpl;
  std::string setup_;
  std::uint32_t labels_ = 0;
  bool ended_ = false;
};

struct PrintJobFacts {
  PrinterLanguage language = PrinterLanguage::zpl;
  std::uint32_t labels = 0;
};

/// Reads a job to its end. Faults as above; bad_length also when there is no label in it.
Result<PrintJobFacts> check_print_job(std::istream& in);

}  // namespace nguon::labels
