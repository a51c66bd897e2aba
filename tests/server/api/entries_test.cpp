#include "server/api/entries.hpp"

#include "ledger/entry/jws.hpp"
#include "tests/server/api/test_api.hpp"
#include "tests/support/forge.hpp"

namespace nguon::server {
namespace {

class Entries : public TestApi {};

std::string id_of(const std::string& sd_jwt) {
  return ledger::entry_id(sd_jwt.substr(0, sd_jwt.rfind('.', sd_jwt.find('~'))));
}

TEST_F(Entries, ANewEntryIs201WithItsReceiptAndPlace) {
  const auto made = small.harvest();
  const Response response = put(made);
  EXPECT_EQ(response.status, 201);
  EXPECT_EQ(response.content_type, "application/vnd.nguon.receipt");
  EXPECT_EQ(header(response, "Location"), "/api/entries/" + made.id);
  EXPECT_EQ(std::count(response.body_view().begin(), response.body_view().end(), '~'), 3);
}

TEST_F(Entries, TheSameAgainIs200) {
  const auto made = small.harvest();
  put(made);
  const std::uint64_t size = small.log->head().size;
  EXPECT_EQ(put(made).status, 200);
  EXPECT_EQ(small.log->head().size, size);
}

TEST_F(Entries, TheSameJtiWithOtherContentIs409WithASignedConflict) {
  const auto made = small.harvest();
  put(made);
  tests::Forge other(small.people.key("member"), made);
  other.data()["grade"] = "2";
  const std::string forged = other.sign();
  const std::string id = id_of(forged);
  const Response response = ask(Method::put, "/api/entries/" + id, forged, "application/sd-jwt");
  EXPECT_EQ(response.status, 409) << response.body_view();
  EXPECT_FALSE(body(response).at("statement").as_string().empty());
}

TEST_F(Entries, AnEntryForAnotherDeploymentIs422WithASignedRefusalAndItsRule) {
  tests::Forge foreign(small.people.key("member"), small.harvest());
  foreign.payload["aud"] = std::string(43, 'A');
  const std::string sd_jwt = foreign.sign();
  const std::string id = id_of(sd_jwt);
  const std::uint64_t size = small.log->head().size;
  const Response response = ask(Method::put, "/api/entries/" + id, sd_jwt, "application/sd-jwt");
  EXPECT_EQ(response.status, 422) << response.body_view();
  EXPECT_EQ(response.content_type, "application/problem+json");
  EXPECT_EQ(body(response).at("rule"), "entry.aud");
  EXPECT_FALSE(body(response).at("statement").as_string().empty());
  EXPECT_FALSE(body(response).at("vi").as_string().empty());
  EXPECT_EQ(small.log->head().size, size);
}

TEST_F(Entries, AnUnknownKeyIs425Unsigned) {
  const auto made = small.people.make("batch.harvest/1")
                        .by("nobody")
                        .starts("batch")
                        .data(R"({"product":")" + small.product + R"(","site":")" + small.site +
                              R"(","on":"2026-09-21","qty":{"amount":"1","unit":"kg"}})")
                        .sign();
  const Response response = put(made);
  EXPECT_EQ(response.status, 425) << response.body_view();
  EXPECT_FALSE(body(response).contains("statement"));
  EXPECT_EQ(header(response, "Retry-After"), "5");
}

TEST_F(Entries, ARevokedKeysEntryIs202) {
  const auto made = small.harvest();
  small.add(small.revocation("member"));
  EXPECT_EQ(put(made).status, 202);
}

TEST_F(Entries, RubbishIs400AndAnotherMediaTypeIs415) {
  const std::string id(43, 'A');
  EXPECT_EQ(ask(Method::put, "/api/entries/" + id, "x", "application/sd-jwt").status, 400);
  EXPECT_EQ(ask(Method::put, "/api/entries/" + id, "", "application/sd-jwt; charset=utf-8").status,
            400);
  EXPECT_EQ(ask(Method::put, "/api/entries/" + id, "{}", "application/json").status, 415);
  EXPECT_EQ(ask(Method::put, "/api/entries/" + id, "{}", "text/plain; charset=utf-16").status, 415);
  // A client that names no type, or curl's default, is judged by the body alone.
  EXPECT_EQ(ask(Method::put, "/api/entries/" + id, "{}").status, 400);
  EXPECT_EQ(
      ask(Method::put, "/api/entries/" + id, "{}", "application/x-www-form-urlencoded").status,
      400);
}

TEST_F(Entries, AnotherIdInTheUrlIs400) {
  const auto made = small.harvest();
  const Response response =
      ask(Method::put, "/api/entries/" + std::string(43, 'A'), made.sd_jwt, "application/sd-jwt");
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(body(response).at("rule"), "entry.id");
}

TEST_F(Entries, ALoggedEntryIsReadBackWithAFreshReceipt) {
  const auto made = small.add(small.harvest());
  const Response response = get("/api/entries/" + made.id);
  ASSERT_EQ(response.status, 200);
  EXPECT_EQ(body(response).at("entry").as_string(), made.jws);
  EXPECT_EQ(body(response).at("index").to_number<std::uint64_t>(), small.log->head().size - 1);
  EXPECT_EQ(body(response).at("receipt").as_string().subview(0, 3), "eyJ");
  EXPECT_EQ(get("/api/entries/" + std::string(43, 'A')).status, 404);
}

TEST(WorkerPool, SaysNoWhenTheQueueIsFullAndFinishesWhatItTook) {
  std::promise<void> gate;
  std::shared_future<void> open = gate.get_future().share();
  std::atomic<int> done = 0;
  {
    WorkerPool pool(1, 2);
    std::promise<void> begun;
    ASSERT_TRUE(pool.post([&] {
      begun.set_value();
      open.wait();
      ++done;
    }));
    begun.get_future().wait();
    EXPECT_TRUE(pool.post([&] { ++done; }));
    EXPECT_TRUE(pool.post([&] { ++done; }));
    EXPECT_FALSE(pool.post([&] { ++done; }));
    gate.set_value();
  }
  EXPECT_EQ(done, 3);
}

}  // namespace
}  // namespace nguon::server
