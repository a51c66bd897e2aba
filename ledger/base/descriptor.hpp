#pragma once

#include <string_view>

namespace nguon::ledger {

/// Owns a POSIX file descriptor; negative when opening it failed (then errno says why).
class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  ~Descriptor();
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int value() const { return value_; }
  /// Writes all octets where the file stands, going on after signals. False: errno says why, and
  /// how much was written is unknown.
  bool write_all(std::string_view octets) const;

 private:
  const int value_;
};

}  // namespace nguon::ledger
