#pragma once

#include "schemas/pattern.hpp"
#include "schemas/result.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <memory>
#include <optional>

namespace nguon::schemas {

/// A compiled JSON Schema: the closed subset of draft-07 that our files use. Anything it would not
/// enforce it refuses to compile, so no schema promises what is not checked.
///
/// Keywords: type enum const properties required additionalProperties minProperties maxProperties
/// items (one schema) minItems maxItems uniqueItems minLength maxLength (code points) pattern (see
/// Pattern) format (only "date", enforced as a calendar date) minimum maximum (integers) allOf
/// anyOf oneOf not if/then/else, and $ref to "#/definitions/…" without cycles. Annotations: $schema
/// $id title description definitions x-*.
///
/// Why not valijson here: it matches patterns by std::regex, whose recursion a hostile 16 KiB
/// string can drive through the stack, and builds one for each date it sees. It is the second judge
/// in our tests. Immutable and thread-safe; cheap to copy.
class Validator {
 public:
  /// Compiles `schema`, whose references resolve in `document`. Errors: `bundle.schema`,
  /// `bundle.pattern`.
  static Result<Validator> compile(const boost::json::value& schema,
                                   const boost::json::object& document, Patterns& patterns);

  /// Absent when `value` is valid; else the first broken keyword as `schema.<kind>`, or
  /// `private.slot` for anything wrong inside a private slot's public form.
  std::optional<Violation> validate(const boost::json::value& value) const;

 private:
  struct Program;
  explicit Validator(std::shared_ptr<const Program> program);
  std::shared_ptr<const Program> program_;
};

}  // namespace nguon::schemas
