#pragma once

#include "labels/fault.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace nguon::labels {

inline constexpr std::size_t serial_length = 14;
inline constexpr unsigned serial_epochs = 32;
inline constexpr std::uint32_t serial_range_limit = 1u << 24;                ///< range < this
inline constexpr std::uint64_t serial_index_limit = std::uint64_t{1} << 36;  ///< index < this

/// The FF1 key of one epoch: 32 random octets. Losing one kills every label printed under it.
struct SerialKey {
  std::array<unsigned char, 32> octets{};
};

/// What a serial stands for: the index-th label of a range of an epoch.
struct SerialPlace {
  unsigned epoch = 0;       ///< 0..31
  std::uint32_t range = 0;  ///< 0..2^24-1
  std::uint64_t index = 0;  ///< 0..2^36-1
  bool operator==(const SerialPlace&) const = default;
};

/// Typed or scanned text to the 14 canonical symbols, their check symbol holding. Needs no key.
/// bad_length, bad_symbol (malformed) or mistyped.
Result<std::string> read_serial(std::string_view typed);

/// `0PDN-ST6-BT16-Y0S`: how a canonical serial is printed and shown for comparing.
std::string serial_groups(std::string_view serial);

/// Turns places into serials and back (labels/FORMAT.md §2). O(1), no table.
/// Const calls are safe from any number of threads; add_epoch is not safe beside them.
class SerialCodec {
 public:
  /// `deployment_id`: the 43 base64url symbols of the genesis entry id; bad_length or bad_symbol.
  static Result<SerialCodec> make(std::string_view deployment_id);

  SerialCodec(SerialCodec&&) noexcept;
  SerialCodec& operator=(SerialCodec&&) noexcept;
  ~SerialCodec();

  /// Copies the key in; wiped when the codec goes. Replaces an earlier key of that epoch.
  Result<void> add_epoch(unsigned epoch, const SerialKey& key);

  /// 14 canonical symbols; unknown_epoch or out_of_range.
  Result<std::string> encode(const SerialPlace& place) const;

  /// Reads typed text too (read_serial), then unknown_epoch. A place that was never issued is not
  /// a fault here: only the ledger knows.
  Result<SerialPlace> decode(std::string_view typed) const;

 private:
  struct State;
  explicit SerialCodec(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace nguon::labels
