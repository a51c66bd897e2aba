#include "ledger/apply/signers.hpp"
#include "ledger/entry/jws.hpp"
#include "ledger/entry/key_change.hpp"
#include "tests/ledger/apply/world.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <optional>

namespace nguon::ledger {
namespace {

class LogKeys : public testing::Test {
 protected:
  static PrivateKey key(char seed) {
    return PrivateKey::from_seed(Alg::eddsa, std::string(32, seed));
  }
  boost::json::object added(const PrivateKey& fresh, KeyUse use) const {
    return {{"jwk", boost::json::parse(fresh.public_key().jwk())},
            {"proof", prove_possession(fresh, use, world.aud, world.operator_org)}};
  }
  /// A change by `by`: `in` comes in for `use`, `out` end.
  Entry change(const Actor& by, std::optional<char> in, KeyUse use,
               const std::vector<std::string>& out = {}) {
    Entry entry = world.entry(by, "log.keys/1", world.operator_org, "{}");
    if (in) entry.data[use_name(use)] = added(key(*in), use);
    boost::json::array retired(out.begin(), out.end());
    if (!out.empty()) entry.data["retire"] = std::move(retired);
    return entry;
  }
  SignersRecord signers() const { return world.record<SignersRecord>(state_key::signers()); }

  World world;
};

TEST_F(LogKeys, ANewLogKeyOverlapsTheOldUntilThatIsRetired) {
  const auto at = static_cast<std::int64_t>(world.index);
  EXPECT_THAT(world.submit(change(world.root, 'a', KeyUse::log)), Accepted());
  const auto both = signers();
  ASSERT_EQ(both.log.size(), 2U);
  EXPECT_EQ(both.log[1], (KeyTerm{key('a').kid(), at, std::nullopt}));
  const auto size = static_cast<std::uint64_t>(at);
  EXPECT_TRUE(both.log[0].in_force(size + 1));
  EXPECT_FALSE(both.log[1].in_force(size)) << "it speaks of no tree without its entry";
  EXPECT_TRUE(both.log[1].in_force(size + 1));

  const auto end = static_cast<std::int64_t>(world.index);
  EXPECT_THAT(world.submit(change(world.root, {}, KeyUse::log, {world.log_key.key->kid()})),
              Accepted());
  const auto after = signers();
  EXPECT_EQ(after.log[0].until, end);
  EXPECT_TRUE(after.log[0].in_force(static_cast<std::uint64_t>(end)));
  EXPECT_FALSE(after.log[0].in_force(static_cast<std::uint64_t>(end) + 1));
  EXPECT_EQ(world.record<KeyRecord>(state_key::key(world.log_key.key->kid())).revoked, end);
}

TEST_F(LogKeys, AServiceKeySignsForTheServiceUntilItIsRetired) {
  const Actor next{std::make_shared<PrivateKey>(key('s')), {}, world.operator_org};
  EXPECT_THAT(world.submit(change(world.root, 's', KeyUse::service)), Accepted());
  EXPECT_EQ(world.record<KeyRecord>(state_key::key(next.key->kid())).roles,
            std::vector<std::string>{"service"});
  EXPECT_THAT(world.submit(change(world.root, {}, KeyUse::service, {world.service.key->kid()})),
              Accepted());
  const auto late = world.try_add(world.service, "label.range/1", "range", "{}");
  EXPECT_EQ(late.kind, Verdict::Kind::hold) << "signed by a key that had ended";
}

TEST_F(LogKeys, RecoveryReplacesTheRootAndTheOldOneIsOut) {
  const Actor next{std::make_shared<PrivateKey>(key('r')), {}, world.operator_org};
  EXPECT_THAT(world.submit(change(world.root, 'r', KeyUse::root)), Refused("keys.root"));
  EXPECT_THAT(world.submit(change(world.recovery, 'r', KeyUse::root, {world.root.key->kid()})),
              Accepted());
  EXPECT_EQ(world.submit(change(world.root, 'a', KeyUse::log)).kind, Verdict::Kind::hold);
  EXPECT_THAT(world.submit(change(next, 'a', KeyUse::log)), Accepted());
  EXPECT_THAT(world.submit(change(world.recovery, 'b', KeyUse::service)), Accepted());
}

TEST_F(LogKeys, AThiefOfTheRootKeyLocksNobodyOut) {
  EXPECT_THAT(world.submit(change(world.root, {}, KeyUse::root, {world.root.key->kid()})),
              Refused("keys.root"));
  EXPECT_THAT(world.submit(change(world.root, {}, KeyUse::root, {world.recovery.key->kid()})),
              Refused("keys.retire"));
}

TEST_F(LogKeys, OthersChangeNothing) {
  EXPECT_THAT(world.submit(change(world.registrar, 'a', KeyUse::log)), Refused("role.none"));
  EXPECT_THAT(world.submit(change(world.service, 'a', KeyUse::log)), Refused("role.none"));
  const Actor granted = world.enrol(world.root, world.operator_org, {"operator"});
  EXPECT_THAT(world.submit(change(granted, 'a', KeyUse::log)), Refused("role.relation"))
      << "an operator's key is not the root key";
}

TEST_F(LogKeys, TheLastKeyStaysUnlessTheNextComesWithIt) {
  const std::string old = world.log_key.key->kid();
  EXPECT_THAT(world.submit(change(world.root, {}, KeyUse::log, {old})), Refused("keys.last"));
  EXPECT_THAT(world.submit(change(world.root, 'a', KeyUse::log, {old})), Accepted());
  EXPECT_THAT(world.submit(change(world.root, 'b', KeyUse::log, {old})), Refused("keys.retire"))
      << "it ended before";
}

TEST_F(LogKeys, AThirdKeyWaitsUntilOneIsRetired) {
  EXPECT_THAT(world.submit(change(world.root, 'a', KeyUse::log)), Accepted());
  EXPECT_THAT(world.submit(change(world.root, 'b', KeyUse::log)), Refused("keys.too-many"));
  EXPECT_THAT(world.submit(change(world.root, 'b', KeyUse::log, {key('a').kid()})), Accepted());
  EXPECT_EQ(signers().log.size(), 3U);
}

TEST_F(LogKeys, NoKeyTwiceWhateverItWasFor) {
  const auto with = [&](const PrivateKey& old) {
    Entry entry = world.entry(world.root, "log.keys/1", world.operator_org, "{}");
    entry.data["log"] = added(old, KeyUse::log);
    return entry;
  };
  for (const auto* old : {world.root.key.get(), world.recovery.key.get(), world.service.key.get(),
                          world.log_key.key.get(), world.member.key.get()}) {
    EXPECT_THAT(world.submit(with(*old)), Refused("keys.bound"));
  }
  EXPECT_THAT(world.submit(change(world.root, 'a', KeyUse::log)), Accepted());
  EXPECT_THAT(world.submit(change(world.root, {}, KeyUse::log, {key('a').kid()})), Accepted());
  EXPECT_THAT(world.submit(change(world.root, 'a', KeyUse::log)), Refused("keys.bound"))
      << "and not after it ended";
  EXPECT_THAT(world.submit(change(world.root, 'a', KeyUse::service)), Refused("keys.bound"));
}

TEST_F(LogKeys, ProofIsOfThisKeyUseDeploymentAndOrganisation) {
  const auto fresh = key('a');
  const auto refused = [&](const std::string& proof) {
    Entry entry = change(world.root, 'a', KeyUse::log);
    entry.data["log"].as_object()["proof"] = proof;
    EXPECT_THAT(world.submit(entry), Refused("keys.proof")) << proof;
  };
  refused(prove_possession(key('b'), KeyUse::log, world.aud, world.operator_org));
  refused(prove_possession(fresh, KeyUse::service, world.aud, world.operator_org));
  refused(prove_possession(fresh, KeyUse::log, std::string(43, 'A'), world.operator_org));
  refused(prove_possession(fresh, KeyUse::log, world.aud, world.coop));
  refused(make_jws(fresh, enrolment_typ, "{}"));
  refused(make_jws(fresh, possession_typ,
                   "{\"aud\":\"" + world.aud + "\",\"org\":\"" + world.operator_org +
                       "\",\"use\":\"log\",\"more\":1}"));
}

TEST_F(LogKeys, ItContinuesTheOperatorsHead) {
  Entry stale = change(world.root, 'a', KeyUse::log);
  EXPECT_THAT(world.submit(change(world.root, 'b', KeyUse::service)), Accepted());
  EXPECT_THAT(world.submit(stale), Stale(world.head(world.operator_org)));
  Entry other = world.entry(world.root, "log.keys/1", world.coop, "{}");
  other.data["log"] = boost::json::object{
      {"jwk", boost::json::parse(key('a').public_key().jwk())},
      {"proof", prove_possession(key('a'), KeyUse::log, world.aud, world.coop)}};
  EXPECT_THAT(world.submit(other), Refused("keys.subject"));
  EXPECT_THAT(world.try_add(world.root, "log.keys/1", world.operator_org, "{}"),
              Refused("keys.nothing"));
}

TEST_F(LogKeys, ALogWithoutAChangeHoldsNoRow) {
  EXPECT_FALSE(*world.state.get(state_key::signers()));
  const auto read = read_signers(world.state);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->log.front().kid, world.log_key.key->kid());
  EXPECT_EQ(read->recovery, std::vector<std::string>{world.recovery.key->kid()});
}

}  // namespace
}  // namespace nguon::ledger
