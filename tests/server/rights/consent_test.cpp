// A grower's name is on a page and in the API while that person's own, specific yes stands, and in
// no answer after: neither rendered, nor kept, nor shown because the store is down.
#include "server/rights/consent.hpp"

#include "ledger/trace/opened.hpp"
#include "server/api/batch_view.hpp"
#include "server/http/target.hpp"
#include "server/pages/page_sources.hpp"
#include "tests/support/small_ledger.hpp"

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

namespace nguon::server {
namespace {

namespace json = boost::json;

constexpr std::string_view grower = "Lò Thị Mẫu";

TEST(Consent, OneWordForOneOrganisationAndPurposeUntilItsLastDay) {
  ledger::PersonRecord person;
  const auto agrees = [&](std::string_view org, std::string_view purpose, std::string_view today) {
    return has_consented(person, org, purpose, today);
  };
  EXPECT_FALSE(agrees("org:a", name_on_page, "2026-11-22")) << "nothing said is no";
  person.consents = {{"org:a", "name_on_page", true, {}, "2026-12-31"},
                     {"org:a", "photo_on_page", false, true, {}},
                     {"org:b", "photo_on_page", true, true, {}}};
  EXPECT_TRUE(agrees("org:a", name_on_page, "2026-12-31"));
  EXPECT_FALSE(agrees("org:a", name_on_page, "2027-01-01"));
  EXPECT_FALSE(agrees("org:b", name_on_page, "2026-12-31")) << "said to another organisation";
  EXPECT_FALSE(agrees("org:a", "photo_on_page", "2026-12-31"));
  EXPECT_TRUE(agrees("org:b", "photo_on_page", "2026-12-31"));
  EXPECT_FALSE(agrees("org:a", "share_with_buyer", "2026-12-31")) << "another purpose";
  person.erased = "entry";
  EXPECT_FALSE(agrees("org:a", name_on_page, "2026-12-31"));
}

/// A pack of the member's fruit with a label on it, looked at through the page and the API.
class ConsentOnPages : public testing::Test {
 protected:
  ConsentOnPages() {
    codec.add_epoch(0, labels::SerialKey{}).value();
    serial = codec.encode({0, 0, 0}).value();
    person = small.persons.at("member");
    newest =
        said("clerk", "member.add/1", {{"org", small.coop}, {"kind", "member"}, {"name", grower}});
    const auto harvest = small.add(small.harvest("100"));
    const auto packed =
        small.add(small.people.make("batch.pack/1")
                      .by("clerk")
                      .starts("batch")
                      .from(harvest, "100")
                      .data(R"({"product":")" + small.product +
                            R"(","on":"2026-09-12","lot":"M-1","qty":{"amount":"100","unit":"kg"},
                  "pack":{"amount":"1","unit":"kg"},"count":100})")
                      .sign());
    batch = packed.sub;
    const auto request = small.add(small.people.make("label.request/1")
                                       .by("clerk")
                                       .starts("request")
                                       .data(R"({"count":10})")
                                       .sign());
    const auto range =
        small.add(small.people.make("label.range/1")
                      .by("service")
                      .starts("range")
                      .data(R"({"org":")" + small.coop + R"(","request":")" + request.id +
                            R"(","number":0,"count":10,"epoch":0,"serial_root":")" +
                            std::string(43, 'A') + R"("})")
                      .sign());
    small.add(small.people.make("label.apply/1")
                  .by("clerk")
                  .continues(range.sub, range.id)
                  .data(R"({"first":0,"last":9,"batch":")" + batch +
                        R"(","pack":{"amount":"1","unit":"kg"}})")
                  .sign());
  }

  /// An entry about the person; the last one's id.
  std::string said(std::string_view by, std::string_view type, const json::object& data) {
    const auto history = *small.log->history(person, 0, 100);
    const auto opened = *ledger::trace::open_leaf(*small.log->leaf(history.back()));
    return small
        .add(small.people.make(type)
                 .by(by)
                 .continues(person, opened.logged.id)
                 .data(json::serialize(data))
                 .sign())
        .id;
  }
  void consent(bool given, std::string_view purpose = name_on_page,
               std::string_view by = "member") {
    said(by, "member.consent/1", {{"org", small.coop}, {"purpose", purpose}, {"given", given}});
  }
  Response page() {
    Request request;
    EXPECT_TRUE(set_target(request, "/Q/" + serial));
    return desk.code(request);
  }
  bool page_names() { return page().body_view().find(grower) != std::string_view::npos; }
  std::string api() { return json::serialize((*batches(batch))->at("growers")); }

  tests::SmallLedger small;
  labels::SerialCodec codec = labels::SerialCodec::make(small.log->deployment_id()).value();
  std::string serial, person, newest, batch;
  bool down = false;

  template <class R, class... Asked>
  std::function<R(Asked...)> unless_down(std::function<R(Asked...)> source) {
    return [this, source = std::move(source)](Asked... asked) -> R {
      if (down) return ledger::Error{ledger::Errc::unavailable, "store.io", {}, {}};
      return source(asked...);
    };
  }
  PageSources sources() {
    PageSources real = page_sources(*small.log, codec, schemas::Bundle::built_in(), 0);
    real.standing = unless_down(real.standing);
    real.told = unless_down(real.told);
    return real;
  }
  Problems problems;
  PageDesk desk{Site{}, sources(), small.clock, problems};
  BatchView batches = batch_view(*small.log, schemas::Bundle::built_in(), small.clock);
};

