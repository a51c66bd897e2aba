#include "tests/ledger/apply/world.hpp"

#include <set>

namespace nguon::ledger {
namespace {

using schemas::Relation;
using schemas::SubjectMode;

// Every (type, role) of the table in force, by somebody of the subject's organisation and by
// somebody of another one. What else an entry lacks is judged after its authority, so empty data is
// enough.
class Roles : public testing::Test {
 protected:
  Roles() : outside(world.org("HTX khac")) {
    subjects["org"] = world.coop;
    subjects["person"] = world.member.person;
    subjects["site"] = world.site;
    subjects["product"] = world.product;
    subjects["batch"] = world.harvest("10 kg");
    subjects["range"] = world.range(10);
    subjects["animal"] = world.add(world.herdsman, "animal.arrive/1", "animal",
                                   "{'site':'" + world.site +
                                       "','species':'cattle','breed':'yellow','sex':'female',"
                                       "'on':'2026-10-01','source':'bought'}");
    subjects["certificate"] =
        world.add(world.director, "certificate.add/1", "certificate",
                  "{'kind':'vietgap','number':'952-1','issuer':'Mau','holder':'" + world.coop +
                      "','from':'2026-01-01'}");
    subjects["ocop"] = world.add(world.registrar, "ocop.decision/1", "ocop",
                                 "{'products':['" + world.product + "'],'holder':'" + world.coop +
                                     "','stars':4,'number':'1/QD','council':'Mau','issued':"
                                     "'2026-01-01'}");
    for (const auto& role : schemas::Bundle::built_in().roles().roles()) {
      insiders[role] = world.enrol(world.root, world.coop, {role});
      outsiders[role] = world.enrol(world.root, outside, {role});
    }
  }

  std::string subject_for(const schemas::TypeSchema& type) {
    const auto& kinds = type.subject().kinds;
    const std::string kind = kinds.empty() ? "batch" : kinds.front();
    return type.subject().mode == SubjectMode::continues ? subjects.at(kind) : kind;
  }

  bool passes(const Actor& who, const schemas::TypeSchema& type, const std::string& sub) {
    static const std::set<std::string> with_org{"key.add", "label.range", "member.add",
                                                "product.add", "site.add"};
    std::string data = "{'target':'" + world.head(subjects.at("batch")) + "'";
    if (with_org.contains(type.base())) data += ",'org':'" + world.coop + "'";
    const auto before = world.state.values;
    const auto verdict = world.try_add(who, type.name(), sub, data + "}");
    EXPECT_NE(verdict.rule, "subject.kind") << type.name();
    world.state.values = before;
    return verdict.rule != "role.none" && verdict.rule != "role.relation";
  }

  World world;
  std::string outside;
  std::map<std::string, std::string> subjects;
  std::map<std::string, Actor> insiders, outsiders;
};

TEST_F(Roles, EveryRowAllowsAndEverythingElseIsRefused) {
  const auto& bundle = schemas::Bundle::built_in();
  std::size_t asked = 0;
  for (const auto& [name, type] : bundle.types()) {
    if (type.base() == "genesis" || type.base() == "entry.adopt") continue;
    const auto sub = subject_for(type);
    const bool begins = type.subject().mode != SubjectMode::continues;
    const bool data_names_org = type.base() == "key.add" || type.base() == "label.range" ||
                                type.base() == "member.add" || type.base() == "product.add" ||
                                type.base() == "site.add";
    for (const auto& role : bundle.roles().roles()) {
      const auto relation = bundle.roles().relation(type.base(), role);
      const bool anyone = relation == Relation::any;
      const bool by_org = relation == Relation::own_org || relation == Relation::holder_org;
      EXPECT_EQ(passes(insiders[role], type, sub), anyone || by_org) << name << " " << role;
      EXPECT_EQ(passes(outsiders[role], type, sub), anyone || (by_org && begins && !data_names_org))
          << name << " " << role << " of another organisation";
      asked += 2;
    }
  }
  EXPECT_GE(asked, 800U);
}

TEST_F(Roles, SelfIsTheOwnPersonAndNobodyElse) {
  const auto& bundle = schemas::Bundle::built_in();
  for (const auto* base : {"key.revoke", "member.consent", "member.leave", "erase"}) {
    const auto& type = *bundle.find(std::string(base) + "/1");
    for (const auto& role : bundle.roles().roles()) {
      if (bundle.roles().relation(base, role) != Relation::self) continue;
      EXPECT_TRUE(passes(outsiders[role], type, outsiders[role].person)) << base << " " << role;
      EXPECT_FALSE(passes(outsiders[role], type, insiders[role].person)) << base << " " << role;
    }
  }
}

}  // namespace
}  // namespace nguon::ledger
