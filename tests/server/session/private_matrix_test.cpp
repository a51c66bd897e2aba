// Who sees which private value: the table of ledger/AUTHORITY.md, held against what the rule says
// of every slot and role, and against what is opened of entries that fill their slots.
#include "server/session/private_view.hpp"
#include "tests/ledger/apply/plain_table.hpp"
#include "tests/server/office/office.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace nguon::server {
namespace {

constexpr const char* authority_page = NGUON_SOURCE_DIR "/ledger/AUTHORITY.md";
constexpr const char* heading = "| private value | oneself";

/// What `told` says of a reader at home, in the maker's office, and elsewhere.
std::string cell_of(bool home, bool maker, bool elsewhere) {
  if (home && maker && elsewhere) return "all";
  if (home && maker) return "office";
  return home || maker || elsewhere ? "?" : "·";
}

/// The page's table as the rule gives it: by slot, then by column.
std::map<std::string, std::map<std::string, std::string>> table_by_the_rule() {
  const ValueOwner owner{"person:owner", "org:home", "org:maker"};
  const auto& bundle = schemas::Bundle::built_in();
  std::map<std::string, std::map<std::string, std::string>> table;
  for (const auto& [name, type] : bundle.types()) {
    for (const auto& slot : type.private_slots()) {
      auto& row = table[std::string(type.base()) + " " + slot.pointer];
      const auto told = [&](const std::string& person, const std::string& org,
                            std::vector<std::string> roles) {
        return may_read(slot, owner, {"kid", person, org, std::move(roles)});
      };
      row["oneself"] = told("person:owner", "org:elsewhere", {}) ? "yes" : "·";
      for (const auto& role : bundle.roles().roles()) {
        row[role] =
            cell_of(told("person:b", "org:home", {role}), told("person:b", "org:maker", {role}),
                    told("person:b", "org:elsewhere", {role}));
      }
    }
  }
  return table;
}

TEST(PrivateMatrix, ThePageSaysOfEverySlotAndRoleWhatTheRuleDoes) {
  const auto rule = table_by_the_rule();
  const auto& roles = schemas::Bundle::built_in().roles().roles();
  std::set<std::string> told;
  std::string page = std::string(heading) + " |";
  for (const auto& role : roles) page += " " + role + " |";
  page += "\n";
  for (const auto& [slot, cells] : rule) {
    page += "| " + slot + " | " + cells.at("oneself") + " |";
    for (const auto& role : roles) page += " " + cells.at(role) + " |";
    page += "\n";
  }
  for (const auto& row : ledger::plain_table(authority_page, heading)) {
    told.insert(row.name);
    const auto meant = rule.find(row.name);
    ASSERT_NE(meant, rule.end()) << row.name << " is no private value any more:\n" << page;
    EXPECT_EQ(row.cells, meant->second) << row.name << "; the page would be\n" << page;
  }
  EXPECT_EQ(told.size(), rule.size()) << "the page would be\n" << page;
  EXPECT_GT(told.size(), 40U);
}

/// A member, a plot, a harvest and a weigh ticket of one co-operative, with their slots filled.
class PrivateMatrixOpened : public testing::Test, protected tests::Office {
 protected:
  PrivateMatrixOpened() {
    small.enrol("director", "packer", "packer", small.coop);
    household = small.persons.at("member");
    const auto joined =
        small.add(small.people.make("member.add/1")
                      .by("clerk")
                      .starts("person")
                      .data(R"({"org":")" + small.coop +
                            R"(","kind":"member","name":"Lò Thị Mẫu","phone":"0912345678",
                  "place":{"commune":{"code":"04132","vintage":"2026-09-25"}}})")
                      .sign());
    filled["member.add"] = {joined.id, joined.sub, {"/name", "/phone", "/place"}};
    const auto plot = small.add(small.people.make("site.add/1")
                                    .by("clerk")
                                    .starts("site")
                                    .data(R"({"org":")" + small.coop +
                                          R"(","kind":"plot","name":"Vườn mẫu","crop":"coffee",
                  "commune":{"code":"04132","vintage":"2026-09-25"},
                  "point":{"lat":213000000,"lon":1040000000},"household":")" +
                                          household + R"("})")
                                    .sign());
    filled["site.add"] = {plot.id, small.persons.at("clerk"), {"/household", "/point"}};
    const auto harvest = small.add(small.harvest());
    filled["batch.harvest"] = {harvest.id, household, {"/note"}};
    const auto ticket =
        small.add(small.people.make("batch.receive/1")
                      .by("clerk")
                      .starts("batch")
                      .on_behalf_of(household)
                      .data(R"({"product":")" + small.product +
                            R"(","on":"2026-09-11","qty":{"amount":"20","unit":"kg"},"note":"mẫu",
                  "price":{"vnd":9000,"per":"kg"},"supplier":")" +
                            household + R"("})")
                      .sign());
    filled["batch.receive"] = {ticket.id, household, {"/note", "/price", "/supplier"}};
  }

  struct Filled {
    std::string entry, person;
    std::set<std::string> slots;
  };
  std::set<std::string> seen(const Viewer& who, const std::string& entry) {
    std::set<std::string> pointers;
    for (const auto& [pointer, value] :
         private_values(*small.log, small.people.bundle(), who, entry).value()) {
      pointers.emplace(pointer);
    }
    return pointers;
  }

  std::string household;
  std::map<std::string, Filled> filled;
};

TEST_F(PrivateMatrixOpened, EachRoleIsGivenExactlyItsSlots) {
  std::map<std::string, std::map<std::string, std::string>> page;
  for (auto& row : ledger::plain_table(authority_page, heading)) page[row.name] = row.cells;
  std::size_t asked = 0;
  for (const auto& [type, entry] : filled) {
    const auto meant = [&](const std::string& column, bool at_home) {
      std::set<std::string> slots;
      for (const auto& slot : entry.slots) {
        const auto& cell = page.at(type + " " + slot).at(column);
        if (cell == "all" || cell == "yes" || (cell == "office" && at_home)) slots.insert(slot);
      }
      return slots;
    };
    for (const auto& role : small.people.bundle().roles().roles()) {
      for (const auto& org : {small.coop, group, other}) {
        EXPECT_EQ(seen({"kid", "person:nobody", org, {role}}, entry.entry),
                  meant(role, org == small.coop))
            << type << " by " << role;
        ++asked;
      }
    }
    EXPECT_EQ(seen({"kid", entry.person, other, {}}, entry.entry), meant("oneself", false)) << type;
    EXPECT_EQ(seen({"kid", "", "", {}}, entry.entry), std::set<std::string>()) << type;
  }
  EXPECT_EQ(asked, 4U * 13U * 3U);
}

}  // namespace
}  // namespace nguon::server
