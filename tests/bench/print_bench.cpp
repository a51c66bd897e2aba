// Ten thousand labels of every layout as PDF beside bare libqrencode and cairo in the same run, of
// every roll as ZPL and TSPL besides, and a million serials as CSV. CPU time of one thread: other
// work on the machine does not count.
#include "labels/csv.hpp"
#include "labels/device_labels.hpp"
#include "labels/link.hpp"
#include "labels/pdf.hpp"
#include "labels/serial.hpp"
#include "tests/bench/figure.hpp"
#include "tests/labels/job.hpp"

#include <cairo-pdf.h>
#include <qrencode.h>
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using namespace nguon::labels;
using nguon::bench::Figure;
using nguon::bench::text_of;

constexpr std::uint64_t labels_of_a_job = 10'000;
constexpr std::uint64_t serials = 1'000'000;

double cpu_now() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// The most memory this process held while `work` ran, all that stood before included.
template <class Work>
double peak_megabytes(const Work& work) {
  std::ofstream("/proc/self/clear_refs") << "5\n";  // forgets the peak so far
  work();
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
  }
  throw std::runtime_error("the kernel does not tell the peak");
}

/// Seconds for the whole job as PDF, codes made beforehand.
double pdf_seconds(const PlacedLabel& label, const std::vector<std::string>& codes) {
  std::size_t octets = 0;
  const double start = cpu_now();
  PdfWriter writer(label, [&octets](std::string_view more) {
    octets += more.size();
    return true;
  });
  for (const auto& code : codes) writer.add(label_item(label, code).value()).value();
  writer.finish().value();
  const double taken = cpu_now() - start;
  if (octets < codes.size() * 100) throw std::runtime_error("a PDF too small to be one");
  return taken;
}

/// The same for a label printer, as a job.
double device_seconds(const PlacedLabel& label, const std::vector<std::string>& codes,
                      PrinterLanguage language) {
  std::size_t octets = 0;
  const double start = cpu_now();
  const auto device = DeviceLabels::make(label, label_item(label, codes.front()).value(),
                                         {language, Drawing::printer, 2})
                          .value();
  PrintJobWriter job([&octets](std::string_view more) {
    octets += more.size();
    return true;
  });
  job.begin(language, device.setup()).value();
  for (const auto& code : codes) {
    job.add(device.label(label_item(label, code).value()).value()).value();
  }
  job.finish().value();
  const double taken = cpu_now() - start;
  if (octets < codes.size() * 100) throw std::runtime_error("a job too small to be one");
  return taken;
}

/// Modules as a mask of one bit each, as cairo lays it out.
cairo_surface_t* mask_of(const QRcode& symbol) {
  cairo_surface_t* mask =
      cairo_image_surface_create(CAIRO_FORMAT_A1, symbol.width, symbol.width);
  unsigned char* const octets = cairo_image_surface_get_data(mask);
  const int stride = cairo_image_surface_get_stride(mask);
  for (int y = 0; y < symbol.width; ++y) {
    for (int x = 0; x < symbol.width; ++x) {
      if ((symbol.data[y * symbol.width + x] & 1) == 0) continue;
      unsigned char& octet = octets[y * stride + x / 8];
      octet = static_cast<unsigned char>(octet | 1u << x % 8);
    }
  }
  cairo_surface_mark_dirty(mask);
  return mask;
}

/// The least that makes such a PDF with the libraries as they are: symbols alone, no text, each a
/// mask, which cairo writes out ten times faster than rectangles.
double bare_seconds(const PlacedLabel& label, const std::vector<std::string>& codes) {
  const double start = cpu_now();
  const double point = 72.0 / label.dpi;
  cairo_surface_t* surface = cairo_pdf_surface_create_for_stream(
      [](void*, const unsigned char*, unsigned) { return CAIRO_STATUS_SUCCESS; }, nullptr,
      label.page_width * point, label.page_height * point);
  cairo_t* canvas = cairo_create(surface);
  cairo_scale(canvas, point, point);
  std::size_t on_page = 0;
  for (const auto& code : codes) {
    const std::string link = label.link_prefix + code;
    QRcode* symbol = QRcode_encodeString(link.c_str(), label.code.version,
                                         static_cast<QRecLevel>(label.code.level), QR_MODE_8, 1);
    const DotPoint& cell = label.cells[on_page];
    const int module = label.code.module;
    cairo_surface_t* mask = mask_of(*symbol);
    cairo_pattern_t* pattern = cairo_pattern_create_for_surface(mask);
    cairo_pattern_set_filter(pattern, CAIRO_FILTER_NEAREST);
    cairo_save(canvas);
    cairo_translate(canvas, cell.x + label.code.box.x, cell.y + label.code.box.y);
    cairo_scale(canvas, module, module);
    cairo_mask(canvas, pattern);
    cairo_restore(canvas);
    cairo_pattern_destroy(pattern);
    cairo_surface_destroy(mask);
    QRcode_free(symbol);
    if (++on_page == label.cells.size()) {
      cairo_show_page(canvas);
      on_page = 0;
    }
  }
  cairo_destroy(canvas);
  cairo_surface_finish(surface);
  cairo_surface_destroy(surface);
  return cpu_now() - start;
}

