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

/// One of the room's writers, whatever it writes.
class FileWriter {
 public:
  virtual ~FileWriter() = default;
  virtual labels::Result<void> add(const labels::LabelItem& item) = 0;
  virtual labels::Result<void> finish() = 0;
};

class CsvFile final : public FileWriter {
 public:
  explicit CsvFile(labels::Sink sink) : csv_(std::move(sink)) {}
  labels::Result<void> add(const labels::LabelItem& item) override { return csv_.add(item); }
  labels::Result<void> finish() override { return csv_.finish(); }

 private:
  labels::CsvWriter csv_;
};

class PdfLabels final : public FileWriter {
 public:
  PdfLabels(const labels::PlacedLabel& placed, labels::Sink sink) : pdf_(placed, std::move(sink)) {}
  labels::Result<void> add(const labels::LabelItem& item) override { return pdf_.add(item); }
  labels::Result<void> finish() override { return pdf_.finish(); }

 private:
  labels::PdfWriter pdf_;
};

class DeviceJob final : public FileWriter {
 public:
  DeviceJob(labels::DeviceLabels device, labels::Sink sink)
      : device_(std::move(device)), job_(std::move(sink)) {}
  labels::Result<void> begin(labels::PrinterLanguage language) {
    return job_.begin(language, device_.setup());
  }
  labels::Result<void> add(const labels::LabelItem& item) override {
    const auto label = device_.label(item);
    if (!label) return label.error();
    return job_.add(*label);
  }
  labels::Result<void> finish() override { return job_.finish(); }

 private:
  labels::DeviceLabels device_;
  labels::PrintJobWriter job_;
};

}  // namespace

struct PrintFile::State {
  const labels::PlacedLabel placed;
  const std::uint64_t count;
  const SerialOf serial;
  std::uint64_t at = 0;
  bool ended = false;
  std::string made;
  std::unique_ptr<FileWriter> writer;

  State(labels::PlacedLabel label, std::uint64_t labels, SerialOf serial_of)
      : placed(std::move(label)), count(labels), serial(std::move(serial_of)) {}

  Result<labels::LabelItem> item(std::uint64_t index) const {
    NGUON_TRY(const auto code, serial(index));
    auto made_item = labels::label_item(placed, code);
    if (!made_item) return no_label(made_item.error());
    return *std::move(made_item);
  }

  Result<void> open(PrintFormat format) {
    labels::Sink sink = [this](std::string_view more) {
      made += more;
      return true;
    };
    if (format == PrintFormat::csv) {
      writer = std::make_unique<CsvFile>(std::move(sink));
      return {};
    }
    if (format == PrintFormat::pdf) {
      writer = std::make_unique<PdfLabels>(placed, std::move(sink));
      return {};
    }
    const auto language = format == PrintFormat::zpl_job ? labels::PrinterLanguage::zpl
                                                         : labels::PrinterLanguage::tspl;
    NGUON_TRY(const auto any, item(0));
    auto device = labels::DeviceLabels::make(placed, any, {language});
    if (!device) return no_label(device.error());
    auto job = std::make_unique<DeviceJob>(*std::move(device), std::move(sink));
    if (const auto begun = job->begin(language); !begun) return no_label(begun.error());
    writer = std::move(job);
    return {};
  }

  Result<void> fill() {
    for (; at < count && made.size() < piece_octets; ++at) {
      NGUON_TRY(const auto next, item(at));
      if (const auto added = writer->add(next); !added) return no_label(added.error());
    }
    if (at < count) return {};
    if (const auto finished = writer->finish(); !finished) return no_label(finished.error());
    ended = true;
    return {};
  }
};

PrintFile::PrintFile(std::unique_ptr<State> state) : state_(std::move(state)) {}
PrintFile::~PrintFile() = default;
bool PrintFile::ended() const { return state_->ended && state_->made.empty(); }

Result<std::unique_ptr<PrintFile>> PrintFile::begin(labels::PlacedLabel placed, PrintFormat format,
                                                    std::uint64_t count, SerialOf serial) {
  auto state = std::make_unique<State>(std::move(placed), count, std::move(serial));
  NGUON_CHECK(state->open(format));
  return std::unique_ptr<PrintFile>(new PrintFile(std::move(state)));
}

Result<std::string> PrintFile::next() {
  if (!state_->ended) {
    NGUON_CHECK(state_->fill());
  }
  return std::exchange(state_->made, {});
}

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

}  // namespace nguon::server
