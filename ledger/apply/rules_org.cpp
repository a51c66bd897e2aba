#include "ledger/apply/rules.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace nguon::ledger {
namespace {

// How far the offices above an organisation reach; it also bounds the search for a circle.
constexpr int max_parents = 4;

// Alliance, union, co-operative or group, household; authorities stand over all of them and over
// each other, laboratories and councils under any.
int rank_of_kind(const std::string& kind) {
  static constexpr std::array<std::pair<std::string_view, int>, 7> levels = {{
      {"alliance", 4},
      {"authority", 5},
      {"cooperative", 2},
      {"enterprise", 2},
      {"group", 2},
      {"household", 1},
      {"union", 3},
  }};
  const auto found = std::find_if(levels.begin(), levels.end(),
                                  [&](const auto& one) { return one.first == kind; });
  return found == levels.end() ? 0 : found->second;
}

bool may_stand_over(const std::string& above, const std::string& below) {
  return rank_of_kind(above) > rank_of_kind(below) ||
         (above == "authority" && below == "authority");
}

Result<void> check_parent(Work& work, const OrgRecord& org) {
  std::optional<std::string> above = org.parent;
  for (int step = 0; above; ++step) {
    if (*above == work.entry().sub || step == max_parents) {
      return invalid("org.parent", "/data/parent", "a circle, or more than four levels");
    }
    NGUON_TRY(const auto parent, named<OrgRecord>(work, *above, "/data/parent"));
    if (step == 0 && !may_stand_over(parent.kind, org.kind)) {
      return invalid("org.parent", "/data/parent", "not above an organisation of this kind");
    }
    above = parent.parent;
  }
  return {};
}

Result<std::optional<Registration>> read_registration(const Data& data) {
  if (!data.has("registration")) return std::optional<Registration>();
  NGUON_TRY(const auto inside, data.object("registration"));
  Registration registration;
  NGUON_TRY(registration.code, inside.text("code"));
  NGUON_TRY(registration.issuer, inside.text("issuer"));
  NGUON_TRY(registration.issued, inside.maybe_date("issued"));
  return std::optional<Registration>(std::move(registration));
}

Result<OrgRecord> read_org(Work& work) {
  const Data data(work.entry().data);
  OrgRecord org;
  NGUON_TRY(org.name, data.text("name"));
  NGUON_TRY(org.kind, data.text("kind"));
  NGUON_TRY(org.commune, data.maybe_commune("commune"));
  NGUON_TRY(org.parent, data.maybe_text("parent"));
  NGUON_TRY(org.registration, read_registration(data));
  NGUON_CHECK(check_parent(work, org));
  return org;
}

}  // namespace

Result<void> create_org(Work& work) {
  NGUON_TRY(auto org, read_org(work));
  org.status = "active";
  work.set_owner(work.entry().sub);
  put_own(work, org);
  return {};
}

Result<void> update_org(Work& work) {
  NGUON_TRY(const auto old, own<OrgRecord>(work));
  NGUON_TRY(auto org, read_org(work));
  // What it was admitted as is the registrar's word: an office that could rewrite it would make
  // itself an authority.
  const bool same =
      org.kind == old.kind && org.parent == old.parent && org.registration == old.registration;
  if (!same && !may_act_for_all(work)) {
    return Error{Errc::forbidden, "org.admitted", "/data",
                 "kind, parent and registration are the registrar's"};
  }
  org.status = old.status;
  org.since = old.since;
  put_own(work, org);
  return {};
}

Result<void> change_org_status(Work& work) {
  NGUON_TRY(auto org, own<OrgRecord>(work));
  NGUON_TRY(const auto on, Data(work.entry().data).date("on"));
  if (org.status == "dissolved") return invalid("org.dissolved", "/sub", "dissolving is final");
  const auto name = base_of(work.entry().type);
  // Who runs the log would stop every other entry with its own.
  NGUON_TRY(const auto deployment, work.find<DeploymentRecord>(state_key::deployment()));
  if (deployment && deployment->operator_org == work.entry().sub && name != "org.activate") {
    return invalid("org.operator", "/sub", "it runs this log");
  }
  org.status = name == "org.suspend"    ? "suspended"
               : name == "org.activate" ? "active"
                                        : "dissolved";
  org.since = on;
  put_own(work, org);
  return {};
}

Result<void> delegate_org(Work& work) {
  const Data data(work.entry().data);
  NGUON_TRY(const auto to, data.text("to"));
  DelegationRecord delegation;
  delegation.entry = work.logged().id;
  NGUON_TRY(delegation.roles, data.texts("roles"));
  std::sort(delegation.roles.begin(), delegation.roles.end());
  NGUON_TRY(delegation.until, data.date("until"));
  if (to == work.entry().sub) return invalid("delegation.self", "/data/to", "another organisation");
  NGUON_CHECK(standing_org(work, to, "/data/to"));
  work.put(state_key::delegation(work.entry().sub, to), delegation);
  return {};
}

Result<void> undelegate_org(Work& work) {
  NGUON_TRY(const auto to, Data(work.entry().data).text("to"));
  const auto key = state_key::delegation(work.entry().sub, to);
  NGUON_TRY(auto delegation, work.find<DelegationRecord>(key));
  if (!delegation || delegation->ended) {
    return invalid("delegation.none", "/data/to", "nothing is delegated to it");
  }
  delegation->ended = work.logged().id;
  work.put(key, *delegation);
  return {};
}

// A representative and a grade are private values of the entry: the state has nothing of them.
Result<void> note_about_org(Work& work) {
  NGUON_CHECK(standing_org(work, work.entry().sub, "/sub"));
  return {};
}

}  // namespace nguon::ledger
