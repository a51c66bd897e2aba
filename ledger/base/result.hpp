#pragma once

#include <boost/system/result.hpp>

#include "ledger/base/error.hpp"

namespace nguon::ledger {

/// Asking a Result for a value it does not hold is a bug, so it throws std::logic_error.
[[noreturn]] void throw_exception_from_error(const Error& error, const boost::source_location& where);

/// A value or an Error. Absence that is normal is a std::optional inside.
template <class T>
using Result = boost::system::result<T, Error>;

}  // namespace nguon::ledger

#define NGUON_CONCAT_(a, b) a##b
#define NGUON_CONCAT(a, b) NGUON_CONCAT_(a, b)
/// NGUON_TRY(auto x, expression): x = value, or return the Error from the enclosing function.
#define NGUON_TRY_(result, declaration, expression) \
  auto result = (expression);                       \
  if (!result) return result.error();               \
  declaration = std::move(*result)
#define NGUON_TRY(declaration, expression) \
  NGUON_TRY_(NGUON_CONCAT(nguon_result_, __LINE__), declaration, expression)
/// NGUON_CHECK(expression of type Result<void>): go on, or return its Error.
#define NGUON_CHECK_(result, expression) \
  auto result = (expression);            \
  if (!result) return result.error()
#define NGUON_CHECK(expression) NGUON_CHECK_(NGUON_CONCAT(nguon_result_, __LINE__), expression)
