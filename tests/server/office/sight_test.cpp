// Who sees which rows, and which private values in them: by role, and by where the viewer is.
#include "server/office/sight.hpp"

#include "server/session/private_view.hpp"
#include "tests/server/office/office.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>

namespace nguon::server {
namespace {

using testing::ElementsAre;
using tests::Office;

class SightTest : public testing::Test, protected Office {
 protected:
  SightTest() {
    own = member("clerk", small.coop, "Lường Thị Mẫu", "0912345678");
    below = member("group clerk", group, "Quàng Văn Mẫu", "0923456789");
    foreign = member("other clerk", other, "Tòng Thị Mẫu", "0934567890");
  }
  /// By what is typed: "name phone", `-` for what is not shown; empty where there is no row.
  std::string shown(const Viewer& who, const ledger::MadeEntry& of) {
    const auto page = ask(who, {RowKind::members, of.sub, {}, {}, 50}).value();
    if (page.rows.empty()) return {};
    return column(page, "name").at(0) + " " + column(page, "phone").at(0);
  }
  std::size_t found(const Viewer& who, std::string typed) {
    return ask(who, {RowKind::members, std::move(typed), {}, {}, 50}).value().total;
  }

  ledger::MadeEntry own, below, foreign;
};

TEST_F(SightTest, EveryRoleAtHomeBelowAndElsewhere) {
  static const std::set<std::string> whole{"clerk", "director"};
  std::size_t local = 0;
  for (const auto& role : small.people.bundle().roles().roles()) {
    const Viewer who{"kid", "person:nobody", small.coop, {role}};
    if (is_local_role(role)) {
      ++local;
      EXPECT_EQ(shown(who, own), whole.contains(role) ? "Lường Thị Mẫu 0912345678" : "- -") << role;
      EXPECT_EQ(shown(who, below), "- -") << role << " sees that there is a row, not whose";
      EXPECT_EQ(shown(who, foreign), "") << role;
      continue;
    }
    // authority is listed by the names' schema, nobody else of the province is.
    const bool named = role == "authority";
    EXPECT_EQ(shown(who, own), named ? "Lường Thị Mẫu -" : "- -") << role;
    EXPECT_EQ(shown(who, below), named ? "Quàng Văn Mẫu -" : "- -") << role;
    EXPECT_EQ(shown(who, foreign), named ? "Tòng Thị Mẫu -" : "- -") << role;
  }
  EXPECT_EQ(local, 5U);
}

TEST_F(SightTest, OnesOwnValuesAreOnesOwnWhereverTheyStand) {
  const Viewer herself{"kid", own.sub, small.coop, {"member"}};
  EXPECT_EQ(shown(herself, own), "Lường Thị Mẫu 0912345678");
  EXPECT_EQ(shown({"kid", own.sub, other, {"registrar"}}, own), "Lường Thị Mẫu 0912345678");
}

TEST_F(SightTest, NobodyFindsByWhatHeMayNotRead) {
  const Viewer clerk{"kid", "person:nobody", small.coop, {"clerk"}};
  const Viewer authority{"kid", "person:nobody", small.coop, {"authority"}};
  const Viewer registrar{"kid", "person:nobody", small.coop, {"registrar"}};
  EXPECT_EQ(found(clerk, "luong thi"), 1U);
  EXPECT_EQ(found(clerk, "0912 345 678"), 1U);
  EXPECT_EQ(found(clerk, "quang"), 0U);
  EXPECT_EQ(found(authority, "quang"), 1U);
  EXPECT_EQ(found(authority, "0923456789"), 0U);
  EXPECT_EQ(found(registrar, "luong"), 0U);
  EXPECT_EQ(found(registrar, "0912345678"), 0U);
}

TEST_F(SightTest, HiddenNamesDoNotOrderTheList) {
  const Viewer registrar{"kid", "person:nobody", small.coop, {"registrar"}};
  const auto page = ask(registrar, {RowKind::members, {}, {}, {}, 50}).value();
  const auto subs = column(page, "sub");
  EXPECT_GT(subs.size(), 3U);
  EXPECT_TRUE(std::ranges::is_sorted(subs));
}

TEST_F(SightTest, AnOfficeThatIsNotListedSeesNothing) {
  const Viewer stray{"kid", "person:nobody", "org:unknown", {"clerk"}};
  EXPECT_EQ(found(stray, {}), 0U);
}

TEST_F(SightTest, WhatIsErasedIsGoneFromTheNextAnswer) {
  const auto clerk = viewer("clerk");
  ASSERT_EQ(shown(clerk, own), "Lường Thị Mẫu 0912345678");
  const auto erased =
      goes_on("erase/1", "clerk", own,
              {{"scope", "value"}, {"entry", own.id}, {"slot", "/phone"}, {"reason", "request"}});
  EXPECT_EQ(shown(clerk, own), "Lường Thị Mẫu -");
  EXPECT_EQ(found(clerk, "0912345678"), 0U);
  goes_on("erase/1", "clerk", erased, {{"scope", "person"}, {"reason", "request"}});
  EXPECT_EQ(shown(clerk, own), "- -");
  EXPECT_EQ(found(clerk, "luong"), 0U);
}

/// A value of a site belongs to whoever signed it: that person's erasure takes it along.
TEST_F(SightTest, ErasingAPersonTakesItsValuesInOtherRows) {
  said("site.add/1", "clerk", "site",
       {{"org", small.coop},
        {"kind", "plot"},
        {"name", "Nương Mẫu"},
        {"commune", {{"code", "04132"}, {"vintage", "2026-09-25"}}},
        {"household", own.sub}});
  EXPECT_THAT(column(list("director", RowKind::sites, "nuong mau"), "household"),
              ElementsAre(own.sub));
  const auto& clerk = small.persons.at("clerk");
  small.add(small.people.make("erase/1")
                .by("director")
                .continues(clerk, small.people.genesis().id)
                .data(R"({"scope":"person","reason":"request"})")
                .sign());
  EXPECT_THAT(column(list("director", RowKind::sites, "nuong mau"), "household"), ElementsAre("-"));
}

}  // namespace
}  // namespace nguon::server
