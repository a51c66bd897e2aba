#include "labels/print_job.hpp"

#include <cstdlib>
#include <sstream>

/// Any octets: refused, or a job that is written again octet for octet.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace nguon::labels;
  const std::string octets(reinterpret_cast<const char*>(data), size);
  std::istringstream first(octets);
  const auto facts = check_print_job(first);
  std::istringstream second(octets);
  auto reader = PrintJobReader::open(second);
  if (!reader) return facts ? (std::abort(), 0) : 0;
  std::string again;
  PrintJobWriter writer([&again](std::string_view more) {
    again += more;
    return true;
  });
  if (!writer.begin(reader->language(), reader->setup())) std::abort();
  for (;;) {
    const auto label = reader->next();
    if (!label && facts) std::abort();
    if (!label || !*label) break;
    if (!writer.add(**label)) std::abort();
  }
  if (!writer.finish() || (facts && again != octets)) std::abort();
  return 0;
}
