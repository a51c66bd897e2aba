#pragma once

#include "labels/fault.hpp"

#include <string>

namespace nguon::labels {

/// Why a layout, its facts or a printer's settings give no label, in words for the office: the rule
/// with its numbers, so that whoever reads it knows what to change. Holds no serial.
struct Refusal {
  Fault fault = Fault::failed;
  std::string vi;
  std::string en;
  bool operator==(const Refusal&) const = default;
};

/// Asking for a value that was refused is a bug: throws std::logic_error.
[[noreturn]] void throw_exception_from_error(const Refusal& refusal,
                                             const boost::source_location& where);

/// A value or why there is none.
template <class T>
using Ruled = boost::system::result<T, Refusal>;

}  // namespace nguon::labels
