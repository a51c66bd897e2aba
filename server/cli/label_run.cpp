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

template <class Writer>
ledger::Result<void> write_all(const labels::PlacedLabel& placed, const LabelRun& run,
                               Writer& writer, const GrowingFile& file) {
  const auto checked = [&](const labels::Result<void>& done) -> ledger::Result<void> {
    if (done) return {};
    return done.error() == labels::Fault::failed ? file.trouble() : refused(done.error());
  };
  for (std::uint64_t i = 0; i < run.count; ++i) {
    NGUON_TRY(const auto item, item_of(placed, run, i));
    NGUON_CHECK(checked(writer.add(item)));
  }
  return checked(writer.finish());
}

ledger::Result<void> write_page(const labels::PlacedLabel& placed, const LabelRun& run, bool svg,
                                const std::string& path) {
  if (run.count > placed.cells.size()) {
    return ledger::invalid("label.input", {}, "labels, places on the page: " +
                           std::to_string(run.count) + " > " + std::to_string(placed.cells.size()));
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
                                  const std::string& format, const std::string& path) {
  if (format == "svg" || format == "png") return write_page(placed, run, format == "svg", path);
  GrowingFile file(path);
  if (!file.open()) return file.trouble();
  const labels::Sink sink = [&file](std::string_view octets) { return file.put(octets); };
  if (format == "csv") {
    labels::CsvWriter writer(sink);
    NGUON_CHECK(write_all(placed, run, writer, file));
  } else {
    labels::PdfWriter writer(placed, sink);
    NGUON_CHECK(write_all(placed, run, writer, file));
  }
  if (!file.keep()) return file.trouble();
  return {};
}

}  // namespace nguon::server
