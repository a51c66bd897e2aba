// What a map may know of a private position: the cell of a wide grid, while the value is held.
#include "server/rights/known_cells.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/store/keys.hpp"
#include "ledger/trace/opened.hpp"
#include "ledger/trace/trace.hpp"
#include "server/http/target.hpp"
#include "server/pages/page_sources.hpp"
#include "tests/server/pages/labelled_goods.hpp"

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

namespace nguon::server {
namespace {

namespace json = boost::json;

constexpr std::int32_t plot_lat = 212'345'678, plot_lon = 1'041'234'567;
const GridCell plot_cell = {424, 2082};

json::object point(std::int32_t lat, std::int32_t lon) { return {{"lat", lat}, {"lon", lon}}; }

/// What a co-operative's clerk says of its plots.
struct PlotOffice {
  tests::SmallLedger& small;
  std::map<std::string, std::string> newest = {};

  /// A plot as the office writes it; its private position in `secret`.
  json::object plot(json::object secret, std::string_view commune = "04132") {
    json::object data{{"org", small.coop},
                      {"kind", "plot"},
                      {"name", "Vườn mẫu"},
                      {"commune", {{"code", commune}, {"vintage", "2026-09-25"}}}};
    for (auto& [name, value] : secret) data[name] = value;
    return data;
  }
  std::string add(const json::object& data) {
    const auto made = small.add(
        small.people.make("site.add/1").by("clerk").starts("site").data(json::serialize(data)).sign());
    newest[made.sub] = made.id;
    return made.sub;
  }
  std::string say(std::string_view type, const std::string& sub, const json::object& data) {
    if (!newest.contains(sub)) {
      const auto history = *small.log->history(sub, 0, 100);
      newest[sub] = ledger::trace::open_leaf(*small.log->leaf(history.back()))->logged.id;
    }
    return newest[sub] = small
                             .add(small.people.make(type)
                                      .by("clerk")
                                      .continues(sub, newest[sub])
                                      .data(json::serialize(data))
                                      .sign())
                             .id;
  }
  void erase_value(const std::string& sub, const std::string& entry, std::string_view slot) {
    say("erase/1", sub,
        {{"scope", "value"}, {"entry", entry}, {"slot", slot}, {"reason", "request"}});
  }
  /// The values of a plot are of whom it was entered for, here its clerk.
  void erase_clerk() {
    const std::string person = small.persons.at("clerk");
    const auto history = *small.log->history(person, 0, 100);
    const auto head = ledger::trace::open_leaf(*small.log->leaf(history.back()))->logged.id;
    small.add(small.people.make("erase/1")
                  .by("clerk")
                  .continues(person, head)
                  .data(R"({"scope":"person","reason":"request"})")
                  .sign());
  }
  std::vector<KnownCell> cells_of(const std::vector<std::string>& subs, std::size_t most = 8) {
    const ledger::trace::LedgerSource source(*small.log);
    const ledger::trace::Trace trace(source, schemas::Bundle::built_in(), small.clock.now);
    std::vector<ledger::trace::SiteView> sites;
    for (const auto& sub : subs) sites.push_back(trace.site(sub).value().value());
    return known_cells(*small.log, source, sites, most).value();
  }
};

class KnownCells : public testing::Test, public PlotOffice {
 protected:
  KnownCells() : PlotOffice{ledger} {}

