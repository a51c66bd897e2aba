#include "ledger/apply/signers.hpp"
#include "tests/ledger/apply/world.hpp"

#include <string>

namespace nguon::ledger {
namespace {

class LogSucceed : public testing::Test {
 protected:
  Verdict succeed(const Actor& by, const std::string& origin, std::uint64_t size) {
    return world.try_add(by, "log.succeed/1", world.operator_org,
                         "{'origin':'" + origin + "','size':" + std::to_string(size) +
                             ",'anchored':{'size':" + std::to_string(size + 2) + ",'root':'" +
                             std::string(43, 'A') + "'},'last':'a note'}");
  }

  World world;
};

TEST_F(LogSucceed, TheNextNumberAtItsOwnIndex) {
  const auto at = world.index;
  EXPECT_THAT(succeed(world.root, "log.example/log/1", at + 1), Refused("succeed.size"));
  EXPECT_THAT(succeed(world.root, "log.example/log/2", at), Refused("succeed.origin"));
  EXPECT_THAT(succeed(world.root, "other.example/log/1", at), Refused("succeed.origin"));
  EXPECT_THAT(succeed(world.root, "log.example/log/1", at), Accepted());
  const auto origins = world.record<OriginsRecord>(state_key::origins());
  ASSERT_EQ(origins.of.size(), 2U);
  EXPECT_EQ(origins.of[0], (OriginTerm{"log.example/log/0", 0}));
  EXPECT_EQ(origins.of[1], (OriginTerm{"log.example/log/1", static_cast<std::int64_t>(at)}));
}

TEST_F(LogSucceed, ALogHoldsNoTwoOfOneNumber) {
  EXPECT_THAT(succeed(world.recovery, "log.example/log/1", world.index), Accepted());
  EXPECT_THAT(succeed(world.root, "log.example/log/1", world.index), Refused("succeed.origin"));
  EXPECT_THAT(succeed(world.root, "log.example/log/2", world.index), Accepted());
}

TEST_F(LogSucceed, OnlyRootAndRecoveryKeysOpenOne) {
  EXPECT_THAT(succeed(world.registrar, "log.example/log/1", world.index), Refused("role.none"));
  EXPECT_THAT(succeed(world.service, "log.example/log/1", world.index), Refused("role.none"));
  EXPECT_FALSE(*world.state.get(state_key::origins()));
}

}  // namespace
}  // namespace nguon::ledger
