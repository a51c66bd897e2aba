#pragma once

#include "ledger/apply/data.hpp"
#include "ledger/apply/keys.hpp"
#include "ledger/apply/records_master.hpp"
#include "ledger/apply/work.hpp"

#include <string_view>

namespace nguon::ledger {

/// One rule per entry type: what it changes beyond the subject's head, or why it is refused. The
/// common part (common.hpp) has passed before: signer, role, subject, order, inputs.
using Rule = Result<void> (*)(Work&);

/// Absent for a type this engine does not know, whatever a bundle may say.
Rule rule_of(std::string_view type_name);

/// Index 0 alone; it stands before the common part because nothing is known yet.
Result<void> apply_genesis(Work& work);

Result<void> activate_rules(Work& work);
Result<void> change_log_keys(Work& work);
Result<void> succeed_log(Work& work);
Result<void> create_org(Work& work);
Result<void> update_org(Work& work);
Result<void> change_org_status(Work& work);
Result<void> delegate_org(Work& work);
Result<void> undelegate_org(Work& work);
Result<void> note_about_org(Work& work);
Result<void> add_key(Work& work);
Result<void> revoke_key(Work& work);
Result<void> add_member(Work& work);
Result<void> update_member(Work& work);
Result<void> end_membership(Work& work);
Result<void> record_consent(Work& work);
Result<void> add_site(Work& work);
Result<void> retire_site(Work& work);
Result<void> add_product(Work& work);
Result<void> retire_product(Work& work);
Result<void> add_certificate(Work& work);
Result<void> withdraw_certificate(Work& work);
Result<void> harvest(Work& work);
Result<void> receive(Work& work);
Result<void> deliver(Work& work);
Result<void> transform(Work& work);
Result<void> pack(Work& work);
Result<void> correct(Work& work);
Result<void> recall(Work& work);
Result<void> animal_arrives(Work& work);
Result<void> animal_is_born(Work& work);
Result<void> tag_animal(Work& work);
Result<void> weigh_animal(Work& work);
Result<void> treat_animal(Work& work);
Result<void> vaccinate_animal(Work& work);
Result<void> move_animal(Work& work);
Result<void> animal_dies(Work& work);
Result<void> apply_input(Work& work);
Result<void> request_labels(Work& work);
Result<void> grant_range(Work& work);
Result<void> apply_labels(Work& work);
Result<void> void_labels(Work& work);
Result<void> decide_ocop(Work& work);
Result<void> withdraw_ocop(Work& work);
Result<void> erase(Work& work);

/// True when one of the signer's roles lets it act for every organisation in this type.
bool may_act_for_all(const Work& work);

/// The same, or `org` is its own. The role table looks at the subject's organisation; this is for
/// one that `data` names.
bool may_act_for(const Work& work, const std::string& org);

/// The organisation that another subject is to belong to or that somebody is to speak for: it
/// exists and has not ended. Errors: `subject.unknown` (Errc::not_yet), `org.dissolved`.
Result<OrgRecord> standing_org(Work& work, const std::string& org, const std::string& field);

/// The deployment's record, for an entry about the log itself: its subject is the operator's
/// organisation, or it is refused by `rule`.
Result<DeploymentRecord> about_operator(Work& work, const char* rule);

/// `batch.harvest/1` → `batch.harvest`.
inline std::string_view base_of(std::string_view type) { return type.substr(0, type.find('/')); }

/// The record of a subject that another one names: `subject.unknown` (Errc::not_yet) while the log
/// does not hold it, for its entry may still be on somebody's phone.
template <codec::Record T>
Result<T> named(Work& work, const std::string& sub, const std::string& field) {
  return work.need<T>(state_key::subject(sub), Error{Errc::not_yet, "subject.unknown", field,
                                                     "the log does not hold this subject yet"});
}

/// The head of a subject that another one names. Same error.
inline Result<HeadRecord> named_head(Work& work, const std::string& sub, const std::string& field) {
  return work.need<HeadRecord>(
      state_key::head(sub),
      Error{Errc::not_yet, "subject.unknown", field, "the log does not hold this subject yet"});
}

/// The record of the entry's own subject.
template <codec::Record T>
Result<T> own(Work& work) {
  return named<T>(work, work.entry().sub, "/sub");
}

template <codec::Record T>
void put_own(Work& work, const T& record) {
  work.put(state_key::subject(work.entry().sub), record);
}

}  // namespace nguon::ledger
