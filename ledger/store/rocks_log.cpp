#include "ledger/store/rocks_log.hpp"

#include <array>
#include <cstdio>

namespace nguon::ledger {

void ErrorLog::Logv(const char* format, std::va_list arguments) {
  std::array<char, 1024> line{};
  std::vsnprintf(line.data(), line.size(), format, arguments);
  std::fprintf(stderr, "nguon: store: %s\n", line.data());
}

}  // namespace nguon::ledger
