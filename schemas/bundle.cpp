#include "schemas/bundle.hpp"

#include "schemas/canonical.hpp"
#include "schemas/embedded.hpp"
#include "schemas/pointer.hpp"
#include "schemas/try.hpp"

#include <boost/json/parse.hpp>

#include <stdexcept>

namespace nguon::schemas {
namespace {

namespace json = boost::json;

Result<json::value> part(const json::object& root, std::string_view name) {
  const json::value* value = root.if_contains(name);
  if (value == nullptr || !value->is_object()) {
    return Violation{"bundle.parts", "/" + std::string(name), "wants an object"};
  }
  return *value;
}

Result<std::int64_t> threshold(const json::value& table, std::string_view name) {
  const json::value* value = table.get_object().if_contains(name);
  if (value == nullptr || !value->is_int64() || value->get_int64() < 1 ||
      value->get_int64() > 1'000'000'000) {
    return Violation{"bundle.thresholds", "/thresholds/" + std::string(name),
                     "wants a positive integer"};
  }
  return value->get_int64();
}

Result<Thresholds> read_thresholds(const json::value& table) {
  Thresholds out;
  SCHEMAS_TRY(out.label_allowance_numerator, threshold(table, "label_allowance_numerator"));
  SCHEMAS_TRY(out.label_allowance_denominator, threshold(table, "label_allowance_denominator"));
  SCHEMAS_TRY(out.device_clock_skew_s, threshold(table, "device_clock_skew_s"));
  SCHEMAS_TRY(const std::int64_t months, threshold(table, "ocop_months"));
  SCHEMAS_TRY(const std::int64_t tolerance, threshold(table, "balance_tolerance_permille"));
  out.ocop_months = static_cast<int>(months);
  out.balance_tolerance_permille = static_cast<int>(tolerance);
  return out;
}

json::value parsed_file(std::string_view path) {
  const auto text = embedded_file(path);
  if (!text) throw std::logic_error("not embedded: " + std::string(path));
  return json::parse(*text);
}

std::string assemble() {
  json::object schemas;
  for (const EmbeddedFile& file : embedded_files()) {
    if (!file.path.starts_with("types/")) continue;
    const json::value document = json::parse(file.text);
    const json::object& head = document.get_object();
    schemas.emplace(std::string(head.at("x-type").get_string()) + "/" +
                        std::to_string(head.at("x-major").get_int64()),
                    document);
  }
  json::object root;
  root.emplace("chains", parsed_file("chains.json"));
  root.emplace("roles", parsed_file("roles.json"));
  root.emplace("schemas", std::move(schemas));
  root.emplace("thresholds", parsed_file("thresholds.json"));
  root.emplace("units", parsed_file("units.json"));
  return canonical_json(root);
}

}  // namespace

Result<Bundle> Bundle::parse(std::string_view text) {
  json::error_code code;
  const json::value document = json::parse(text, code);
  if (code || !document.is_object()) return Violation{"bundle.json", {}, code.message()};
  // Also refuses duplicate members, of which Boost.JSON would keep only the last.
  if (canonical_json(document) != text)
    return Violation{"bundle.canonical", {}, "not canonical JSON"};
  const json::object& root = document.get_object();
  if (root.size() != 5)
    return Violation{"bundle.parts", {}, "chains roles schemas thresholds units"};

  Bundle bundle;
  bundle.text_ = text;
  SCHEMAS_TRY(const json::value chains, part(root, "chains"));
  SCHEMAS_TRY(bundle.chains_, Chains::parse(chains));
  SCHEMAS_TRY(const json::value roles, part(root, "roles"));
  SCHEMAS_TRY(bundle.roles_, RoleTable::parse(roles));
  SCHEMAS_TRY(const json::value units, part(root, "units"));
  SCHEMAS_TRY(bundle.units_, UnitTable::parse(units));
  SCHEMAS_TRY(const json::value thresholds, part(root, "thresholds"));
  SCHEMAS_TRY(bundle.thresholds_, read_thresholds(thresholds));
  SCHEMAS_TRY(const json::value schemas, part(root, "schemas"));
  Patterns patterns;
  for (const auto& [name, schema] : schemas.get_object()) {
    const std::string pointer = "/schemas/" + pointer_token(name);
    if (!schema.is_object()) return Violation{"bundle.schema", pointer, "wants an object"};
    auto compiled = TypeSchema::compile(schema.get_object(), patterns);
    if (!compiled) {
      Violation violation = compiled.error();
      violation.pointer.insert(0, pointer);
      return violation;
    }
    if (compiled->name() != name)
      return Violation{"bundle.schema", pointer, "is of " + compiled->name()};
    bundle.types_.emplace(name, std::move(*compiled));
  }
  return bundle;
}

const std::string& Bundle::built_in_text() {
  static const std::string text = assemble();
  return text;
}

const Bundle& Bundle::built_in() {
  static const Bundle bundle =
      parse(built_in_text()).value();  // a broken build fails its first test
  return bundle;
}

const TypeSchema* Bundle::find(std::string_view type) const {
  const auto found = types_.find(type);
  return found == types_.end() ? nullptr : &found->second;
}

}  // namespace nguon::schemas
