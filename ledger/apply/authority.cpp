#include "ledger/apply/common.hpp"
#include "ledger/apply/records_goods.hpp"
#include "ledger/apply/signers.hpp"
#include "ledger/entry/subject.hpp"
#include "schemas/calendar.hpp"

#include <algorithm>
#include <iterator>

namespace nguon::ledger {
namespace {

// Whose a subject is: its head says; a new one's first entry says in `data.org`, or it is the
// maker's.
Result<std::string> org_of_subject(Work& work, const std::optional<HeadRecord>& head) {
  if (head) return head->org;
  NGUON_TRY(const auto org, Data(work.entry().data).maybe_text("org"));
  return org.value_or(work.maker().org);
}

Result<bool> holds(Work& work, const std::string& sub, const std::string& field) {
  const auto kind = subject_kind(sub);
  if (kind == "range") {
    NGUON_TRY(const auto range, named<RangeRecord>(work, sub, field));
    return range.org == work.signer().org;
  }
  if (kind == "batch") {
    NGUON_TRY(const auto batch, named<BatchRecord>(work, sub, field));
    return batch.holder == work.signer().org;
  }
  NGUON_TRY(const auto head, named_head(work, sub, field));
  return head.org == work.signer().org;
}

// Custody of the subject, if it exists, and of everything consumed.
Result<bool> holds_all(Work& work, const std::optional<HeadRecord>& head) {
  const auto& entry = work.entry();
  if (head) {
    NGUON_TRY(const bool held, holds(work, entry.sub, "/sub"));
    if (!held) return false;
  } else {
    NGUON_TRY(const auto org, org_of_subject(work, head));
    if (org != work.signer().org) return false;
  }
  for (std::size_t i = 0; i < entry.from.size(); ++i) {
    NGUON_TRY(const bool held,
              holds(work, entry.from[i].sub, "/from/" + std::to_string(i) + "/sub"));
    if (!held) return false;
  }
  return true;
}

Result<bool> is_root(Work& work) {
  NGUON_TRY(const auto deployment, work.find<DeploymentRecord>(state_key::deployment()));
  if (!deployment) return false;
  NGUON_TRY(const auto changed, work.find<SignersRecord>(state_key::signers()));
  return is_in_charge(changed.value_or(initial_signers(*deployment)), work.logged().kid);
}

Result<bool> made_target(Work& work) {
  NGUON_TRY(const auto target, Data(work.entry().data).text("target"));
  NGUON_TRY(const auto entry,
            work.need<EntryRecord>(state_key::entry(target),
                                   Error{Errc::not_yet, "entry.unknown", "/data/target",
                                         "the log does not hold it yet"}));
  return !entry.person.empty() && entry.person == work.signer().person;
}

// Of an erasure of one value: who signed the entry that holds it.
Result<bool> signed_erased(Work& work) {
  const Data data(work.entry().data);
  NGUON_TRY(const auto id, data.maybe_text("entry"));
  if (!id) return false;
  NGUON_TRY(const auto entry, work.find<EntryRecord>(state_key::entry(*id)));
  return entry && entry->person == work.signer().person;
}

Result<bool> is_self(Work& work) {
  const auto& person = work.signer().person;
  if (person.empty()) return false;
  if (person == work.entry().sub) return true;
  if (&work.entry() != &work.logged()) return person == work.maker().person;
  if (base_of(work.entry().type) == "erase") return signed_erased(work);
  return false;
}

Result<bool> stands(Work& work, schemas::Relation relation, const std::optional<HeadRecord>& head) {
  switch (relation) {
    case schemas::Relation::root:
      return is_root(work);
    case schemas::Relation::any:
      return true;
    case schemas::Relation::own_org: {
      NGUON_TRY(const auto org, org_of_subject(work, head));
      return org == work.signer().org;
    }
    case schemas::Relation::holder_org:
      return holds_all(work, head);
    case schemas::Relation::self:
      return is_self(work);
    case schemas::Relation::creator:
      return made_target(work);
  }
  return false;
}

Result<void> check_role(Work& work, std::string_view base, const std::optional<HeadRecord>& head) {
  bool has_role = false;
  for (const auto& role : work.signer().roles) {
    const auto relation = work.bundle().roles().relation(base, role);
    if (!relation) continue;
    has_role = true;
    NGUON_TRY(const bool good, stands(work, *relation, head));
    if (good) return {};
  }
  if (!has_role) {
    return Error{Errc::forbidden, "role.none", "/type", "no role of this key makes such entries"};
  }
  return Error{Errc::forbidden, "role.relation", "/sub",
               "not about a subject this key may write to"};
}

// A clerk may enter for a person or plot of the clerk's own organisation only.
Result<void> check_on_behalf(Work& work) {
  const auto& sub = work.entry().on_behalf_of;
  if (!sub) return {};
  NGUON_TRY(const auto head, named_head(work, *sub, "/for"));
  if (head.org == work.maker().org) return {};
  NGUON_TRY(const auto person, work.find<PersonRecord>(state_key::subject(*sub)));
  const bool member = person && std::any_of(person->memberships.begin(), person->memberships.end(),
                                            [&](const Membership& m) {
                                              return m.org == work.maker().org && !m.left;
                                            });
  if (!member) return Error{Errc::forbidden, "for.org", "/for", "not of the signer's organisation"};
  return {};
}

// Suspension stops labels, keys and edits at once; what the field already did still comes in.
Result<void> check_org_status(Work& work, const schemas::TypeSchema& type) {
  NGUON_TRY(const auto org, work.find<OrgRecord>(state_key::subject(work.signer().org)));
  if (!org || org->status == "active") return {};
  if (type.order() == schemas::Order::append) {
    work.flag(org->status == "dissolved" ? "flag.org-dissolved" : "flag.org-suspended");
    return {};
  }
  // The operator can always lift what it imposed, also on itself.
  NGUON_TRY(const bool root, is_root(work));
  if (root) return {};
  return Error{Errc::forbidden, "org.suspended", "/kid", "its organisation is " + org->status};
}

std::vector<std::string> in_both(const std::vector<std::string>& a,
                                 const std::vector<std::string>& b) {
  std::vector<std::string> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return both;
}

}  // namespace

Result<void> take_delegation(Work& work) {
  const auto& whom = work.entry().on_behalf_of;
  if (!whom || !whom->starts_with("org:")) return {};
  if (*whom == work.signer().org) {
    // The organisation brings in what somebody made for it: no matter how long he might.
    work.made_for(*whom);
    return {};
  }
  const auto refused = [](const char* rule, const char* field, const char* detail) {
    return Error{Errc::forbidden, rule, field, detail};
  };
  NGUON_TRY(const auto delegation,
            work.find<DelegationRecord>(state_key::delegation(*whom, work.signer().org)));
  if (!delegation || delegation->ended) {
    return refused("delegation.none", "/for", "it delegates nothing to the signer's");
  }
  const auto today = schemas::date_in_vietnam(work.recorded_ms());
  if (!today || delegation->until < schemas::print_date(*today)) {
    return refused("delegation.ended", "/for", "the delegation's last day is over");
  }
  // In an adoption both are asked: the right to adopt, and to have made what is adopted.
  const auto& table = work.bundle().roles();
  if (!table.delegable(base_of(work.logged().type)) ||
      !table.delegable(base_of(work.entry().type))) {
    return refused("delegation.type", "/type", "not for others to enter");
  }
  auto roles = in_both(work.signer().roles, delegation->roles);
  if (roles.empty()) return refused("delegation.role", "/kid", "no role of this key is delegated");
  const auto* type = work.bundle().find(work.entry().type);
  if (type == nullptr) return invalid("entry.type", "/type", "not known to the rules in force");
  NGUON_CHECK(check_org_status(work, *type));
  work.speak_for(*whom, std::move(roles));
  return {};
}

Result<void> check_authority(Work& work, const schemas::TypeSchema& type,
                             const std::optional<HeadRecord>& head) {
  NGUON_CHECK(check_org_status(work, type));
  NGUON_CHECK(check_role(work, type.base(), head));
  return check_on_behalf(work);
}

}  // namespace nguon::ledger
