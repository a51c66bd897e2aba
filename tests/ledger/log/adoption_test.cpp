#include "ledger/apply/keys.hpp"
#include "ledger/base/base64url.hpp"
#include "ledger/keys/sha256.hpp"
#include "tests/support/small_ledger.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

namespace nguon::ledger {
namespace {

using Kind = Outcome::Kind;
namespace json = boost::json;

class AdoptionTest : public testing::Test {
 protected:
  MadeEntry adoption(const MadeEntry& held, std::string_view by, std::vector<Input> from = {}) {
    Draft draft;
    draft.from = std::move(from);
    draft.sub = held.sub;
    draft.iat = 1'789'900'000;
    draft.data = {{"entry", held.jws}};
    EntryMaker maker(small_.people.deployment_id(), system_entropy());
    return maker.make(small_.people.key(by), *small_.people.bundle().find("entry.adopt/1"), draft)
        .value();
  }
  tests::SmallLedger small_;
};

TEST_F(AdoptionTest, AHeldEntryTakesEffectWhenTheOfficeSignsForIt) {
  const auto held = small_.harvest("75");
  small_.add(small_.revocation("member"));
  ASSERT_EQ(small_.submit(held).kind, Kind::held);
  ASSERT_FALSE(*small_.log->state(state_key::subject(held.sub)));
  const auto adopted = small_.submit(adoption(held, "clerk"));
  ASSERT_EQ(adopted.kind, Kind::created) << adopted.error.rule << " " << adopted.error.field;
  EXPECT_TRUE(*small_.log->state(state_key::subject(held.sub)));
  // Its private note came with the held entry and is still there, under the id its owner signed.
  const auto values = small_.log->disclosures(held.id);
  ASSERT_TRUE(values);
  ASSERT_EQ(values->size(), 1U);
  EXPECT_EQ(values->front().value.as_string(), "hái buổi sáng");
  small_.reopen();
  EXPECT_EQ(small_.submit(adoption(held, "clerk")).error.rule, "adopt.again");
}

TEST_F(AdoptionTest, AnEntryWithInputsIsAdoptedWithTheSameInputs) {
  const auto picked = small_.add(small_.harvest("75"));
  const json::object data{{"product", small_.product},
                          {"on", "2026-09-11"},
                          {"qty", {{"amount", "75"}, {"unit", "kg"}}}};
  // Signed by a clerk whose key is then revoked: the director vouches for the ticket.
  const auto held = small_.people.make("batch.receive/1")
                        .by("clerk")
                        .starts("batch")
                        .from(picked, "75")
                        .data(json::serialize(data))
                        .sign();
  small_.add(small_.revocation("clerk"));
  ASSERT_EQ(small_.submit(held).kind, Kind::held);
  const auto adopted =
      small_.submit(adoption(held, "director", {{picked.sub, picked.id, "75", "kg"}}));
  ASSERT_EQ(adopted.kind, Kind::created) << adopted.error.rule << " " << adopted.error.field;
  EXPECT_EQ(small_.log->consumers(picked.sub, 10)->size(), 1U);
}

TEST_F(AdoptionTest, AnEntryOfALiveKeyIsNotAdopted) {
  const auto made = small_.harvest("75");
  const auto outcome = small_.submit(adoption(made, "clerk"));
  EXPECT_EQ(outcome.kind, Kind::refused);
  EXPECT_EQ(outcome.error.rule, "adopt.live");
}

class RulesTest : public AdoptionTest {
 protected:
  /// The built-in bundle with another allowance, and so with another hash.
  static std::string other_bundle() {
    auto bundle = json::parse(schemas::Bundle::built_in_text()).as_object();
    auto& limit = bundle.at("thresholds").as_object();
    for (auto& member : limit) {
      if (member.key().find("skew") == std::string_view::npos) continue;
      auto& value =
          member.value().is_object() ? member.value().as_object().at("value") : member.value();
      value = value.as_int64() + 1;
    }
    return json::serialize(bundle);
  }
  MadeEntry activation(const std::string& bundle, int engine = 1) {
    const json::object data{{"engine", engine}, {"bundle", base64url_encode(sha256(bundle))}};
    return small_.people.make("rules.activate/1")
        .by("root")
        .continues(small_.people.genesis().sub, small_.people.genesis().id)
        .data(json::serialize(data))
        .sign();
  }
};

TEST_F(RulesTest, ABundleIsAddedThenActivatedAndStaysInForceAfterARestart) {
  const auto bundle = other_bundle();
  ASSERT_NE(bundle, schemas::Bundle::built_in_text());
  const auto entry = activation(bundle);
  const auto early = small_.submit(entry);
  EXPECT_EQ(early.error.rule, "rules.bundle-unknown");
  EXPECT_EQ(early.error.code, Errc::not_yet);
  ASSERT_TRUE(small_.log->add_rules(bundle));
  const auto activated = small_.submit(entry);
  ASSERT_EQ(activated.kind, Kind::created) << activated.error.rule << activated.error.detail;
  small_.add(small_.harvest("1"));
  small_.reopen();
  small_.add(small_.harvest("1"));
  const auto hash = sha256(bundle);
  EXPECT_EQ(**small_.log->rules(hex_encode(hash.view())), bundle);
}

TEST_F(RulesTest, AnEngineThisBinaryLacksIsRefusedAndTheLogGoesOn) {
  const auto bundle = other_bundle();
  ASSERT_TRUE(small_.log->add_rules(bundle));
  EXPECT_EQ(small_.submit(activation(bundle, 2)).kind, Kind::refused);
  small_.add(small_.harvest("1"));
}

TEST_F(RulesTest, ATextThatIsNoBundleIsNotAdded) {
  for (const char* text : {"", "{}", "[]", "{\"schemas\":{}}"}) {
    EXPECT_EQ(small_.log->add_rules(text).error().rule, "rules.bundle") << text;
  }
}

}  // namespace
}  // namespace nguon::ledger