struct Job {
  PlacedLabel label;
  std::vector<std::string> codes;
  double zpl = 0;
  double tspl = 0;
  bool roll() const { return label.cells.size() == 1; }
};

/// PDF beside the ceiling, turn by turn; of each its best round.
void print_pdf(const Job& job) {
  constexpr int rounds = 3;
  double ours = 1e9;
  double bare = 1e9;
  for (int round = 0; round < rounds; ++round) {
    ours = std::min(ours, pdf_seconds(job.label, job.codes));
    bare = std::min(bare, bare_seconds(job.label, job.codes));
  }
  Figure figure;
  figure.name = "10,000 labels as PDF, " + job.label.name;
  figure.value = ours;
  figure.unit = "s";
  figure.ceiling = text_of("%.2f s (bare libqrencode + cairo)", bare);
  figure.ratio = text_of("%.2f", bare / ours);
  figure.target = "<= 5 s, ratio >= 0.80";
  figure.met = ours <= 5 && bare / ours >= 0.8;
  print(figure);
}

/// A million serials from their places, as the office gives them to an outside printer.
double csv_seconds() {
  auto codec = SerialCodec::make("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU").value();
  SerialKey key{};
  for (std::size_t i = 0; i < key.octets.size(); ++i) key.octets[i] = static_cast<std::uint8_t>(i);
  codec.add_epoch(0, key).value();
  const auto label = placed("roll-50x30", sample_facts(), 203);
  std::size_t octets = 0;
  const double start = cpu_now();
  CsvWriter writer([&octets](std::string_view more) {
    octets += more.size();
    return true;
  });
  for (std::uint64_t i = 0; i < serials; ++i) {
    writer.add(label_item(label, codec.encode({0, 12, i}).value()).value()).value();
  }
  writer.finish().value();
  if (octets != serials * (17 + 1 + 37 + 2) + 13) throw std::runtime_error("a CSV of another size");
  return cpu_now() - start;
}

void print_seconds(const std::string& name, double seconds, double limit) {
  Figure figure;
  figure.name = name;
  figure.value = seconds;
  figure.unit = "s";
  figure.ceiling = "-";
  figure.target = text_of("<= %.0f s", limit);
  figure.met = seconds <= limit;
  print(figure);
}

}  // namespace

int main() {
  std::vector<Job> jobs;
  for (const auto& layout : templates()) {
    Job job;
    job.label = placed(layout.name, crowded_facts(), layout.sheet ? 600 : 203);
    for (std::uint64_t i = 0; i < labels_of_a_job; ++i) {
      job.codes.push_back(code_of(job.label.kind, i));
    }
    jobs.push_back(std::move(job));
  }
  // Every output of ours first: the peaks of memory are then ours alone.
  std::map<std::string, double> peaks;
  double csv = 0;
  peaks["1,000,000 serials as CSV"] = peak_megabytes([&] { csv = csv_seconds(); });
  const auto watch = [&](const std::string& output, const auto& work) {
    double& peak = peaks["10,000 labels as " + output];
    peak = std::max(peak, peak_megabytes(work));
  };
  for (auto& job : jobs) {
    watch("PDF", [&] { pdf_seconds(job.label, job.codes); });
    if (!job.roll()) continue;
    watch("ZPL", [&] { job.zpl = device_seconds(job.label, job.codes, PrinterLanguage::zpl); });
    watch("TSPL", [&] { job.tspl = device_seconds(job.label, job.codes, PrinterLanguage::tspl); });
  }
  for (const auto& job : jobs) {
    print_pdf(job);
    if (!job.roll()) continue;
    print_seconds("10,000 labels as ZPL, " + job.label.name, job.zpl, 5);
    print_seconds("10,000 labels as TSPL, " + job.label.name, job.tspl, 5);
  }
  print_seconds("1,000,000 serials as CSV", csv, 4);
  for (const auto& [output, peak] : peaks) {
    Figure memory;
    memory.name = "peak memory, " + output;
    memory.value = peak;
    memory.unit = "MB";
    memory.ceiling = "-";
    memory.target = "<= 64 MB";
    memory.met = peak <= 64;
    print(memory);
  }
  return 0;
}
