#include "ledger/apply/rules.hpp"

namespace nguon::ledger {
namespace {

// How far the offices above an organisation reach; it also bounds the search for a circle.
constexpr int max_parents = 4;

Result<void> check_parent(Work& work, const OrgRecord& org) {
  std::optional<std::string> above = org.parent;
  for (int step = 0; above; ++step) {
    if (*above == work.entry().sub || step == max_parents) {
      return invalid("org.parent", "/data/parent", "a circle, or more than four levels");
    }
    NGUON_TRY(const auto parent, named<OrgRecord>(work, *above, "/data/parent"));
    above = parent.parent;
  }
  return {};
}

Result<OrgRecord> read_org(Work& work) {
  const Data data(work.entry().data);
  OrgRecord org;
  NGUON_TRY(org.name, data.text("name"));
  NGUON_TRY(org.kind, data.text("kind"));
  NGUON_TRY(org.commune, data.maybe_commune("commune"));
  NGUON_TRY(org.parent, data.maybe_text("parent"));
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
  org.status = name == "org.suspend"    ? "suspended"
               : name == "org.activate" ? "active"
                                        : "dissolved";
  org.since = on;
  put_own(work, org);
  return {};
}

}  // namespace nguon::ledger
