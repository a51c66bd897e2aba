#include "server/control/address.hpp"

#include <fcntl.h>
#include <sys/socket.h>

#include <cstdio>

namespace nguon::server {

ControlAddress::ControlAddress(const std::string& data)
    : folder_(::open(data.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  address_.sun_family = AF_UNIX;
  std::snprintf(address_.sun_path, sizeof address_.sun_path, "/proc/self/fd/%d/%s", folder_.value(),
                control_name);
}

}  // namespace nguon::server
