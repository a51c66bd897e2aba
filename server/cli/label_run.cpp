#include "server/cli/label_run.hpp"

#include "labels/csv.hpp"
#include "labels/pdf.hpp"
#include "labels/raster.hpp"
#include "labels/svg.hpp"
#include "server/deployment/files.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

namespace nguon::server {
namespace {

ledger::Error refused(labels::Fault fault) {
  return ledger::invalid("label.input", {}, std::string(labels::describe(fault)));
}

/// A file that did not exist, filled as octets come; gone again unless it was kept.
class GrowingFile {
 public:
  explicit GrowingFile(const std::string& path)
      : path_(path), file_(std::fopen(path.c_str(), "wbx")) {}
  ~GrowingFile() {
    if (file_ == nullptr) return;
    file_.reset();
    if (!kept_) std::remove(path_.c_str());
  }
  GrowingFile(const GrowingFile&) = delete;
  GrowingFile& operator=(const GrowingFile&) = delete;

  bool open() const { return file_ != nullptr; }
  bool put(std::string_view octets) {
    return std::fwrite(octets.data(), 1, octets.size(), file_.get()) == octets.size();
  }
  bool keep() { return kept_ = std::fflush(file_.get()) == 0; }
  ledger::Error trouble() const {
    return {ledger::Errc::unavailable, "file.write", {}, path_ + ": " + std::strerror(errno)};
  }

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::string path_;
  std::unique_ptr<std::FILE, Close> file_;
  bool kept_ = false;
};

ledger::Result<labels::LabelItem> item_of(const labels::PlacedLabel& placed, const LabelRun& run,
                                          std::uint64_t index) {
  const auto code = run.code(index);
  if (!code) return refused(code.error());
  auto item = labels::label_item(placed, *code);
  if (!item) return refused(item.error());
  return *std::move(item);
}

/// Labels as a printer takes them, with the writers' way of taking one after the other.
class DeviceFile {
 public:
  DeviceFile(labels::DeviceLabels device, labels::Sink sink)
      : device_(std::move(device)), sink_(std::move(sink)) {}

  labels::Result<void> begin() { return put(device_.setup()); }
  labels::Result<void> add(const labels::LabelItem& item) {
    const auto label = device_.label(item);
    return label ? put(*label) : labels::Result<void>(label.error());
  }
  static labels::Result<void> finish() { return {}; }

 private:
  labels::Result<void> put(std::string_view octets) {
    if (!sink_(octets)) return labels::Fault::failed;
    return {};
  }

  labels::DeviceLabels device_;
  labels::Sink sink_;
};

/// The same with the ends of labels known.
class JobFile {
 public:
  JobFile(labels::DeviceLabels device, labels::PrinterLanguage language, labels::Sink sink)
      : device_(std::move(device)), language_(language), job_(std::move(sink)) {}

  labels::Result<void> begin() { return job_.begin(language_, device_.setup()); }
  labels::Result<void> add(const labels::LabelItem& item) {
    const auto label = device_.label(item);
    return label ? job_.add(*label) : labels::Result<void>(label.error());
  }
  labels::Result<void> finish() { return job_.finish(); }

 private:
  labels::DeviceLabels device_;
  labels::PrinterLanguage language_;
  labels::PrintJobWriter job_;
};

ledger::Result<void> well_written(const labels::Result<void>& done, const GrowingFile& file) {
  if (done) return {};
  return done.error() == labels::Fault::failed ? file.trouble() : refused(done.error());
}

template <class Writer>
ledger::Result<void> write_all(const labels::PlacedLabel& placed, const LabelRun& run,
                               Writer& writer, const GrowingFile& file) {
  for (std::uint64_t i = 0; i < run.count; ++i) {
    NGUON_TRY(const auto item, item_of(placed, run, i));
    NGUON_CHECK(well_written(writer.add(item), file));
  }
  return well_written(writer.finish(), file);
}

ledger::Result<void> write_device(const labels::PlacedLabel& placed, const LabelRun& run,
                                  const LabelFormat& format, const labels::Sink& sink,
                                  const GrowingFile& file) {
  labels::DeviceSettings settings = format.device;
  if (format.ending == "zpl") settings.language = labels::PrinterLanguage::zpl;
  if (format.ending == "tspl") settings.language = labels::PrinterLanguage::tspl;
  NGUON_TRY(const auto any, item_of(placed, run, 0));
  auto device = labels::DeviceLabels::make(placed, any, settings);
  if (!device) return refused(device.error());
  if (format.ending == "job") {
    JobFile job(*std::move(device), settings.language, sink);
    NGUON_CHECK(well_written(job.begin(), file));
    return write_all(placed, run, job, file);
  }
  DeviceFile octets(*std::move(device), sink);
  NGUON_CHECK(well_written(octets.begin(), file));
  return write_all(placed, run, octets, file);
}

ledger::Result<void> write_page(const labels::PlacedLabel& placed, const LabelRun& run, bool svg,
                                const std::string& path) {
  if (run.count > placed.cells.size()) {
    return ledger::invalid("label.input", {},
                           "labels, places on the page: " + std::to_string(run.count) + " > " +
                               std::to_string(placed.cells.size()));
  }
  std::vector<labels::LabelItem> items;
  for (std::uint64_t i = 0; i < run.count; ++i) {
    NGUON_TRY(auto item, item_of(placed, run, i));
    items.push_back(std::move(item));
  }
  const auto octets = svg ? labels::page_svg(placed, items) : labels::page_png(placed, items);
  if (!octets) return refused(octets.error());
  return write_new_file(path, *octets);
}

}  // namespace

ledger::Result<void> write_labels(const labels::PlacedLabel& placed, const LabelRun& run,
                                  const LabelFormat& format, const std::string& path) {
  const std::string& ending = format.ending;
  if (ending == "svg" || ending == "png") return write_page(placed, run, ending == "svg", path);
  GrowingFile file(path);
  if (!file.open()) return file.trouble();
  const labels::Sink sink = [&file](std::string_view octets) { return file.put(octets); };
  if (ending == "csv") {
    labels::CsvWriter writer(sink);
    NGUON_CHECK(write_all(placed, run, writer, file));
  } else if (ending == "pdf") {
    labels::PdfWriter writer(placed, sink);
    NGUON_CHECK(write_all(placed, run, writer, file));
  } else {
    NGUON_CHECK(write_device(placed, run, format, sink, file));
  }
  if (!file.keep()) return file.trouble();
  return {};
}

}  // namespace nguon::server
