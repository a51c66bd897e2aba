#pragma once

#include "ledger/base/descriptor.hpp"

#include <sys/un.h>

#include <string>

namespace nguon::server {

/// Where the socket of a data directory is. The system takes 107 octets of path at most, so it is
/// reached through the open directory, which must outlive the use.
class ControlAddress {
 public:
  /// folder() is negative when the directory cannot be opened; then errno says why.
  explicit ControlAddress(const std::string& data);
  int folder() const { return folder_.value(); }
  const sockaddr_un& address() const { return address_; }

 private:
  const ledger::Descriptor folder_;
  sockaddr_un address_{};
};

inline constexpr const char* control_name = "control";

}  // namespace nguon::server
