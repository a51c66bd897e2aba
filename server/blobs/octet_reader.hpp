#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace nguon::server {

/// Goes through the octets of a picture file; nothing read is beyond their end.
class OctetReader {
 public:
  explicit OctetReader(std::string_view octets) : octets_(octets) {}

  bool done() const { return at_ == octets_.size(); }
  std::size_t left() const { return octets_.size() - at_; }
  std::uint8_t peek() const { return static_cast<std::uint8_t>(octets_[at_]); }  ///< Not when done.
  std::uint8_t octet() { return static_cast<std::uint8_t>(octets_[at_++]); }     ///< Not when done.
  /// The next `count`, at most left().
  std::string_view take(std::size_t count) {
    const auto piece = octets_.substr(at_, count);
    at_ += count;
    return piece;
  }

 private:
  const std::string_view octets_;
  std::size_t at_ = 0;
};

inline std::uint32_t big_endian_16(std::string_view octets) {
  return static_cast<std::uint32_t>(static_cast<std::uint8_t>(octets[0]) << 8 |
                                    static_cast<std::uint8_t>(octets[1]));
}

inline std::uint32_t little_endian_32(std::string_view octets) {
  std::uint32_t value = 0;
  for (std::size_t i = 4; i-- > 0;) value = value << 8 | static_cast<std::uint8_t>(octets[i]);
  return value;
}

}  // namespace nguon::server
