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

Violation bad_roles(std::string pointer, std::string detail) {
  return {"bundle.roles", std::move(pointer), std::move(detail)};
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

}  // namespace nguon::schemas
