#include "ledger/apply/rules.hpp"

#include "ledger/apply/rules_labels.hpp"

#include <algorithm>
#include <array>

namespace nguon::ledger {
namespace {

struct Row {
  std::string_view type;
  Rule rule;
};

constexpr std::array rows{
    Row{"animal.arrive", animal_arrives},
    Row{"animal.birth", animal_is_born},
    Row{"animal.die", animal_dies},
    Row{"animal.move", move_animal},
    Row{"animal.tag", tag_animal},
    Row{"animal.treat", treat_animal},
    Row{"animal.vaccinate", vaccinate_animal},
    Row{"animal.weigh", weigh_animal},
    Row{"batch.close", close_batch},
    Row{"batch.correct", correct},
    Row{"batch.deliver", deliver},
    Row{"batch.harvest", harvest},
    Row{"batch.pack", pack},
    Row{"batch.recall", recall},
    Row{"batch.receive", receive},
    Row{"batch.transform", transform},
    Row{"certificate.add", add_certificate},
    Row{"certificate.withdraw", withdraw_certificate},
    Row{"erase", erase},
    Row{"input.apply", apply_input},
    Row{"key.add", add_key},
    Row{"key.revoke", revoke_key},
    Row{"label.apply", apply_labels},
    Row{"label.give", give_labels},
    Row{"label.lose", lose_labels},
    Row{"label.print", print_labels},
    Row{"label.range", grant_range},
    Row{"label.request", request_labels},
    Row{"label.return", return_labels},
    Row{"label.take", take_labels},
    Row{"label.void", void_labels},
    Row{"log.keys", change_log_keys},
    Row{"log.succeed", succeed_log},
    Row{"member.add", add_member},
    Row{"member.consent", record_consent},
    Row{"member.leave", end_membership},
    Row{"member.update", update_member},
    Row{"ocop.decision", decide_ocop},
    Row{"ocop.withdraw", withdraw_ocop},
    Row{"org.activate", change_org_status},
    Row{"org.create", create_org},
    Row{"org.delegate", delegate_org},
    Row{"org.dissolve", change_org_status},
    Row{"org.grade", note_about_org},
    Row{"org.represent", note_about_org},
    Row{"org.suspend", change_org_status},
    Row{"org.undelegate", undelegate_org},
    Row{"org.update", update_org},
    Row{"product.add", add_product},
    Row{"product.retire", retire_product},
    Row{"product.update", add_product},
    Row{"rules.activate", activate_rules},
    Row{"site.add", add_site},
    Row{"site.retire", retire_site},
    Row{"site.update", add_site},
};

}  // namespace

Rule rule_of(std::string_view type_name) {
  const auto* row =
      std::lower_bound(rows.begin(), rows.end(), type_name,
                       [](const Row& r, std::string_view name) { return r.type < name; });
  return row != rows.end() && row->type == type_name ? row->rule : nullptr;
}

bool may_act_for_all(const Work& work) {
  const auto& table = work.bundle().roles();
  const auto base = base_of(work.entry().type);
  return std::any_of(work.signer().roles.begin(), work.signer().roles.end(), [&](const auto& role) {
    return table.relation(base, role) == schemas::Relation::any;
  });
}

bool may_act_for(const Work& work, const std::string& org) {
  return org == work.signer().org || may_act_for_all(work);
}

Result<OrgRecord> standing_org(Work& work, const std::string& org, const std::string& field) {
  NGUON_TRY(auto record, named<OrgRecord>(work, org, field));
  if (record.status == "dissolved") return invalid("org.dissolved", field, "it has ended");
  return record;
}

Result<DeploymentRecord> about_operator(Work& work, const char* rule) {
  NGUON_TRY(auto deployment,
            work.need<DeploymentRecord>(state_key::deployment(),
                                        Error{Errc::corrupt, "state.record", {}, "no genesis"}));
  if (work.entry().sub != deployment.operator_org) {
    return invalid(rule, "/sub", "the operator's organisation");
  }
  return deployment;
}

}  // namespace nguon::ledger
