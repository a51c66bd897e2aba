#include "schemas/schema_compiler.hpp"

#include "schemas/try.hpp"

#include <algorithm>

namespace nguon::schemas {
namespace {

namespace json = boost::json;

Violation bad_keyword(std::string_view name, std::string_view why) {
  return {"bundle.schema", {}, std::string(name) + ": " + std::string(why)};
}

bool is_annotation(std::string_view name) {
  return name == "$schema" || name == "$id" || name == "title" || name == "description" ||
         name == "definitions" || name.starts_with("x-");
}

}  // namespace

Result<SchemaNode::Index> SchemaCompiler::compile(const Value& schema) {
  const json::object* object = schema.if_object();
  if (object == nullptr) return bad_keyword("schema", "wants an object");
  if (const Value* target = object->if_contains("$ref")) {
    if (!target->is_string()) return bad_keyword("$ref", "wants a string");
    return reference(target->get_string());  // draft-07: everything beside a $ref is ignored
  }
  SchemaNode node;
  node.is_private = object->contains("x-private");
  for (const auto& [name, value] : *object) {
    if (!is_annotation(name)) SCHEMAS_CHECK(keyword(node, name, value));
  }
  if ((node.then_branch || node.else_branch) && !node.condition)
    return bad_keyword("then", "wants an if");
  nodes_.push_back(std::move(node));
  return static_cast<SchemaNode::Index>(nodes_.size() - 1);
}

Result<SchemaNode::Index> SchemaCompiler::reference(std::string_view target) {
  constexpr std::string_view prefix = "#/definitions/";
  if (!target.starts_with(prefix)) return bad_keyword("$ref", target);
  const std::string name(target.substr(prefix.size()));
  if (const auto known = references_.find(name); known != references_.end()) return known->second;
  if (std::ranges::find(open_references_, name) != open_references_.end()) {
    return bad_keyword("$ref", "cycle through " + name);
  }
  const Value* definitions = document_.if_contains("definitions");
  const Value* schema = definitions != nullptr && definitions->is_object()
                            ? definitions->get_object().if_contains(name)
                            : nullptr;
  if (schema == nullptr) return bad_keyword("$ref", "no definition of " + name);
  open_references_.push_back(name);
  SCHEMAS_TRY(const SchemaNode::Index index, compile(*schema));
  open_references_.pop_back();
  references_.emplace(name, index);
  return index;
}

Result<void> SchemaCompiler::keyword(SchemaNode& node, std::string_view name, const Value& value) {
  if (name == "type") return types(node, value);
  if (name == "properties") return properties(node, value);
  if (name == "items") return one(node.items, value);
  if (name == "not") return one(node.negated, value);
  if (name == "if") return one(node.condition, value);
  if (name == "then") return one(node.then_branch, value);
  if (name == "else") return one(node.else_branch, value);
  if (name == "allOf") return several(node.all_of, value);
  if (name == "anyOf") return several(node.any_of, value);
  if (name == "oneOf") return several(node.one_of, value);
  if (name == "const") {
    node.choices = {value};
    return {};
  }
  if (name == "enum") {
    if (!value.is_array() || value.get_array().empty()) return bad_keyword(name, "wants an array");
    node.choices.assign(value.get_array().begin(), value.get_array().end());
    return {};
  }
  if (name == "required") {
    if (!value.is_array()) return bad_keyword(name, "wants an array");
    for (const Value& member : value.get_array()) {
      if (!member.is_string()) return bad_keyword(name, "wants strings");
      node.required.emplace_back(member.get_string());
    }
    return {};
  }
  if (name == "additionalProperties") {
    if (value.is_object()) return one(node.additional, value);
    if (!value.is_bool()) return bad_keyword(name, "wants a boolean or a schema");
    node.closed = !value.get_bool();
    return {};
  }
  if (name == "uniqueItems") {
    if (!value.is_bool()) return bad_keyword(name, "wants a boolean");
    node.unique_items = value.get_bool();
    return {};
  }
  if (name == "pattern") {
    if (!value.is_string()) return bad_keyword(name, "wants a string");
    SCHEMAS_TRY(node.pattern, patterns_.compile(value.get_string()));
    return {};
  }
  if (name == "format") {
    if (!value.is_string() || value.get_string() != "date")
      return bad_keyword(name, "knows only date");
    node.is_date = true;
    return {};
  }
  return number_keyword(node, name, value);
}

Result<void> SchemaCompiler::number_keyword(SchemaNode& node, std::string_view name,
                                            const Value& value) {
  if (!value.is_int64()) return bad_keyword(name, "unknown keyword, or not an integer");
  const std::int64_t number = value.get_int64();
  if (name == "minimum") {
    node.minimum = number;
    return {};
  }
  if (name == "maximum") {
    node.maximum = number;
    return {};
  }
  if (number < 0) return bad_keyword(name, "negative");
  const auto size = static_cast<std::size_t>(number);
  if (name == "minLength")
    node.min_length = size;
  else if (name == "maxLength")
    node.max_length = size;
  else if (name == "minItems")
    node.min_items = size;
  else if (name == "maxItems")
    node.max_items = size;
  else if (name == "minProperties")
    node.min_properties = size;
  else if (name == "maxProperties")
    node.max_properties = size;
  else
    return bad_keyword(name, "unknown keyword");
  return {};
}

Result<void> SchemaCompiler::types(SchemaNode& node, const Value& value) {
  node.types = 0;
  const auto add = [&](const Value& type) {
    const std::uint8_t bit = type.is_string() ? type_bit(std::string_view(type.get_string())) : 0;
    node.types |= bit;
    return bit != 0;
  };
  if (value.is_array()) {
    for (const Value& type : value.get_array()) {
      if (!add(type)) return bad_keyword("type", "unknown");
    }
    return {};
  }
  if (!add(value)) return bad_keyword("type", "unknown");
  return {};
}

Result<void> SchemaCompiler::properties(SchemaNode& node, const Value& value) {
  if (!value.is_object()) return bad_keyword("properties", "wants an object");
  for (const auto& [name, schema] : value.get_object()) {
    SCHEMAS_TRY(const SchemaNode::Index index, compile(schema));
    node.properties.emplace_back(name, index);
  }
  return {};
}

Result<void> SchemaCompiler::one(std::optional<SchemaNode::Index>& into, const Value& value) {
  SCHEMAS_TRY(into, compile(value));
  return {};
}

Result<void> SchemaCompiler::several(std::vector<SchemaNode::Index>& into, const Value& value) {
  if (!value.is_array() || value.get_array().empty())
    return bad_keyword("schemas", "wants an array");
  for (const Value& schema : value.get_array()) {
    SCHEMAS_TRY(const SchemaNode::Index index, compile(schema));
    into.push_back(index);
  }
  return {};
}

}  // namespace nguon::schemas
