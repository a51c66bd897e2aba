#include "server/office/directory.hpp"

#include "tests/server/office/office.hpp"

#include <gmock/gmock.h>

namespace nguon::server {
namespace {

using testing::ElementsAre;
using tests::Office;
using Names = std::vector<std::string>;

class DirectoryTest : public testing::Test, protected Office {
 protected:
  Names names(std::string_view who, RowKind kind, std::string typed = {}) {
    return column(list(who, kind, std::move(typed)), "name");
  }
};

TEST_F(DirectoryTest, ShowsTheRecordAsItWasStatedLast) {
  const auto site = said("site.add/1", "clerk", "site",
                         {{"org", small.coop},
                          {"kind", "plot"},
                          {"name", "Nương Đá Đỏ"},
                          {"commune", {{"code", "04132"}, {"vintage", "2026-09-25"}}},
                          {"codes",
                           {{{"scheme", "planting_area_export"},
                             {"code", "VN-SLOR-0017"},
                             {"issuer", "Cục mẫu"},
                             {"status", "active"}}}},
                          {"household", small.persons.at("member")}});
  auto row =
      boost::json::parse(list("clerk", RowKind::sites, "nuong da do").rows.at(0)).as_object();
  EXPECT_EQ(row.at("entry").as_string(), site.id);
  EXPECT_EQ(row.at("household").as_string(), small.persons.at("member"));
  EXPECT_EQ(row.at("codes").at(0).at("issuer").as_string(), "Cục mẫu");
  EXPECT_FALSE(row.contains("retired"));

  goes_on("site.retire/1", "clerk", site, {{"on", "2026-09-12"}, {"reason", "sold"}});
  row = boost::json::parse(list("member", RowKind::sites, "vn slor-0017").rows.at(0)).as_object();
  EXPECT_EQ(row.at("retired").as_string(), "2026-09-12");
  EXPECT_EQ(row.at("name").as_string(), "Nương Đá Đỏ");
  EXPECT_FALSE(row.contains("household")) << "not a member's to read";
  EXPECT_FALSE(row.contains("point"));
}

TEST_F(DirectoryTest, AProductIsFoundByEachPacksGtinAndItsOcopSet) {
  said("product.add/2", "clerk", "product",
       {{"org", small.coop},
        {"name", "Cà phê rang Mẫu"},
        {"crop", "coffee"},
        {"stage", "roasted"},
        {"packs",
         {{{"size", {{"amount", "250"}, {"unit", "g"}}}, {"gtin", "09521234543213"}},
          {{"size", {{"amount", "1"}, {"unit", "kg"}}}, {"gtin", "09521234543220"}}}},
        {"ocop", {{"decision", "148/QĐ-TTg"}, {"group", "drinks"}, {"set", "Bộ cà phê mẫu"}}}});
  for (const char* typed : {"0952 1234 54322 0", "09521234543213", "bo ca phe"}) {
    const auto page = list("clerk", RowKind::products, typed);
    EXPECT_THAT(column(page, "name"), ElementsAre("Cà phê rang Mẫu")) << typed;
  }
  EXPECT_EQ(list("clerk", RowKind::products, "09521234543237").total, 0U);
}

TEST_F(DirectoryTest, AMemberIsOneRowForEachOrganisation) {
  const auto added = member("clerk", small.coop, "Lường Thị Mẫu", "+84912345678");
  const auto again = goes_on("member.add/1", "registrar", added,
                             {{"org", other}, {"kind", "linked"}, {"name", "Lường Mẫu"}});
  EXPECT_THAT(names("clerk", RowKind::members, "luong"), ElementsAre("Lường Thị Mẫu"));
  const auto elsewhere = list("other clerk", RowKind::members, added.sub);
  EXPECT_THAT(column(elsewhere, "kind"), ElementsAre("linked"));
  goes_on("member.update/1", "clerk", again,
          {{"org", small.coop}, {"kind", "worker"}, {"name", "Lò Thị Mẫu"}});
  const auto page = list("clerk", RowKind::members, "mau");
  EXPECT_THAT(column(page, "name"), ElementsAre("Lò Thị Mẫu"));
  EXPECT_THAT(column(page, "kind"), ElementsAre("worker"));
  EXPECT_THAT(column(page, "phone"), ElementsAre("-")) << "the new statement holds none";
  EXPECT_EQ(list("other clerk", RowKind::members, added.sub).rows, elsewhere.rows);
}

TEST_F(DirectoryTest, RolesAreThoseOfLivingKeys) {
  const auto roles = [&] {
    const auto page = list("clerk", RowKind::members, small.persons.at("member"));
    return boost::json::parse(page.rows.at(0)).at("roles");
  };
  EXPECT_EQ(roles(), boost::json::array{"member"});
  small.add(small.revocation("member"));
  EXPECT_EQ(roles(), boost::json::array());
}

TEST_F(DirectoryTest, OrganisationsBelowAreSeenAsTheLogHasThemNow) {
  EXPECT_THAT(names("clerk", RowKind::organisations), ElementsAre("HTX mẫu", "Tổ hợp tác Đồi Mẫu"));
  EXPECT_THAT(names("group clerk", RowKind::organisations), ElementsAre("Tổ hợp tác Đồi Mẫu"));
  EXPECT_EQ(list("registrar", RowKind::organisations).total, 4U) << "the operator's own too";
  organisation("Hộ liên kết", small.coop);
  EXPECT_EQ(list("clerk", RowKind::organisations).total, 3U);
  EXPECT_EQ(list("other clerk", RowKind::organisations).total, 1U);
  const auto below = ask(viewer("clerk"), {RowKind::organisations, {}, group, {}, 50}).value();
  EXPECT_EQ(below.total, 1U);
  for (const auto& org : {other, std::string("org:unknown"), small.people.genesis().sub}) {
    const auto refused = ask(viewer("clerk"), {RowKind::members, {}, org, {}, 50});
    EXPECT_EQ(refused.error().rule, "directory.org") << org;
  }
}

TEST_F(DirectoryTest, PagesFollowOneAnotherByNameAndEveryRowComesOnce) {
  for (int i = 0; i < 7; ++i) {
    said("product.add/1", "clerk", "product",
         {{"org", small.coop},
          {"name", "Hàng " + std::string(1, static_cast<char>('G' - i))},
          {"crop", "passion_fruit"},
          {"stage", "fresh"}});
  }
  Selection selection{RowKind::products, "hang", {}, {}, 3};
  Names seen;
  std::vector<std::size_t> sizes;
  do {
    const auto page = ask(viewer("clerk"), selection).value();
    EXPECT_EQ(page.total, 7U);
    for (const auto& name : column(page, "name")) seen.push_back(name);
    sizes.push_back(page.rows.size());
    selection.after = page.next;
  } while (!selection.after.empty());
  EXPECT_THAT(sizes, ElementsAre(3, 3, 1));
  EXPECT_THAT(seen,
              ElementsAre("Hàng A", "Hàng B", "Hàng C", "Hàng D", "Hàng E", "Hàng F", "Hàng G"));
}

TEST_F(DirectoryTest, ACursorIsARowThatTheViewerSeesAndHoldsNoName) {
  member("clerk", small.coop, "Lường Thị Mẫu");
  member("clerk", small.coop, "Lường Văn Mẫu");
  const auto page = ask(viewer("clerk"), {RowKind::members, "luong", {}, {}, 1}).value();
  EXPECT_EQ(page.next.find("ường"), std::string::npos);
  EXPECT_TRUE(page.next.starts_with("person:") && page.next.ends_with("~" + small.coop));
  for (const auto& bad : {std::string("x"), std::string("~"), small.site + "~" + small.coop,
                          page.next + "x", page.next.substr(0, page.next.find('~'))}) {
    const auto refused = ask(viewer("clerk"), {RowKind::members, "luong", {}, bad, 1});
    EXPECT_EQ(refused.error().rule, "directory.cursor") << bad;
  }
  const auto elsewhere = ask(viewer("other clerk"), {RowKind::members, {}, {}, page.next, 1});
  EXPECT_EQ(elsewhere.error().rule, "directory.cursor");
}

TEST_F(DirectoryTest, StartsFromTheStateAsItFollowedTheLog) {
  const auto made = member("clerk", small.coop, "Lường Thị Mẫu", "0912345678");
  const auto followed = list("clerk", RowKind::members).rows;
  Directory started(*small.log, ledger::state_scan(*small.store), small.people.bundle());
  const auto page = started.page(viewer("clerk"), {RowKind::members, {}, {}, {}, 50}).value();
  EXPECT_EQ(page.rows, followed);
  EXPECT_EQ(started.size(), directory.size());
  EXPECT_GT(started.octets(), 0U);
}

TEST_F(DirectoryTest, MoreRowsThanItIsMadeForAreAProblemAndNotSilentlyMissing) {
  Directory small_one(*small.log, ledger::state_scan(*small.store), small.people.bundle(), 4);
  EXPECT_EQ(small_one.refresh().error().rule, "directory.full");
  EXPECT_LE(small_one.size(), 4U);
}

TEST_F(DirectoryTest, EndsAReadingWhenItsProcessEnds) {
  directory.stop();
  EXPECT_EQ(directory.refresh().error().rule, "directory.loading");
}

TEST_F(DirectoryTest, EachGivesEveryRowInTheSameOrder) {
  Names rows;
  const Selection selection{RowKind::members, {}, {}, {}, 1};
  ASSERT_TRUE(directory.each(viewer("clerk"), selection, [&](const std::string& row) {
    rows.push_back(row);
    return true;
  }));
  EXPECT_EQ(rows, list("clerk", RowKind::members).rows);
  int taken = 0;
  ASSERT_TRUE(directory.each(viewer("clerk"), selection, [&](const auto&) { return ++taken < 2; }));
  EXPECT_EQ(taken, 2);
}

}  // namespace
}  // namespace nguon::server
