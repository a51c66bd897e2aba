#pragma once

#include <string>

namespace nguon::server {

/// A self-made P-256 certificate for nguon.example with its key, both PEM.
struct Certificate {
  std::string certificate;
  std::string key;
};
Certificate make_certificate(const std::string& organisation);

}  // namespace nguon::server
