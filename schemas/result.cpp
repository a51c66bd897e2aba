#include "schemas/result.hpp"

#include <stdexcept>

namespace nguon::schemas {

void throw_exception_from_error(const Violation& violation, const boost::source_location& where) {
  throw std::logic_error("a violation was taken for a value at " + where.to_string() + ": " +
                         violation.rule + " " + violation.pointer + " " + violation.detail);
}

}  // namespace nguon::schemas
