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
  std::ostringstream again;
  PrintJobWriter writer(again, reader->language(), reader->setup());
  for (;;) {
    const auto label = reader->next();
    if (!label && facts) std::abort();
    if (!label || !*label) break;
    writer.add(**label);
  }
  writer.finish();
  if (facts && again.str() != octets) std::abort();
  return 0;
}
