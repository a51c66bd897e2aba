#pragma once

#include "schemas/result.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::schemas {

/// A regular expression as a table: one step per octet, no recursion, no memory while matching, so
/// that hostile text of any length costs linear time (std::regex recurses and is slow by two
/// orders).
///
/// Grammar, a subset of ECMA 262 that means the same there:
///   pattern = "^" choice "$" ;  choice = run *( "|" run ) ;  run = *( atom [repeat] ) ;
///   repeat = "?" | "*" | "+" | "{n}" | "{n,m}" with m ≤ 100 ;  atom = "(" choice ")" | set |
///   symbol ; set = "[" ["^"] 1*( symbol [ "-" symbol ] ) "]" ;  symbol = printable ASCII | "\"
///   mark | "\xHH".
/// At most 256 octets, 4,000 states before and 1,024 after they are made deterministic.
/// A set with ^ takes any octet it does not name, those of multi-octet UTF-8 too: put a + behind
/// it.
class Pattern {
 public:
  /// Errors: `bundle.pattern`.
  static Result<Pattern> compile(std::string_view pattern);

  /// Whether all of `text` matches. Thread-safe.
  bool matches(std::string_view text) const;

 private:
  static constexpr std::uint16_t dead = 0xffff;

  std::array<std::uint8_t, 256> class_of_{};  // octets no set tells apart share a column
  std::size_t classes_ = 0;
  std::vector<std::uint16_t> next_;  // state * classes_ + class -> state or dead; state 0 starts
  std::vector<bool> accepts_;
};

/// The patterns of a rule bundle, which says few of them hundreds of times: each is compiled once.
/// Not thread-safe; what it gives may be shared.
class Patterns {
 public:
  /// Errors: `bundle.pattern`.
  Result<std::shared_ptr<const Pattern>> compile(std::string_view pattern);

 private:
  std::map<std::string, std::shared_ptr<const Pattern>, std::less<>> compiled_;
};

}  // namespace nguon::schemas
