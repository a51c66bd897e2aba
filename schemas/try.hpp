#pragma once

// Private to this room's .cpp files.

#define SCHEMAS_CONCAT_(a, b) a##b
#define SCHEMAS_CONCAT(a, b) SCHEMAS_CONCAT_(a, b)
/// SCHEMAS_TRY(auto x, expression): x = value, or return the Violation from the enclosing function.
#define SCHEMAS_TRY_(result, declaration, expression) \
  auto result = (expression);                         \
  if (!result) return result.error();                 \
  declaration = std::move(*result)
#define SCHEMAS_TRY(declaration, expression) \
  SCHEMAS_TRY_(SCHEMAS_CONCAT(schemas_result_, __LINE__), declaration, expression)
/// SCHEMAS_CHECK(expression): go on, or return its Violation.
#define SCHEMAS_CHECK(expression)                                      \
  do {                                                                 \
    if (auto checked = (expression); !checked) return checked.error(); \
  } while (false)
