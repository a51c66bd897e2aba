#include "schemas/roles.hpp"

#include "schemas/member.hpp"
#include "schemas/try.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace nguon::schemas {
namespace {

namespace json = boost::json;

constexpr std::array<std::pair<std::string_view, Relation>, 6> relations = {{
    {"root", Relation::root},
    {"any", Relation::any},
    {"own_org", Relation::own_org},
    {"holder_org", Relation::holder_org},
    {"self", Relation::self},
    {"creator", Relation::creator},
}};

/// An organisation runs the deployment whatever its kind; the others are kinds of org.create.
constexpr std::string_view operating = "operator";

Violation bad_roles(std::string pointer, std::string detail) {
  return {"bundle.roles", std::move(pointer), std::move(detail)};
}

Result<std::vector<std::string>> read_texts(const json::value* value, const std::string& pointer) {
  std::vector<std::string> texts;
  if (value == nullptr || !value->is_array()) return bad_roles(pointer, "wants an array of texts");
  for (const json::value& one : value->get_array()) {
    if (!one.is_string()) return bad_roles(pointer, "wants an array of texts");
    texts.emplace_back(one.get_string());
  }
  return texts;
}

bool holds(const std::vector<std::string>& list, std::string_view one) {
  return std::ranges::find(list, one) != list.end();
}

}  // namespace

Result<RoleTable> RoleTable::parse(const json::value& document) {
  RoleTable table;
  const json::value* roles = member(document, "roles");
  const json::value* rows = member(document, "rows");
  const json::value* grants = member(document, "grants");
  if (roles == nullptr || !roles->is_object()) return bad_roles("/roles", "wants an object");
  if (rows == nullptr || !rows->is_object()) return bad_roles("/rows", "wants an object");
  if (grants == nullptr || !grants->is_object()) return bad_roles("/grants", "wants an object");
  for (const auto& [role, label] : roles->get_object()) table.roles_.emplace_back(role);
  const auto known = [&](std::string_view role) {
    return std::ranges::find(table.roles_, role) != table.roles_.end();
  };
  for (const auto& [type, cells] : rows->get_object()) {
    const std::string pointer = "/rows/" + std::string(type);
    if (!cells.is_object()) return bad_roles(pointer, "wants an object of role: relation");
    for (const auto& [role, name] : cells.get_object()) {
      const auto found = std::ranges::find_if(relations, [&](const auto& one) {
        return name.is_string() && one.first == name.get_string();
      });
      if (!known(role) || found == relations.end())
        return bad_roles(pointer + "/" + std::string(role), "unknown");
      table.rows_[std::string(type)].emplace(role, found->second);
    }
  }
  for (const auto& [role, granted] : grants->get_object()) {
    const std::string pointer = "/grants/" + std::string(role);
    if (!known(role) || !granted.is_array()) return bad_roles(pointer, "wants an array of roles");
    for (const json::value& one : granted.get_array()) {
      if (!one.is_string() || !known(one.get_string())) return bad_roles(pointer, "unknown role");
      table.grants_[std::string(role)].emplace_back(one.get_string());
    }
  }
  // Both came later than the first bundles: without them every role sits anywhere, and nothing is
  // delegated.
  if (const json::value* seats = member(document, "seats")) {
    if (!seats->is_object()) return bad_roles("/seats", "wants an object");
    for (const auto& [role, kinds] : seats->get_object()) {
      const std::string pointer = "/seats/" + std::string(role);
      if (!known(role)) return bad_roles(pointer, "unknown role");
      SCHEMAS_TRY(auto texts, read_texts(&kinds, pointer));
      table.seats_.emplace(std::string(role), std::move(texts));
    }
  }
  if (const json::value* types = member(document, "delegable")) {
    SCHEMAS_TRY(table.delegable_, read_texts(types, "/delegable"));
  }
  return table;
}

std::optional<Relation> RoleTable::relation(std::string_view base, std::string_view role) const {
  const auto type = rows_.find(base);
  if (type == rows_.end()) return std::nullopt;
  const auto found = type->second.find(role);
  if (found == type->second.end()) return std::nullopt;
  return found->second;
}

bool RoleTable::may_grant(std::string_view role, std::string_view granted) const {
  const auto found = grants_.find(role);
  return found != grants_.end() && std::ranges::find(found->second, granted) != found->second.end();
}

bool RoleTable::may_sit(std::string_view role, std::string_view org_kind, bool operates) const {
  const auto found = seats_.find(role);
  if (found == seats_.end()) return true;
  return holds(found->second, org_kind) || (operates && holds(found->second, operating));
}

bool RoleTable::delegable(std::string_view base) const { return holds(delegable_, base); }

}  // namespace nguon::schemas