TEST_F(ConsentOnPages, WithoutAWordNobodyIsNamed) {
  EXPECT_EQ(page().status, 200);
  EXPECT_FALSE(page_names());
  EXPECT_EQ(api(), "[]");
  consent(true, "photo_on_page");
  consent(true, "share_with_buyer");
  EXPECT_FALSE(page_names()) << "yes to something else";
  EXPECT_EQ(api(), "[]");
}

TEST_F(ConsentOnPages, NamedByConsentAndByNoAnswerAfterItsWithdrawal) {
  EXPECT_EQ(page().cache_control, "no-cache");
  consent(true);
  const Response named = page();
  EXPECT_NE(named.body_view().find(grower), std::string_view::npos);
  EXPECT_EQ(named.cache_control, "no-store") << "kept by nobody on the way";
  EXPECT_EQ(page().cache_control, "no-store") << "nor when our own kept page is sent again";
  EXPECT_EQ(api(), "[\"" + std::string(grower) + "\"]");

  consent(false);
  EXPECT_FALSE(page_names());
  EXPECT_EQ(api(), "[]");
  EXPECT_EQ(page().cache_control, "no-cache");
}

TEST_F(ConsentOnPages, APageOfBeforeNamesNobodyWhileTheStoreIsDown) {
  consent(true);
  EXPECT_TRUE(page_names());
  consent(false);
  down = true;
  const Response stale = page();
  EXPECT_EQ(stale.status, 200);
  EXPECT_NE(stale.body_view().find("đã biết lúc"), std::string_view::npos);
  EXPECT_EQ(stale.body_view().find(grower), std::string_view::npos);
}

TEST_F(ConsentOnPages, ErasedIsGoneAndALaterNameNeedsNoOtherConsent) {
  consent(true);
  said("clerk", "member.update/1",
       {{"org", small.coop}, {"kind", "member"}, {"name", "Lò Thị Mới"}});
  EXPECT_EQ(api(), R"(["Lò Thị Mới"])");
  said("member", "erase/1", {{"scope", "person"}, {"reason", "request"}});
  EXPECT_EQ(api(), "[]");
  EXPECT_FALSE(page_names());
}

TEST_F(ConsentOnPages, ItEndsWithItsLastDayInVietnam) {
  said("member", "member.consent/1",
       {{"org", small.coop}, {"purpose", name_on_page}, {"given", true}, {"until", "2026-09-21"}});
  // 2026-09-21 16:59:59 UTC is the last second of that day in Vietnam.
  small.clock.now = 1'790'009'999'000;
  EXPECT_TRUE(page_names());
  small.clock.now = 1'790'010'000'000;
  EXPECT_FALSE(page_names());
  EXPECT_EQ(api(), "[]");
}

}  // namespace
}  // namespace nguon::server
