#pragma once

#include "labels/fault.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace nguon::labels {

/// FF1 format-preserving encryption (NIST SP 800-38G, ten rounds) with one AES key and radix.
/// Const calls are safe from any number of threads.
class Ff1 {
 public:
  using Numerals = std::vector<std::uint16_t>;

  /// `key`: 16, 24 or 32 octets (out_of_range otherwise). `radix`: 2..65535.
  static Result<Ff1> make(std::string_view key, unsigned radix);

  Ff1(Ff1&&) noexcept;
  Ff1& operator=(Ff1&&) noexcept;
  ~Ff1();

  /// The same number of numerals, each below the radix, most significant first.
  /// bad_length below the standard's floor of radix^n >= 10^6, or where half the numerals do not
  /// fit 63 bits; bad_symbol on a numeral >= radix; bad_length on a tweak over 4096 octets.
  Result<Numerals> encrypt(std::string_view tweak, std::span<const std::uint16_t> numerals) const;
  Result<Numerals> decrypt(std::string_view tweak, std::span<const std::uint16_t> numerals) const;

 private:
  struct State;
  explicit Ff1(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace nguon::labels
