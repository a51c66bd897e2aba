#include "ledger/apply/rules.hpp"

#include <algorithm>
#include <functional>

namespace nguon::ledger {
namespace {

// A person belongs to few organisations; the bound keeps one record within the store's value size.
constexpr std::size_t max_memberships = 32;
constexpr std::size_t max_consents = 64;

Result<PersonRecord> person_or_new(Work& work) {
  NGUON_TRY(auto person, work.find<PersonRecord>(state_key::subject(work.entry().sub)));
  return person.value_or(PersonRecord{});
}

auto current(PersonRecord& person, const std::string& org) {
  return std::find_if(person.memberships.begin(), person.memberships.end(),
                      [&](const Membership& m) { return m.org == org && !m.left; });
}

/// Changes the subject's current membership in the organisation that `data` names.
Result<void> change_membership(
    Work& work, const std::function<Result<void>(const Data&, Membership&)>& change) {
  const Data data(work.entry().data);
  NGUON_TRY(const auto org, data.text("org"));
  NGUON_TRY(auto person, own<PersonRecord>(work));
  const auto membership = current(person, org);
  if (membership == person.memberships.end()) {
    return invalid("member.none", "/data/org", "not in this organisation");
  }
  NGUON_CHECK(change(data, *membership));
  put_own(work, person);
  return {};
}

}  // namespace

Result<void> add_member(Work& work) {
  const Data data(work.entry().data);
  Membership membership;
  NGUON_TRY(membership.org, data.text("org"));
  NGUON_TRY(membership.kind, data.text("kind"));
  NGUON_TRY(membership.joined, data.maybe_date("joined"));
  NGUON_CHECK(named<OrgRecord>(work, membership.org, "/data/org"));
  if (!may_act_for(work, membership.org)) {
    return Error{Errc::forbidden, "role.relation", "/data/org", "another organisation"};
  }
  NGUON_TRY(auto person, person_or_new(work));
  if (current(person, membership.org) != person.memberships.end()) {
    return invalid("member.already", "/data/org", "already in this organisation");
  }
  if (person.memberships.size() == max_memberships) {
    return invalid("member.too-many", "/data/org", "at most 32 memberships");
  }
  work.set_owner(membership.org);
  person.memberships.push_back(std::move(membership));
  put_own(work, person);
  return {};
}

Result<void> update_member(Work& work) {
  return change_membership(work, [](const Data& data, Membership& membership) -> Result<void> {
    NGUON_TRY(membership.kind, data.text("kind"));
    return {};
  });
}

Result<void> end_membership(Work& work) {
  return change_membership(work, [](const Data& data, Membership& membership) -> Result<void> {
    NGUON_TRY(membership.left, data.date("on"));
    return {};
  });
}

Result<void> record_consent(Work& work) {
  const Data data(work.entry().data);
  Consent consent;
  NGUON_TRY(consent.org, data.text("org"));
  NGUON_TRY(consent.purpose, data.text("purpose"));
  NGUON_TRY(consent.given, data.boolean("given"));
  NGUON_TRY(consent.until, data.maybe_date("until"));
  NGUON_TRY(auto person, own<PersonRecord>(work));
  std::erase_if(person.consents, [&](const Consent& earlier) {
    return earlier.org == consent.org && earlier.purpose == consent.purpose;
  });
  if (person.consents.size() == max_consents) {
    return invalid("member.too-many", "/data/org", "at most 64 consents");
  }
  person.consents.push_back(std::move(consent));
  put_own(work, person);
  return {};
}

}  // namespace nguon::ledger
