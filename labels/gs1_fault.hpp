#pragma once

#include <boost/system/result.hpp>

#include <string>
#include <string_view>

namespace nguon::labels {

/// Which rule of GS1's a text breaks (labels/FORMAT.md §10, §11).
enum class Gs1Rule {
  unknown_ai,       ///< No such application identifier.
  too_short,        ///< A value, or a part of it, is missing or too short.
  too_long,         ///< A value is too long.
  bad_symbol,       ///< A character outside the set of that part.
  check_digit,      ///< The check digit, or the pair of check characters, is wrong.
  prefix,           ///< No GS1 company prefix where one begins.
  date,             ///< No such day.
  time,             ///< No such hour, minute or second.
  country,          ///< No such country (ISO 3166).
  content,          ///< Another rule of that identifier's content.
  alone,            ///< Needs an element that is not there.
  contradiction,    ///< Stands beside an element it excludes.
  repeated,         ///< Twice, or twice with unlike values.
  brackets,         ///< Not `(AI)value…`.
  length,           ///< Nothing, or more than is read.
  uri,              ///< No `http(s)://authority/…`, or a character no URI has.
  escape,           ///< `%` without two hexadecimal digits.
  no_key,           ///< No primary key, or none with a value.
  segment,          ///< A path segment that belongs to nothing.
  qualifier,        ///< No qualifier of that key, or in the wrong order.
  belongs_in_path,  ///< A qualifier of the key stands in the query.
  not_in_query,     ///< No data attribute of a Digital Link.
  epc,              ///< Not an EPC URN, or one that has no other form.
};

/// A broken rule and the application identifier it is about; empty where it is about the whole.
struct Gs1Fault {
  Gs1Rule rule = Gs1Rule::uri;
  std::string ai;
  bool operator==(const Gs1Fault&) const = default;
};

/// One English phrase, `(10): longer than that identifier allows`. Never holds the value.
std::string describe(const Gs1Fault& fault);

/// Asking for a value that is not held is a bug, so it throws std::logic_error.
[[noreturn]] void throw_exception_from_error(const Gs1Fault& fault,
                                             const boost::source_location& where);

/// A value, or the rule that is broken.
template <class T>
using Gs1Result = boost::system::result<T, Gs1Fault>;

}  // namespace nguon::labels
