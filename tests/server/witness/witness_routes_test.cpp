#include "ledger/base/base64url.hpp"
#include "ledger/keys/sha256.hpp"
#include "server/witness/routes.hpp"
#include "tests/server/support/witness_service.hpp"
#include "tests/support/witness_world.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace nguon::server {
namespace {

class WitnessRoutes : public testing::Test, protected ledger::WitnessWorld {
 protected:
  std::string hash() const { return ledger::hex_encode(ledger::sha256(origin).view()); }
  RawResponse add(std::uint64_t from, std::uint64_t to, std::uint64_t fork_at = ~0ULL) {
    return service.post(request(from, tree(to, fork_at)));
  }
  static bool has(const RawResponse& response, std::string_view text) {
    return response.body.find(text) != std::string::npos;
  }

  WitnessService service{*witness, clock};
};

TEST_F(WitnessRoutes, EachAnswerHasTheStatusThatTheProtocolGivesIt) {
  const RawResponse good = add(0, 5);
  EXPECT_EQ(good.status, 200);
  EXPECT_EQ(good.field("Content-Type"), "text/plain; charset=utf-8");
  EXPECT_TRUE(good.body.starts_with("— w.example ")) << good.body;
  EXPECT_TRUE(good.body.ends_with("\n"));

  const RawResponse conflict = add(3, 7);
  EXPECT_EQ(conflict.status, 409);
  EXPECT_EQ(conflict.field("Content-Type"), "text/x.tlog.size");
  EXPECT_EQ(conflict.body, "5\n");
  EXPECT_EQ(add(5, 5, 4).status, 409) << "another tree of the same size";
  EXPECT_EQ(add(5, 7, 2).status, 422);
  EXPECT_EQ(add(8, 7).status, 400);
  EXPECT_EQ(service.post("old 5\n").status, 400);
  EXPECT_EQ(service.post("").status, 400);
  const std::string stranger = ledger::format_add_checkpoint({5, {}, checkpoint(tree(7), 'x')});
  EXPECT_EQ(service.post(stranger).status, 403);
  const auto other = *ledger::NoteVerifier::make("so.example/log/1", key('l').public_key());
  const std::string foreign =
      ledger::sign_checkpoint({"so.example/log/1", 3, tree(3).root()}, other, key('l'));
  EXPECT_EQ(service.post(ledger::format_add_checkpoint({0, {}, foreign})).status, 404);
  EXPECT_EQ(service.post(std::string(default_body_limit + 1, 'x')).status, 413);
  EXPECT_EQ(service.get("/add-checkpoint").status, 405);
  EXPECT_EQ(add(5, 7).status, 200);
}

TEST_F(WitnessRoutes, AFailedDiskIs503AndNotReady) {
  EXPECT_EQ(service.get("/readyz").status, 200);
  std::filesystem::create_directory(folder / (hash() + ".new"));
  EXPECT_EQ(add(0, 5).status, 503);
  EXPECT_EQ(service.get("/readyz").status, 503);
  EXPECT_TRUE(has(service.get("/"), "ngừng ký"));
}

TEST_F(WitnessRoutes, MonitorsReadTheLastCheckpointByTheOriginsHash) {
  EXPECT_EQ(service.get("/" + hash() + "/checkpoint").status, 404);
  const std::string line = add(0, 5).body;
  const RawResponse shown = service.get("/" + hash() + "/checkpoint");
  EXPECT_EQ(shown.status, 200);
  EXPECT_EQ(shown.field("Content-Type"), "text/plain; charset=utf-8");
  EXPECT_EQ(shown.field("Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(shown.body, checkpoint(tree(5)) + line);
  EXPECT_EQ(service.get("/" + std::string(64, '0') + "/checkpoint").status, 404);
}

TEST_F(WitnessRoutes, ThePageSaysWhatIsWatchedSinceWhenInBothLanguages) {
  RawResponse page = service.get("/");
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(has(page, "lang=\"vi\"") && has(page, "chưa ký mốc nào"));
  ASSERT_EQ(add(0, 5).status, 200);
  page = service.get("/");
  EXPECT_TRUE(has(page, origin) && has(page, "Theo dõi từ") && has(page, "07:26, 10/09/2026"))
      << page.body;
  // Base64 in text: only `+`, `/` and `=` beside letters and digits, none of which HTML escapes.
  EXPECT_TRUE(has(page, name().text()) && has(page, log().text()));
  page = service.get("/?lang=en");
  EXPECT_TRUE(has(page, "lang=\"en\"") && has(page, "Watched since"));
  EXPECT_FALSE(has(page, "Look up")) << "a witness has no labels to look up";
}

TEST_F(WitnessRoutes, ThePageWarnsOfALogWithTwoHistories) {
  ASSERT_EQ(add(0, 5).status, 200);
  EXPECT_EQ(service.get("/" + hash() + "/fork").status, 404);
  ASSERT_EQ(add(5, 5, 4).status, 409);
  EXPECT_TRUE(has(service.get("/"), "hai lịch sử khác nhau"));
  EXPECT_TRUE(has(service.get("/" + hash() + "/fork"), checkpoint(tree(5, 4))));
}

}  // namespace
}  // namespace nguon::server
