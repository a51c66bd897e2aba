#include "labels/csv.hpp"

#include <utility>

namespace nguon::labels {
namespace {

constexpr std::size_t flush_at = 64 * 1024;

}  // namespace

CsvWriter::CsvWriter(Sink sink) : sink_(std::move(sink)), waiting_("number,link\r\n") {}

Result<void> CsvWriter::add(const LabelItem& item) {
  waiting_ += item.shown;
  waiting_ += ',';
  waiting_ += item.link;
  waiting_ += "\r\n";
  if (waiting_.size() < flush_at) return {};
  return flush();
}

Result<void> CsvWriter::finish() { return flush(); }

Result<void> CsvWriter::flush() {
  if (!sink_(waiting_)) return Fault::failed;
  waiting_.clear();
  return {};
}

}  // namespace nguon::labels
