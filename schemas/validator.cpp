#include "schemas/validator.hpp"

#include "schemas/calendar.hpp"
#include "schemas/pointer.hpp"
#include "schemas/schema_compiler.hpp"
#include "schemas/try.hpp"

#include <algorithm>

namespace nguon::schemas {
namespace {

namespace json = boost::json;

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

// One walk over one value. `report` is null while a branch is only tried (anyOf, not, if …).
class Walk {
 public:
  explicit Walk(const std::vector<SchemaNode>& nodes) : nodes_(nodes) {}

  bool valid(SchemaNode::Index index, const json::value& value, Violation* report) const {
    const SchemaNode& node = nodes_[index];
    if (valid_here(node, value, report)) return true;
    if (node.is_private && report != nullptr)
      *report = {"private.slot", {}, "wants {\"_sd\":[one digest]}"};
    return false;
  }

 private:
  static bool broken(Violation* report, const char* rule, std::string detail) {
    if (report != nullptr) *report = {rule, {}, std::move(detail)};
    return false;
  }
  static bool inside(Violation* report, std::string_view key) {
    if (report != nullptr) report->pointer = "/" + pointer_token(key) + report->pointer;
    return false;
  }

  bool valid_here(const SchemaNode& node, const json::value& value, Violation* report) const {
    if ((node.types & type_bit(value)) == 0) return broken(report, "schema.type", "type");
    if (!node.choices.empty() && std::ranges::find(node.choices, value) == node.choices.end()) {
      return broken(report, "schema.choice", "enum");
    }
    if (const json::string* text = value.if_string()) {
      if (!valid_string(node, *text, report)) return false;
    } else if (const json::object* object = value.if_object()) {
      if (!valid_object(node, *object, report)) return false;
    } else if (const json::array* array = value.if_array()) {
      if (!valid_array(node, *array, report)) return false;
    } else if (const std::int64_t* number = value.if_int64()) {
      if (*number < node.minimum || *number > node.maximum) {
        return broken(report, "schema.range", "minimum, maximum");
      }
    }
    return valid_logic(node, value, report);
  }

  static bool valid_string(const SchemaNode& node, std::string_view text, Violation* report) {
    // Octets bound code points from above, so most texts need no count.
    if (node.min_length > 1 || text.size() > node.max_length || text.size() < node.min_length) {
      const std::size_t length = code_points(text);
      if (length < node.min_length || length > node.max_length) {
        return broken(report, "schema.length", "minLength, maxLength");
      }
    }
    if (node.pattern && !node.pattern->matches(text))
      return broken(report, "schema.pattern", "pattern");
    if (node.is_date && !parse_date(text)) return broken(report, "schema.date", "format: date");
    return true;
  }

  bool valid_object(const SchemaNode& node, const json::object& object, Violation* report) const {
    if (object.size() < node.min_properties || object.size() > node.max_properties) {
      return broken(report, "schema.members", "minProperties, maxProperties");
    }
    for (const auto& member : object) {
      const std::string_view key = member.key();
      const auto known = std::ranges::find(node.properties, key,
                                           &std::pair<std::string, SchemaNode::Index>::first);
      if (known != node.properties.end()) {
        if (!valid(known->second, member.value(), report)) return inside(report, key);
      } else if (node.additional) {
        if (!valid(*node.additional, member.value(), report)) return inside(report, key);
      } else if (node.closed) {
        broken(report, "schema.unknown-member", "additionalProperties");
        return inside(report, key);
      }
    }
    for (const std::string& name : node.required) {
      if (object.contains(name)) continue;
      broken(report, "schema.required", "required");
      return inside(report, name);
    }
    return true;
  }

  bool valid_array(const SchemaNode& node, const json::array& array, Violation* report) const {
    if (array.size() < node.min_items || array.size() > node.max_items) {
      return broken(report, "schema.items", "minItems, maxItems");
    }
    for (std::size_t i = 0; i < array.size(); ++i) {
      if (node.items && !valid(*node.items, array[i], report))
        return inside(report, std::to_string(i));
      if (node.unique_items &&
          std::find(array.begin(), array.begin() + static_cast<std::ptrdiff_t>(i), array[i]) !=
              array.begin() + static_cast<std::ptrdiff_t>(i)) {
        broken(report, "schema.unique", "uniqueItems");
        return inside(report, std::to_string(i));
      }
    }
    return true;
  }

  bool valid_logic(const SchemaNode& node, const json::value& value, Violation* report) const {
    const auto tried = [&](SchemaNode::Index index) { return valid(index, value, nullptr); };
    for (const SchemaNode::Index index : node.all_of) {
      if (!valid(index, value, report)) return false;
    }
    if (!node.any_of.empty() && std::ranges::none_of(node.any_of, tried)) {
      return broken(report, "schema.form", "anyOf");
    }
    if (!node.one_of.empty() && std::ranges::count_if(node.one_of, tried) != 1) {
      return broken(report, "schema.form", "oneOf");
    }
    if (node.negated && tried(*node.negated)) return broken(report, "schema.form", "not");
    if (node.condition) {
      const auto& branch = tried(*node.condition) ? node.then_branch : node.else_branch;
      if (branch && !valid(*branch, value, report)) return false;
    }
    return true;
  }

  const std::vector<SchemaNode>& nodes_;
};

}  // namespace

std::uint8_t type_bit(std::string_view name) {
  if (name == "null") return 1;
  if (name == "boolean") return 2;
  if (name == "integer") return 4;
  if (name == "string") return 8;
  if (name == "array") return 16;
  if (name == "object") return 32;
  return 0;
}

std::uint8_t type_bit(const json::value& value) {
  switch (value.kind()) {
    case json::kind::null:
      return 1;
    case json::kind::bool_:
      return 2;
    case json::kind::int64:
      return 4;
    case json::kind::string:
      return 8;
    case json::kind::array:
      return 16;
    case json::kind::object:
      return 32;
    case json::kind::uint64:
    case json::kind::double_:
      break;
  }
  return 64;  // a number outside our integers: fits only where no type is asked for
}

struct Validator::Program {
  std::vector<SchemaNode> nodes;
  SchemaNode::Index start = 0;
};

Validator::Validator(std::shared_ptr<const Program> program) : program_(std::move(program)) {}

Result<Validator> Validator::compile(const json::value& schema, const json::object& document,
                                     Patterns& patterns) {
  SchemaCompiler compiler(document, patterns);
  SCHEMAS_TRY(const SchemaNode::Index start, compiler.compile(schema));
  return Validator(std::make_shared<const Program>(Program{compiler.take_nodes(), start}));
}

std::optional<Violation> Validator::validate(const json::value& value) const {
  Violation report;
  if (Walk(program_->nodes).valid(program_->start, value, &report)) return std::nullopt;
  return report;
}

}  // namespace nguon::schemas
