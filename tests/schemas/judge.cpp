#include "tests/schemas/judge.hpp"

// Without this valijson answers a bad schema with abort().
#define VALIJSON_USE_EXCEPTIONS 1

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wpedantic"
#include <valijson/adapters/boost_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>
#pragma GCC diagnostic pop

namespace nguon::schemas::test {

bool valijson_accepts(const boost::json::object& document, const boost::json::value& schema,
                      const boost::json::value& value) {
  boost::json::object whole;
  if (const auto* definitions = document.if_contains("definitions")) {
    whole.emplace("definitions", *definitions);
  }
  whole.emplace("allOf", boost::json::array{schema});
  const boost::json::value root(whole);

  valijson::Schema compiled;
  valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
  parser.populateSchema(valijson::adapters::BoostJsonAdapter(root), compiled);
  valijson::Validator validator;
  return validator.validate(compiled, valijson::adapters::BoostJsonAdapter(value), nullptr);
}

}  // namespace nguon::schemas::test
