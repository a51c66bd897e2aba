#include "server/cli/draft_file.hpp"

#include "ledger/base/json.hpp"
#include "schemas/embedded.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <utility>

namespace nguon::server {

namespace json = boost::json;

namespace {

ledger::Error wrong(std::string field, const char* expected) {
  return ledger::invalid("draft.member", std::move(field), expected);
}

ledger::Result<std::string> text_at(const json::object& object, std::string_view name,
                                    const std::string& where) {
  const auto* value = object.if_contains(name);
  const std::string field = where + '/' + std::string(name);
  if (value == nullptr || !value->is_string()) return wrong(field, "a text");
  return std::string(value->get_string());
}

ledger::Result<ledger::Input> input_from(const json::value& value, const std::string& where) {
  if (!value.is_object()) return wrong(where, "an object");
  const auto& object = value.get_object();
  const auto* qty = object.if_contains("qty");
  if (qty == nullptr || !qty->is_object()) return wrong(where + "/qty", "amount and unit");
  ledger::Input input;
  NGUON_TRY(input.sub, text_at(object, "sub", where));
  NGUON_TRY(input.head, text_at(object, "head", where));
  NGUON_TRY(input.amount, text_at(qty->get_object(), "amount", where + "/qty"));
  NGUON_TRY(input.unit, text_at(qty->get_object(), "unit", where + "/qty"));
  return input;
}

// The first of `names` that this place of the schema, or what it refers to, has; null for none.
const json::value* member(const json::object& root, const json::object& place,
                          std::string_view name) {
  if (const auto* found = place.if_contains(name)) return found;
  const json::object* next = nullptr;
  if (const auto* reference = place.if_contains("$ref")) {
    // The schemas refer to their own definitions only.
    constexpr std::string_view prefix = "#/definitions/";
    const auto definition = std::string_view(reference->get_string()).substr(prefix.size());
    next = &root.at("definitions").as_object().at(definition).as_object();
  } else if (const auto* all = place.if_contains("allOf")) {
    next = &all->as_array().front().as_object();
  } else if (const auto* one = place.if_contains("oneOf")) {
    next = &one->as_array().front().as_object();
  }
  return next == nullptr ? nullptr : member(root, *next, name);
}

std::string listed(const json::array& choices) {
  std::string text;
  for (const auto& choice : choices) {
    if (!text.empty()) text += '|';
    text += choice.is_string() ? std::string(choice.get_string()) : json::serialize(choice);
  }
  return text;
}

json::value example(const json::object& root, const json::object& place) {
  if (const auto* hidden = place.if_contains("x-private")) {
    return example(root, hidden->at("schema").as_object());
  }
  if (const auto* properties = member(root, place, "properties")) {
    json::object object;
    for (const auto& [name, inner] : properties->as_object()) {
      object[name] = example(root, inner.as_object());
    }
    return object;
  }
  if (const auto* items = member(root, place, "items")) {
    return json::array{example(root, items->as_object())};
  }
  if (const auto* choices = member(root, place, "enum"))
    return json::string(listed(choices->as_array()));
  const auto* type = member(root, place, "type");
  const auto* description = member(root, place, "description");
  std::string hint = description != nullptr ? std::string(description->get_string()) : "";
  if (type != nullptr && type->is_string() && type->get_string() == "integer")
    hint = "integer: " + hint;
  return json::string(hint);
}

// Boost.JSON has no indented output, and a draft is for people.
void print(const json::value& value, const std::string& indent, std::string& out) {
  const bool object = value.is_object() && !value.get_object().empty();
  const bool array = value.is_array() && !value.get_array().empty();
  if (!object && !array) {
    out += json::serialize(value);
    return;
  }
  out += object ? "{\n" : "[\n";
  const std::string inner = indent + "  ";
  const char* separator = "";
  const auto line = [&](const std::string& name, const json::value& item) {
    out += separator + inner + name;
    print(item, inner, out);
    separator = ",\n";
  };
  if (object) {
    for (const auto& [name, item] : value.get_object()) {
      line(json::serialize(json::string(name)) + ": ", item);
    }
  } else {
    for (const auto& item : value.get_array()) line("", item);
  }
  out += '\n' + indent + (object ? '}' : ']');
}

}  // namespace

ledger::Result<TypedDraft> parse_draft(std::string_view text, std::int64_t now) {
  NGUON_TRY(const auto value,
            ledger::parse_json(text, {.max_depth = 16, .integers_only = true, .nfc_only = true}));
  if (!value.is_object()) return wrong("", "an object");
  const auto& object = value.get_object();
  constexpr std::string_view known[] = {"type", "sub", "prev", "from", "for", "iat", "data"};
  for (const auto& [name, unused] : object) {
    if (std::find(std::begin(known), std::end(known), std::string_view(name)) == std::end(known)) {
      return wrong('/' + std::string(name), "no such member");
    }
  }
  TypedDraft typed;
  NGUON_TRY(typed.type, text_at(object, "type", ""));
  NGUON_TRY(typed.draft.sub, text_at(object, "sub", ""));
  if (object.contains("prev")) {
    NGUON_TRY(typed.draft.prev, text_at(object, "prev", ""));
  }
  if (object.contains("for")) {
    NGUON_TRY(typed.draft.on_behalf_of, text_at(object, "for", ""));
  }
  typed.draft.iat = now;
  if (const auto* iat = object.if_contains("iat")) {
    if (!iat->is_int64() || iat->get_int64() < 0) return wrong("/iat", "Unix seconds");
    typed.draft.iat = iat->get_int64();
  }
  if (const auto* from = object.if_contains("from")) {
    if (!from->is_array()) return wrong("/from", "an array");
    for (std::size_t place = 0; place < from->get_array().size(); ++place) {
      NGUON_TRY(auto input, input_from(from->get_array()[place], "/from/" + std::to_string(place)));
      typed.draft.from.push_back(std::move(input));
    }
  }
  const auto* data = object.if_contains("data");
  if (data == nullptr || !data->is_object()) return wrong("/data", "an object");
  typed.draft.data = data->get_object();
  return typed;
}

std::string draft_skeleton(const schemas::TypeSchema& type) {
  const std::string path = "types/" + type.base() + '.' + std::to_string(type.major()) + ".json";
  const json::object schema = json::parse(*schemas::embedded_file(path)).as_object();
  const auto& properties = schema.at("properties").as_object();
  json::object data;
  // Where the members are alternatives none is required: all are shown.
  if (const auto* required = schema.if_contains("required")) {
    for (const auto& name : required->as_array()) {
      data[name.get_string()] = example(schema, properties.at(name.get_string()).as_object());
    }
  } else {
    for (const auto& [name, place] : properties) data[name] = example(schema, place.as_object());
  }
  const auto& kinds = type.subject().kinds;
  json::object draft{{"type", type.name()}, {"sub", kinds.empty() ? "subject" : kinds.front()}};
  if (type.subject().mode == schemas::SubjectMode::continues) {
    draft["sub"] = "id of the subject this continues";
    draft["prev"] = "id of its newest entry";
  }
  if (type.from()) {
    draft["from"] = json::array{{{"sub", "id of what is consumed"},
                                 {"head", "id of its newest entry you know"},
                                 {"qty", {{"amount", "12.5"}, {"unit", "kg"}}}}};
  }
  draft["data"] = std::move(data);
  std::string text;
  print(draft, "", text);
  return text + '\n';
}

}  // namespace nguon::server
