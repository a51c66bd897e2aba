// A document from outside: its ends, its names, its packed objects.
#include "server/blobs/pdf.hpp"

#include <cstdlib>
#include <string_view>

using namespace nguon::server;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 65536) return 0;
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  // What is taken never holds the plainest of what is refused.
  if (check_pdf(octets) && octets.find("/JavaScript ") != std::string_view::npos) std::abort();
  return 0;
}
