#pragma once

#include "schemas/result.hpp"

#include <boost/json/object.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::schemas {

/// How the signer must stand to what the entry is about.
enum class Relation {
  root,     ///< The key is the deployment's root key, carried by genesis.
  any,      ///< No relation asked: the role alone is enough.
  own_org,  ///< The key's org is the subject's; for a new subject it is `data.org` or `data.holder`
            ///< where the schema has one, else the subject becomes the key's org's own.
  holder_org,  ///< The key's org has custody of the subject and of every subject of `from`; a new
               ///< subject is held by the key's org.
  self,     ///< The key's person is the subject; for entry.adopt and erase of a value: signed the
            ///< entry meant.
  creator,  ///< The key's person signed the entry that `data.target` names.
};

/// Who may make which entry about whose subjects, as data. Immutable and thread-safe.
class RoleTable {
 public:
  /// Reads schemas/roles.json. Errors: `bundle.roles`.
  static Result<RoleTable> parse(const boost::json::value& document);

  /// What `role` needs to sign an entry of `base` ("batch.harvest"); absent when it never may.
  std::optional<Relation> relation(std::string_view base, std::string_view role) const;
  /// Whether a key that holds `role` may give `granted` to another by key.add.
  bool may_grant(std::string_view role, std::string_view granted) const;
  /// Whether `role` is for keys of an organisation of this kind; `operates` when it is the one that
  /// runs the deployment. A role without a row of seats sits anywhere.
  bool may_sit(std::string_view role, std::string_view org_kind, bool operates) const;
  /// Whether one organisation may let another enter `base` for it (org.delegate).
  bool delegable(std::string_view base) const;
  /// Role ids in the order of the file.
  const std::vector<std::string>& roles() const { return roles_; }

 private:
  template <class Value>
  using ByName = std::map<std::string, Value, std::less<>>;
  std::vector<std::string> roles_;
  ByName<ByName<Relation>> rows_;            // type -> role -> relation
  ByName<std::vector<std::string>> grants_;  // role -> roles it may give
  ByName<std::vector<std::string>> seats_;   // role -> kinds of organisation, or "operator"
  std::vector<std::string> delegable_;       // types
};

}  // namespace nguon::schemas
