#include "labels/print_job.hpp"

#include "labels/ascii.hpp"

#include <charconv>
#include <istream>

namespace nguon::labels {
namespace {

constexpr std::string_view job_head = "nguon-print/1 ";
constexpr std::size_t longest_line = 64;

/// A line without its end. Lines are short, so that a file of one endless line costs nothing.
Result<std::string> read_job_line(std::istream& in) {
  std::string line;
  for (int c = in.get(); c != std::istream::traits_type::eof(); c = in.get()) {
    if (c == '\n') return line;
    if (line.size() == longest_line) break;
    line += static_cast<char>(c);
  }
  return Fault::bad_length;
}

/// A record's `K ` and its number, written in one way only.
Result<std::uint32_t> number_after(std::string_view line, std::string_view kind) {
  if (!line.starts_with(kind)) return Fault::bad_symbol;
  line.remove_prefix(kind.size());
  std::uint32_t number = 0;
  const char* const end = line.data() + line.size();
  const auto parsed = std::from_chars(line.data(), end, number);
  if (parsed.ec != std::errc() || parsed.ptr != end) return Fault::bad_symbol;
  if (line.size() > 1 && line.front() == '0') return Fault::bad_symbol;
  return number;
}

/// `length` octets and the line end behind them.
Result<std::string> read_octets(std::istream& in, std::size_t length) {
  std::string octets(length, '\0');
  in.read(octets.data(), static_cast<std::streamsize>(length));
  if (static_cast<std::size_t>(in.gcount()) != length) return Fault::bad_length;
  if (in.get() != '\n') return Fault::bad_symbol;
  return octets;
}

}  // namespace

std::string_view name_of(PrinterLanguage language) {
  return language == PrinterLanguage::zpl ? "zpl" : "tspl";
}

Result<void> PrintJobWriter::write(std::string_view head, std::string_view octets) {
  std::string record(head);
  record += std::to_string(octets.size());
  record += '\n';
  record += octets;
  record += '\n';
  if (!sink_(record)) return Fault::failed;
  return {};
}

Result<void> PrintJobWriter::begin(PrinterLanguage language, std::string_view setup) {
  if (setup.size() > longest_setup) return Fault::bad_length;
  return write(std::string(job_head) + std::string(name_of(language)) + "\nS ", setup);
}

Result<void> PrintJobWriter::add(std::string_view label) {
  if (label.empty() || label.size() > longest_label || labels_ == most_labels) {
    return Fault::bad_length;
  }
  ++labels_;
  return write("L ", label);
}

Result<void> PrintJobWriter::finish() {
  if (!sink_("E " + std::to_string(labels_) + "\n")) return Fault::failed;
  return {};
}

Result<PrintJobReader> PrintJobReader::open(std::istream& in) {
  PrintJobReader reader(in);
  const auto head = read_job_line(in);
  if (!head) return head.error();
  if (*head == std::string(job_head) + "tspl") {
    reader.language_ = PrinterLanguage::tspl;
  } else if (*head != std::string(job_head) + "zpl") {
    return Fault::bad_symbol;
  }
  const auto line = read_job_line(in);
  if (!line) return line.error();
  const auto length = number_after(*line, "S ");
  if (!length) return length.error();
  if (*length > longest_setup) return Fault::bad_length;
  auto setup = read_octets(in, *length);
  if (!setup) return setup.error();
  reader.setup_ = std::move(*setup);
  return reader;
}

Result<std::optional<std::size_t>> PrintJobReader::next_length() {
  if (ended_) return std::optional<std::size_t>();
  const auto line = read_job_line(*in_);
  if (!line) return line.error();
  if (line->starts_with("E ")) {
    const auto count = number_after(*line, "E ");
    if (!count) return count.error();
    if (*count != labels_ || in_->get() != std::istream::traits_type::eof()) {
      return Fault::bad_order;
    }
    ended_ = true;
    return std::optional<std::size_t>();
  }
  const auto length = number_after(*line, "L ");
  if (!length) return length.error();
  if (*length == 0 || *length > longest_label || labels_ == most_labels) return Fault::bad_length;
  ++labels_;
  return std::optional<std::size_t>(*length);
}

Result<std::optional<std::string>> PrintJobReader::next() {
  const auto length = next_length();
  if (!length) return length.error();
  if (!*length) return std::optional<std::string>();
  auto octets = read_octets(*in_, **length);
  if (!octets) return octets.error();
  return std::optional<std::string>(std::move(*octets));
}

Result<bool> PrintJobReader::skip() {
  const auto length = next_length();
  if (!length) return length.error();
  if (!*length) return false;
  in_->ignore(static_cast<std::streamsize>(**length));
  if (in_->get() != '\n') return Fault::bad_length;
  return true;
}

Result<PrintJobFacts> check_print_job(std::istream& in) {
  auto reader = PrintJobReader::open(in);
  if (!reader) return reader.error();
  PrintJobFacts facts{reader->language(), 0};
  for (;;) {
    const auto more = reader->skip();
    if (!more) return more.error();
    if (!*more) break;
    ++facts.labels;
  }
  if (facts.labels == 0) return Fault::bad_length;
  return facts;
}

}  // namespace nguon::labels
