#pragma once

#include <boost/system/result.hpp>

#include <string_view>

namespace nguon::labels {

/// Why a printed or typed thing cannot be used. Never carries the text itself.
enum class Fault {
  bad_length,  ///< Missing, too short or too long for its kind.
  bad_symbol,  ///< A character outside the grammar of its kind.
  bad_escape,  ///< `%` in a path without two hexadecimal digits after it.
  bad_order,   ///< Digital Link keys missing, unknown, doubled or in the wrong order.
  mistyped,    ///< A serial's check symbol does not hold: somebody typed or printed it wrong.
  wrong_check_digit,  ///< A GTIN's check digit is not right.
  unknown_epoch,      ///< A well-formed serial of an epoch this service has no key for.
  out_of_range,       ///< A number above what its field holds, or an unknown country of a tag.
  bad_host,           ///< An origin that is not http(s)://host[:port].
  bad_text,           ///< Label text that is not UTF-8, holds control characters or has no glyph.
  does_not_fit,       ///< Too much for one QR symbol, or for the label.
  failed,             ///< A library could not work (out of memory): try again.
};

/// One English phrase for developers and logs.
std::string_view describe(Fault fault);

/// Asking a Result for a value it does not hold is a bug, so it throws std::logic_error.
[[noreturn]] void throw_exception_from_error(Fault fault, const boost::source_location& where);

/// A value or a Fault.
template <class T>
using Result = boost::system::result<T, Fault>;

}  // namespace nguon::labels
