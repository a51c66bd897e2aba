#include "schemas/type_schema.hpp"

#include "schemas/try.hpp"

#include <algorithm>

namespace nguon::schemas {
namespace {

namespace json = boost::json;

Violation bad_member(std::string_view member, std::string_view why) {
  return {"bundle.schema", "/" + std::string(member), std::string(why)};
}

Result<std::string> text_at(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) return bad_member(name, "wants a string");
  return std::string(value->get_string());
}

Result<std::size_t> size_at(const json::object& object, std::string_view name, std::int64_t most) {
  const json::value* value = object.if_contains(name);
  if (value == nullptr || !value->is_int64() || value->get_int64() < 0 ||
      value->get_int64() > most) {
    return bad_member(name, "wants an integer up to " + std::to_string(most));
  }
  return static_cast<std::size_t>(value->get_int64());
}

Result<std::vector<std::string>> texts_at(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  if (value == nullptr || !value->is_array()) return bad_member(name, "wants an array");
  std::vector<std::string> out;
  for (const json::value& one : value->get_array()) {
    if (!one.is_string()) return bad_member(name, "wants strings");
    out.emplace_back(one.get_string());
  }
  return out;
}

const json::object* object_at(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value == nullptr ? nullptr : value->if_object();
}

std::size_t count_private(const json::value& node) {
  std::size_t count = 0;
  if (const json::object* object = node.if_object()) {
    for (const auto& [name, value] : *object) count += count_private(value) + (name == "x-private");
  } else if (const json::array* array = node.if_array()) {
    for (const json::value& value : *array) count += count_private(value);
  }
  return count;
}

Result<SubjectRule> read_subject(const json::object& rule) {
  SubjectRule out;
  SCHEMAS_TRY(out.kinds, texts_at(rule, "kinds"));
  SCHEMAS_TRY(const std::string mode, text_at(rule, "mode"));
  if (mode == "starts")
    out.mode = SubjectMode::starts;
  else if (mode == "continues")
    out.mode = SubjectMode::continues;
  else if (mode == "either")
    out.mode = SubjectMode::either;
  else
    return bad_member("x-subject", "unknown mode " + mode);
  return out;
}

}  // namespace

bool SubjectRule::allows(std::string_view kind) const {
  return kinds.empty() || std::ranges::find(kinds, kind) != kinds.end();
}

Presence PrivateSlot::presence(const json::value& data) const {
  if (!instead_of.empty()) {
    json::error_code code;
    return data.find_pointer(instead_of, code) != nullptr ? Presence::forbidden
                                                          : Presence::required;
  }
  return required ? Presence::required : Presence::optional;
}

Result<TypeSchema> TypeSchema::compile(const json::object& document, Patterns& patterns) {
  SCHEMAS_TRY(Validator validator, Validator::compile(json::value(document), document, patterns));
  TypeSchema schema(std::move(validator));
  SCHEMAS_CHECK(schema.read_head(document));
  SCHEMAS_CHECK(schema.collect_slots(document, document, "", patterns));
  // A slot that the walk above cannot reach (under items, a oneOf …) would be one nobody checks.
  if (count_private(json::value(document)) != schema.slots_.size()) {
    return bad_member("x-private", "only members of objects may be private");
  }
  return schema;
}

Result<void> TypeSchema::read_head(const json::object& document) {
  SCHEMAS_TRY(base_, text_at(document, "x-type"));
  SCHEMAS_TRY(const std::size_t major, size_at(document, "x-major", 999));
  if (major == 0) return bad_member("x-major", "counts from 1");
  major_ = static_cast<int>(major);
  name_ = base_ + "/" + std::to_string(major_);
  SCHEMAS_TRY(const std::string order, text_at(document, "x-order"));
  if (order != "append" && order != "strict") return bad_member("x-order", order);
  order_ = order == "strict" ? Order::strict : Order::append;
  const json::object* subject = object_at(document, "x-subject");
  if (subject == nullptr) return bad_member("x-subject", "wants an object");
  SCHEMAS_TRY(subject_, read_subject(*subject));
  if (document.contains("x-from")) {
    const json::object* from = object_at(document, "x-from");
    if (from == nullptr) return bad_member("x-from", "wants an object");
    FromRule rule;
    SCHEMAS_TRY(rule.max, size_at(*from, "max", 64));
    SCHEMAS_TRY(rule.min, size_at(*from, "min", static_cast<std::int64_t>(rule.max)));
    from_ = rule;
  }
  if (const json::value* sealed = document.if_contains("x-sealed")) {
    if (!sealed->is_bool()) return bad_member("x-sealed", "wants a boolean");
    sealed_ = sealed->get_bool();
  }
  const json::object* notice = object_at(document, "x-public");
  if (notice == nullptr) return bad_member("x-public", "wants {vi, en}");
  SCHEMAS_TRY(public_vi_, text_at(*notice, "vi"));
  SCHEMAS_TRY(public_en_, text_at(*notice, "en"));
  return {};
}

Result<void> TypeSchema::collect_slots(const json::object& node, const json::object& document,
                                       const std::string& pointer, Patterns& patterns) {
  const json::object* properties = object_at(node, "properties");
  if (properties == nullptr) return {};
  std::vector<std::string> required;
  if (node.contains("required")) {
    SCHEMAS_TRY(required, texts_at(node, "required"));
  }
  for (const auto& [key, value] : *properties) {
    const json::object* property = value.if_object();
    if (property == nullptr) return bad_member(key, "wants a schema");
    const std::string name(key);
    const std::string here = pointer + "/" + name;
    const json::object* rule = object_at(*property, "x-private");
    if (rule == nullptr) {
      SCHEMAS_CHECK(collect_slots(*property, document, here, patterns));
      continue;
    }
    if (std::ranges::find(required, name) == required.end()) {
      return bad_member(
          name, "a private member is always there, as a decoy when empty: list it in required");
    }
    PrivateSlot slot;
    slot.pointer = here;
    SCHEMAS_TRY(slot.readers, texts_at(*rule, "readers"));
    const json::value* must = rule->if_contains("required");
    if (must == nullptr || !must->is_bool()) return bad_member(name, "x-private wants required");
    slot.required = must->get_bool();
    if (rule->contains("instead_of")) {
      SCHEMAS_TRY(slot.instead_of, text_at(*rule, "instead_of"));
    }
    const json::value* schema = rule->if_contains("schema");
    if (schema == nullptr) return bad_member(name, "x-private wants the value's own schema");
    SCHEMAS_TRY(Validator validator, Validator::compile(*schema, document, patterns));
    slots_.push_back(std::move(slot));
    slot_validators_.push_back(std::move(validator));
  }
  return {};
}

const PrivateSlot* TypeSchema::slot(std::string_view pointer) const {
  const auto found = std::ranges::find(slots_, pointer, &PrivateSlot::pointer);
  return found == slots_.end() ? nullptr : &*found;
}

std::optional<Violation> TypeSchema::validate_public(const json::value& data) const {
  return validator_.validate(data);
}

std::optional<Violation> TypeSchema::validate_private(std::string_view pointer,
                                                      const json::value& value) const {
  const PrivateSlot* found = slot(pointer);
  if (found == nullptr) return Violation{"private.unknown-slot", std::string(pointer), {}};
  auto broken = slot_validators_[static_cast<std::size_t>(found - slots_.data())].validate(value);
  if (broken) broken->pointer.insert(0, found->pointer);
  return broken;
}

}  // namespace nguon::schemas
