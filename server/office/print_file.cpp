#include "server/office/print_file.hpp"

#include "labels/csv.hpp"
#include "labels/device_labels.hpp"
#include "labels/pdf.hpp"
#include "labels/print_job.hpp"

#include <utility>

namespace nguon::server {
namespace {

using ledger::Result;

ledger::Error no_label(labels::Fault fault) {
  return ledger::invalid("label.input", {}, std::string(labels::describe(fault)));
}

Result<labels::LabelItem> item_at(const labels::PlacedLabel& placed, const SerialOf& serial,
                                  std::uint64_t index) {
  NGUON_TRY(const auto code, serial(index));
  auto item = labels::label_item(placed, code);
  if (!item) return no_label(item.error());
  return *std::move(item);
}

template <class Writer>
Result<void> write_items(const labels::PlacedLabel& placed, std::uint64_t count,
                         const SerialOf& serial, Writer& writer) {
  for (std::uint64_t at = 0; at < count; ++at) {
    NGUON_TRY(const auto item, item_at(placed, serial, at));
    const auto added = writer.add(item);
    if (!added) return no_label(added.error());
  }
  const auto ended = writer.finish();
  if (!ended) return no_label(ended.error());
  return {};
}

Result<std::string> job_of(const labels::PlacedLabel& placed, std::uint64_t count,
                           const SerialOf& serial, labels::PrinterLanguage language) {
  NGUON_TRY(const auto any, item_at(placed, serial, 0));
  const auto printer = labels::DeviceLabels::make(placed, any, {language});
  if (!printer) return no_label(printer.error());
  std::string job;
  labels::PrintJobWriter writer([&job](std::string_view more) {
    job += more;
    return true;
  });
  if (const auto begun = writer.begin(language, printer->setup()); !begun) {
    return no_label(begun.error());
  }
  for (std::uint64_t at = 0; at < count; ++at) {
    NGUON_TRY(const auto item, item_at(placed, serial, at));
    const auto label = printer->label(item);
    if (!label) return no_label(label.error());
    if (const auto added = writer.add(*label); !added) return no_label(added.error());
  }
  if (const auto ended = writer.finish(); !ended) return no_label(ended.error());
  return job;
}

}  // namespace

std::optional<PrintFormat> print_format_of(std::string_view file) {
  if (file == "labels.pdf") return PrintFormat::pdf;
  if (file == "labels.csv") return PrintFormat::csv;
  if (file == "labels.zpl-job") return PrintFormat::zpl_job;
  if (file == "labels.tspl-job") return PrintFormat::tspl_job;
  return std::nullopt;
}

std::string_view media_type(PrintFormat format) {
  if (format == PrintFormat::pdf) return "application/pdf";
  return format == PrintFormat::csv ? "text/csv; charset=utf-8; header=present"
                                    : "application/octet-stream";
}

Result<std::string> print_file(const labels::PlacedLabel& placed, PrintFormat format,
                               std::uint64_t count, const SerialOf& serial) {
  if (format == PrintFormat::zpl_job) {
    return job_of(placed, count, serial, labels::PrinterLanguage::zpl);
  }
  if (format == PrintFormat::tspl_job) {
    return job_of(placed, count, serial, labels::PrinterLanguage::tspl);
  }
  std::string octets;
  const labels::Sink sink = [&octets](std::string_view more) {
    octets += more;
    return true;
  };
  if (format == PrintFormat::csv) {
    labels::CsvWriter writer(sink);
    NGUON_CHECK(write_items(placed, count, serial, writer));
  } else {
    labels::PdfWriter writer(placed, sink);
    NGUON_CHECK(write_items(placed, count, serial, writer));
  }
  return octets;
}

}  // namespace nguon::server
