#include "labels/fault.hpp"

#include <stdexcept>
#include <string>

namespace nguon::labels {

std::string_view describe(Fault fault) {
  switch (fault) {
    case Fault::bad_length:
      return "missing, too short or too long";
    case Fault::bad_symbol:
      return "a character that does not belong there";
    case Fault::bad_escape:
      return "a broken percent-escape";
    case Fault::bad_order:
      return "Digital Link keys missing or out of order";
    case Fault::mistyped:
      return "the check symbol does not hold";
    case Fault::wrong_check_digit:
      return "the GTIN's check digit is wrong";
    case Fault::unknown_epoch:
      return "no key of that epoch";
    case Fault::out_of_range:
      return "a number above what its field holds";
    case Fault::bad_host:
      return "not http(s)://host[:port]";
    case Fault::bad_text:
      return "text that cannot be printed";
    case Fault::does_not_fit:
      return "too much for the symbol or the label";
    case Fault::failed:
      return "a library could not work";
  }
  return "unknown fault";
}

void throw_exception_from_error(Fault fault, const boost::source_location& where) {
  throw std::logic_error("value asked of a Fault (" + std::string(describe(fault)) + ") at " +
                         where.to_string());
}

}  // namespace nguon::labels
