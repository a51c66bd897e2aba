#pragma once

#include <string>
#include <vector>

namespace nguon::server {

/// Who reads: what the log says of the key that opened the session.
struct Viewer {
  std::string kid;
  std::string person;
  std::string org;
  std::vector<std::string> roles;
};

}  // namespace nguon::server
