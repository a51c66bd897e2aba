#pragma once

#include <boost/system/result.hpp>

#include <string>
#include <utility>

namespace nguon::schemas {

/// What a text, a bundle or an entry's data breaks. Holds no value of the data: nothing personal.
struct Violation {
  Violation() = default;
  /// All three or none: an aggregate of one string would make Result<std::string> ambiguous.
  Violation(std::string rule_id, std::string at, std::string english)
      : rule(std::move(rule_id)), pointer(std::move(at)), detail(std::move(english)) {}

  /// Stable dotted rule id, a key of schemas/problems.json.
  std::string rule;
  /// JSON Pointer (RFC 6901) to the offending member, empty when the whole is meant.
  std::string pointer;
  /// English, for developers: the failed schema keyword and what it asks.
  std::string detail;

  bool operator==(const Violation&) const = default;
};

/// Asking a Result for a value it does not hold is a bug, so it throws std::logic_error.
[[noreturn]] void throw_exception_from_error(const Violation& violation,
                                             const boost::source_location& where);

/// A value or a Violation.
template <class T>
using Result = boost::system::result<T, Violation>;

}  // namespace nguon::schemas
