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

// Beside the subject's own organisation, which the role table asks for, an entry names one in
// `data`. One's own leave and consent are one's own to say, whichever it is.
Result<void> check_named_org(const Work& work, const std::string& org, bool by_self) {
  if (may_act_for(work, org)) return {};
  if (by_self && work.signer().person == work.entry().sub) return {};
  return Error{Errc::forbidden, "role.relation", "/data/org", "another organisation"};
}

/// Changes the subject's current membership in the organisation that `data` names.
Result<void> change_membership(
    Work& work, bool by_self, const std::function<Result<void>(const Data&, Membership&)>& change) {
  const Data data(work.entry().data);
  NGUON_TRY(const auto org, data.text("org"));
  NGUON_CHECK(check_named_org(work, org, by_self));
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
  NGUON_CHECK(standing_org(work, membership.org, "/data/org"));
  NGUON_CHECK(check_named_org(work, membership.org, false));
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
  return change_membership(work, false,
                           [](const Data& data, Membership& membership) -> Result<void> {
                             NGUON_TRY(membership.kind, data.text("kind"));
                             return {};
                           });
}

Result<void> end_membership(Work& work) {
  return change_membership(work, true,
                           [](const Data& data, Membership& membership) -> Result<void> {
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
  NGUON_CHECK(check_named_org(work, consent.org, true));
  const bool by_self = work.signer().person == work.entry().sub;
  NGUON_TRY(auto person, own<PersonRecord>(work));
  // Law 91/2025/QH15: consent is one's own to give and to take back. The office notes what people
  // say, but who said no with the own key says yes with it.
  const auto same = [&](const Consent& earlier) {
    return earlier.org == consent.org && earlier.purpose == consent.purpose;
  };
  const auto earlier = std::find_if(person.consents.begin(), person.consents.end(), same);
  if (earlier != person.consents.end()) {
    if (consent.given && !by_self && !earlier->given && earlier->own.value_or(false)) {
      return Error{Errc::forbidden, "consent.own-word", "/data/given", "the person said no"};
    }
    if (!consent.given && !earlier->given) consent.own = earlier->own;
    person.consents.erase(earlier);
  }
  if (by_self) consent.own = true;
  if (person.consents.size() == max_consents) {
    return invalid("member.too-many", "/data/org", "at most 64 consents");
  }
  person.consents.push_back(std::move(consent));
  put_own(work, person);
  return {};
}

}  // namespace nguon::ledger
