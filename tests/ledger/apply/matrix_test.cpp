#include "tests/ledger/apply/plain_table.hpp"
#include "tests/ledger/apply/town.hpp"

#include <algorithm>
#include <set>

// ledger/AUTHORITY.md, cell by cell: what people wrote down against what apply says.
namespace nguon::ledger {
namespace {

constexpr const char* role_tables = NGUON_AUTHORITY;

class Matrix : public testing::Test {
 protected:
  // May only ever be one's own person's to say, or what one signed.
  const std::set<std::string> of_people{"entry.adopt", "erase", "key.revoke", "member.consent",
                                        "member.leave"};

  Verdict asked(const Actor& who, const std::string& type) {
    if (type == "entry.adopt") return town.adopts(who, town.late_member);
    if (type == "key.add") return town.enrols(who);
    return town.tries(who, type, town.meant(type));
  }

  // The same about oneself.
  Verdict asked_of_self(const Actor& who, const std::string& role, const std::string& type) {
    if (type == "entry.adopt") return town.adopts(who, town.former_key(who, role));
    Meant own = town.meant(type);
    own.sub = who.person;
    const auto swap = [&](const std::string& from, const std::string& to) {
      if (const auto at = own.data.find(from); at != std::string::npos) {
        own.data.replace(at, from.size(), to);
      }
    };
    swap(town.world.coop, who.org);
    swap(town.world.member.key->kid(), who.key->kid());
    return town.tries(who, type, own);
  }

  static std::string expected(const std::string& cell, bool own_org) {
    if (cell == "·") return "role.none";
    if (cell == "all" || cell == "new") return "yes";
    if (cell == "own") return own_org ? "yes" : "role.relation";
    if (cell == "self" || cell == "made" || cell == "root") return "role.relation";
    return "a cell that nobody explained: " + cell;
  }

  Town town;
};

TEST_F(Matrix, EveryRoleTriesEveryTypeFromEverywhere) {
  const auto rows = plain_table(role_tables, "| type | operator");
  std::set<std::string> types;
  std::size_t tried = 0;
  for (const auto& [place, org] : {std::pair{"own", town.world.coop},
                                   {"sibling", town.sibling},
                                   {"parent", town.above},
                                   {"foreign", town.stranger}}) {
    for (const auto& role : schemas::Bundle::built_in().roles().roles()) {
      const auto who = town.somebody(org, role);
      for (const auto& row : rows) {
        types.insert(row.name);
        const auto verdict = asked(who, row.name);
        EXPECT_EQ(Town::told(verdict), expected(row.cells.at(role), org == town.world.coop))
            << row.name << " by " << role << " of " << place;
        ++tried;
      }
    }
  }
  for (const auto& [name, type] : schemas::Bundle::built_in().types()) {
    EXPECT_TRUE(types.contains(std::string(type.base())) || type.base() == "genesis") << name;
  }
  EXPECT_EQ(tried, 4 * 13 * types.size());
}

TEST_F(Matrix, ASelfCellIsAboutOneselfWhereverOneIs) {
  std::size_t tried = 0;
  for (const auto& row : plain_table(role_tables, "| type | operator")) {
    if (!of_people.contains(row.name)) continue;
    for (const auto& org : {town.world.coop, town.sibling, town.above, town.stranger}) {
      for (const auto& role : schemas::Bundle::built_in().roles().roles()) {
        const auto& cell = row.cells.at(role);
        // Adopting is a herdsman's; harvesting, what is adopted here, is not.
        const bool not_his = row.name == "entry.adopt" && role == "herdsman";
        const auto verdict = asked_of_self(town.somebody(org, role), role, row.name);
        EXPECT_EQ(Town::told(verdict), cell == "·" || not_his ? "role.none" : "yes")
            << row.name << " by " << role;
        ++tried;
      }
    }
  }
  EXPECT_EQ(tried, of_people.size() * 4 * 13);
}

TEST_F(Matrix, ANewSubjectIsItsMakersOwn) {
  for (const auto& row : plain_table(role_tables, "| type | operator")) {
    for (const auto& [role, cell] : row.cells) {
      if (cell != "new" || row.name == "org.create") continue;
      const auto verdict = asked(town.somebody(town.stranger, role), row.name);
      bool found = false;
      for (const auto& change : verdict.changes) {
        if (!change.key.starts_with("head/")) continue;
        EXPECT_EQ(decode<HeadRecord>(*change.value)->org, town.stranger) << row.name;
        found = true;
      }
      EXPECT_TRUE(found) << row.name << " by " << role;
    }
  }
}

TEST_F(Matrix, WhoMadeItCorrectsIt) {
  const auto& correct = town.meant("batch.correct");
  const auto target = town.world.head(correct.sub);
  const auto rows = plain_table(role_tables, "| type | operator");
  const auto row = std::find_if(rows.begin(), rows.end(),
                                [](const PlainRow& r) { return r.name == "batch.correct"; });
  ASSERT_NE(row, rows.end());
  for (const auto& [role, cell] : row->cells) {
    const auto who = town.somebody(town.stranger, role);
    const auto before = town.world.state.values;
    auto made = town.world.record<EntryRecord>(state_key::entry(target));
    made.person = who.person;
    town.world.state.values[state_key::entry(target)] = encode(made);
    const auto* want = cell == "made" ? "yes" : cell == "own" ? "role.relation" : "role.none";
    EXPECT_EQ(Town::told(town.tries(who, "batch.correct", correct)), want) << role;
    town.world.state.values = before;
  }
}

TEST_F(Matrix, TheRootKeyAloneSpeaksOfTheLogItself) {
  for (const auto& row : plain_table(role_tables, "| type | operator")) {
    if (row.cells.at("operator") != "root") continue;
    const auto verdict = asked(town.world.root, row.name);
    EXPECT_FALSE(verdict.rule.starts_with("role.")) << row.name << " " << verdict.rule;
  }
}

TEST_F(Matrix, ARoleSitsWhereItsSeatIs) {
  const auto& table = schemas::Bundle::built_in().roles();
  std::size_t asked_seats = 0;
  for (const auto& row : plain_table(role_tables, "| role | in")) {
    const auto& kinds = row.cells.at("in");
    std::istringstream names(row.name);
    for (std::string role; std::getline(names >> std::ws, role, ',');) {
      for (const char* kind : {"alliance", "union", "cooperative", "group", "enterprise",
                               "household", "authority", "lab", "council"}) {
        const bool listed =
            (", " + kinds + ",").find(", " + std::string(kind) + ",") != std::string::npos;
        EXPECT_EQ(table.may_sit(role, kind, false), listed || kinds == "any")
            << role << " " << kind;
        ++asked_seats;
      }
      EXPECT_EQ(table.may_sit(role, "-", true),
                kinds == "any" || kinds == "the operator's organisation")
          << role;
    }
  }
  EXPECT_EQ(asked_seats, 13U * 9U);
  auto& world = town.world;
  const auto office = world.org("Co quan mau", "authority");
  for (const auto& [org, want] : {std::pair{world.coop, "role.seat"}, {office, "yes"}}) {
    Actor whom{
        std::make_shared<PrivateKey>(PrivateKey::from_seed(Alg::eddsa, std::string(32, 'q'))),
        {},
        org};
    const auto entry = world.enrolment(world.registrar, whom, {"authority"});
    EXPECT_EQ(Town::told(world.submit(entry)), want);
  }
}

}  // namespace
}  // namespace nguon::ledger
