#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace nguon::schemas::test {

/// The second judge: valijson's verdict on `value` by `schema`, whose references resolve in
/// `document`. Throws when valijson cannot read the schema.
bool valijson_accepts(const boost::json::object& document, const boost::json::value& schema,
                      const boost::json::value& value);

}  // namespace nguon::schemas::test