 private:
  tests::SmallLedger ledger;
};

TEST_F(KnownCells, APointAndABoundaryBothGiveTheirCell) {
  const std::string by_point = add(plot({{"point", point(plot_lat, plot_lon)}}));
  const auto cells = cells_of({by_point});
  ASSERT_EQ(cells.size(), 1U);
  EXPECT_EQ(cells[0].cell, plot_cell);
  EXPECT_EQ(cells[0].entry, newest[by_point]);
  const json::array ring{point(212'300'000, 1'041'200'000), point(212'300'000, 1'041'300'000),
                         point(212'400'000, 1'041'300'000), point(212'300'000, 1'041'200'000)};
  EXPECT_EQ(cells_of({add(plot({{"boundary", ring}}))}).at(0).cell, plot_cell);
}

TEST_F(KnownCells, OfThoseInTheFirstOnesCommuneAndNotOfEndlesslyMany) {
  const std::string here = add(plot({{"point", point(plot_lat, plot_lon)}}));
  const std::string bare = add(plot({}));
  const std::string elsewhere = add(plot({{"point", point(plot_lat, plot_lon)}}, "04105"));
  EXPECT_EQ(cells_of({bare, elsewhere, here, here}).size(), 2U);
  EXPECT_EQ(cells_of({elsewhere, here, bare}).size(), 1U);
  EXPECT_EQ(cells_of({bare, here}, 1).size(), 0U) << "one was asked";
  EXPECT_TRUE(cells_of({}).empty());
}

TEST_F(KnownCells, TheNewestRecordAloneSpeaksAlsoWhenItSaysNothing) {
  const std::string site = add(plot({{"point", point(plot_lat, plot_lon)}}));
  say("site.update/1", site, plot({{"point", point(plot_lat + grid_step, plot_lon)}}));
  EXPECT_EQ(cells_of({site}).at(0).cell, (GridCell{plot_cell.row + 1, plot_cell.column}));
  erase_value(site, newest[site], "/point");
  EXPECT_TRUE(cells_of({site}).empty()) << "the older value may not stand in for the erased one";
}

TEST_F(KnownCells, AnErasureEndsWhatWasKnown) {
  const std::string one = add(plot({{"point", point(plot_lat, plot_lon)}}));
  const std::string entry = newest[one];
  const std::string two = add(plot({{"point", point(plot_lat, plot_lon)}}));
  const auto before = cells_of({one, two});
  ASSERT_EQ(before.size(), 2U);
  EXPECT_TRUE(still_known(*small.log, before).value());
  erase_value(one, entry, "/point");
  EXPECT_FALSE(still_known(*small.log, before).value());
  const auto after = cells_of({one, two});
  ASSERT_EQ(after.size(), 1U);
  EXPECT_TRUE(still_known(*small.log, after).value());
  erase_clerk();
  EXPECT_FALSE(still_known(*small.log, after).value()) << "no entry of the site tells of it";
  EXPECT_TRUE(cells_of({one, two}).empty());
}

TEST_F(KnownCells, AValueThatCannotBeOpenedIsNone) {
  const std::string site = add(plot({{"point", point(plot_lat, plot_lon)}}));
  const auto known = cells_of({site});
  ASSERT_EQ(known.size(), 1U);
  const auto where = ledger::keys::value(0, *ledger::base64url_hash(newest[site]), "/point");
  std::string row = small.store->get(ledger::Family::private_values, where).value().value();
  row.back() = static_cast<char>(row.back() ^ 1);
  ledger::WriteBatch damage;
  damage.put(ledger::Family::private_values, where, row);
  const auto head = small.store->get(ledger::Family::log, ledger::keys::head(0)).value().value();
  ASSERT_EQ(small.store->commit(damage, head), ledger::Commit::done);
  EXPECT_TRUE(cells_of({site}).empty());
  EXPECT_FALSE(still_known(*small.log, known).value());
}

/// The same through the page of a label that is on what this plot bore.
class DotOnPages : public testing::Test {
 protected:
  void place_the_plot() {
    office.say("site.update/1", small.site,
               office.plot({{"point", point(plot_lat, plot_lon)}}));
  }
  Response page() {
    Request request;
    EXPECT_TRUE(set_target(request, "/Q/" + goods.serials.front()));
    return desk.code(request);
  }
  bool dotted(const Response& response) {
    return response.body_view().find("Chấm: Xã Chiềng Mai.</title>") != std::string_view::npos;
  }
  bool mapped(const Response& response) {
    return response.body_view().find("Bản đồ: Tỉnh Sơn La.") != std::string_view::npos;
  }
  PageSources sources() {
    PageSources real = goods.sources();
    real.standing = [this, whole = real.standing](const std::string& serial)
        -> ledger::Result<std::optional<std::string>> {
      if (down) return ledger::Error{ledger::Errc::unavailable, "store.io", {}, {}};
      return whole(serial);
    };
    return real;
  }

  LabelledGoods goods;
  tests::SmallLedger& small = goods.small;
  PlotOffice office{small};
  bool down = false;
  Problems problems;
  PageDesk desk{Site{}, sources(), small.clock, problems};
};

TEST_F(DotOnPages, TheDotComesWithAPositionAndGoesWithItsErasure) {
  EXPECT_TRUE(mapped(page()));
  EXPECT_FALSE(dotted(page()));
  place_the_plot();
  EXPECT_TRUE(dotted(page()));
  EXPECT_EQ(page().body_view().find("2123"), std::string_view::npos);
  EXPECT_EQ(page().body_view().find("21.2"), std::string_view::npos);
  office.erase_value(small.site, office.newest[small.site], "/point");
  EXPECT_FALSE(dotted(page()));
  EXPECT_TRUE(mapped(page()));
}

TEST_F(DotOnPages, AKeptPageLosesItWithItsPersonsValuesAndWhileTheStoreIsDown) {
  place_the_plot();
  EXPECT_TRUE(dotted(page()));
  small.add(small.harvest("3"));
  EXPECT_TRUE(dotted(page())) << "another batch changes nothing here";
  small.add(small.harvest("4"));
  down = true;
  const Response stale = page();
  EXPECT_NE(stale.body_view().find("đã biết lúc"), std::string_view::npos);
  EXPECT_TRUE(mapped(stale));
  EXPECT_FALSE(dotted(stale)) << "nobody can ask whether it was erased";
  down = false;
  EXPECT_TRUE(dotted(page()));
  office.erase_clerk();
  EXPECT_FALSE(dotted(page()));
}

}  // namespace
}  // namespace nguon::server
