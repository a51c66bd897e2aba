#include "ledger/base/descriptor.hpp"

#include <unistd.h>

#include <cerrno>

namespace nguon::ledger {

Descriptor::~Descriptor() {
  if (value_ >= 0) ::close(value_);
}

bool Descriptor::write_all(std::string_view octets) const {
  while (!octets.empty()) {
    const ssize_t count = ::write(value_, octets.data(), octets.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    octets.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace nguon::ledger
