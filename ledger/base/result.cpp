#include "ledger/base/result.hpp"

#include <stdexcept>

namespace nguon::ledger {

void throw_exception_from_error(const Error& error, const boost::source_location& where) {
  throw std::logic_error("value asked of an Error (" + error.rule + " " + error.detail + ") at " +
                         where.to_string());
}

}  // namespace nguon::ledger
