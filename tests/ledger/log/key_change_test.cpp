// A running ledger whose keys change under it.
#include "ledger/entry/key_change.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/entry/jws.hpp"
#include "ledger/log/append.hpp"
#include "ledger/log/checkpoint.hpp"
#include "ledger/log/head_statement.hpp"
#include "ledger/log/receipt.hpp"
#include "ledger/log/signing.hpp"
#include "tests/support/changing_keys.hpp"
#include "tests/support/files.hpp"

#include <gtest/gtest.h>

namespace nguon::ledger {
namespace {

using Kind = Outcome::Kind;

class KeyChangeTest : public testing::Test {
 protected:
  std::size_t lines() {
    return parse_note(changing_.small.log->inclusion(0)->checkpoint)->signatures.size();
  }
  std::string head_signer(const std::string& sub) {
    return parse_jws(changing_.small.log->subject_head(sub)->jws, head_typ)->kid;
  }
  Result<Checkpoint> open_by(std::string_view name) {
    const auto verifier = *NoteVerifier::make(changing_.small.log->origin(),
                                              changing_.small.people.key(name).public_key());
    return open_checkpoint(changing_.small.log->inclusion(0)->checkpoint, verifier);
  }

  tests::ChangingKeys changing_;
};

TEST_F(KeyChangeTest, EveryCheckpointOfTheOverlapCarriesBothLines) {
  EXPECT_EQ(lines(), 1U);
  changing_.hold("log-2");
  EXPECT_EQ(changing_.small.submit(changing_.change("root", {{KeyUse::log, "log-2"}})).kind,
            Kind::created);
  EXPECT_EQ(lines(), 2U);
  EXPECT_TRUE(open_by("log"));
  EXPECT_TRUE(open_by("log-2"));
  changing_.small.reopen();
  EXPECT_EQ(lines(), 2U) << "also after a start";

  changing_.small.add(changing_.change("root", {}, {"log"}));
  EXPECT_EQ(lines(), 1U);
  EXPECT_EQ(open_by("log").error().rule, "note.unknown-keys");
  EXPECT_TRUE(open_by("log-2"));
}

TEST_F(KeyChangeTest, WhatTheNewServiceKeySignsBeginsWithItsEntry) {
  auto& small = changing_.small;
  EXPECT_EQ(head_signer(small.coop), small.people.key("service").kid());
  changing_.hold("service-2");
  const auto outcome =
      small.submit(changing_.change("root", {{KeyUse::service, "service-2"}}, {"service"}));
  ASSERT_EQ(outcome.kind, Kind::created);
  const auto receipt =
      parse_jws(outcome.statement.substr(0, outcome.statement.find('~')), receipt_typ);
  EXPECT_EQ(receipt->kid, small.people.key("service-2").kid())
      << "its checkpoint holds the entry that introduces the key";
  EXPECT_EQ(head_signer(small.product), small.people.key("service-2").kid());
  EXPECT_EQ(head_signer(small.coop), small.people.key("service").kid())
      << "said before, of a size at which that key spoke, and given out until the minute is over";
  EXPECT_EQ(small.log->service_key()->kid(), small.people.key("service-2").kid());
}

TEST_F(KeyChangeTest, AKeyThatIsNotHeldWaitsAtTheDoor) {
  const auto size = changing_.small.log->head().size;
  const auto change = changing_.change("root", {{KeyUse::log, "log-2"}});
  const auto outcome = changing_.small.submit(change);
  EXPECT_EQ(outcome.kind, Kind::error);
  EXPECT_EQ(outcome.error.rule, "keys.not-held");
  EXPECT_EQ(outcome.error.code, Errc::not_yet);
  EXPECT_EQ(changing_.small.log->head().size, size);
  changing_.hold("log-2");
  EXPECT_EQ(changing_.small.submit(change).kind, Kind::created) << "the same entry, a moment later";
}

TEST_F(KeyChangeTest, AStartWithoutTheNewKeyIsRefusedAndNamesIt) {
  changing_.hold("log-2");
  changing_.small.add(changing_.change("root", {{KeyUse::log, "log-2"}}));
  changing_.drop("log-2");
  const auto refused = changing_.small.try_open();
  EXPECT_EQ(refused.error().rule, "start.keys");
  EXPECT_NE(refused.error().detail.find(changing_.small.people.key("log-2").kid()),
            std::string::npos);
  changing_.hold("log-2");
  EXPECT_TRUE(changing_.small.try_open());
}

TEST_F(KeyChangeTest, ARetiredKeyNeedNotBeHeldAnyMore) {
  changing_.hold("log-2");
  changing_.small.add(changing_.change("root", {{KeyUse::log, "log-2"}}, {"log"}));
  changing_.drop("log");
  EXPECT_TRUE(changing_.small.try_open());
}

TEST_F(KeyChangeTest, BeforeIsACheckpointOfThisLogOrTheEntryIsRefused) {
  changing_.hold("log-2");
  const auto refused = [&](auto spoil) {
    auto before = changing_.before();
    spoil(before);
    const auto outcome = changing_.small.submit(
        changing_.change("root", {{KeyUse::log, "log-2"}}, {}, std::move(before)));
    EXPECT_EQ(outcome.kind, Kind::refused);
    EXPECT_EQ(outcome.error.rule, "keys.before");
  };
  refused([](KeyChange::Before& before) { before.path.pop_back(); });
  refused([](KeyChange::Before& before) {
    before.checkpoint.insert(before.checkpoint.find('\n') + 1, "1");
  });
  refused([&](KeyChange::Before& before) {
    const auto& key = changing_.small.people.key("log");
    const auto name = *NoteVerifier::make(changing_.small.log->origin(), key.public_key());
    before.checkpoint = sign_checkpoint({name.name(), 3, Hash{}}, name, key);
  });
  refused([&](KeyChange::Before& before) {
    const auto& key = changing_.small.people.key("log-2");
    const auto name = *NoteVerifier::make(changing_.small.log->origin(), key.public_key());
    const auto head = changing_.small.log->head();
    before.checkpoint = sign_checkpoint({name.name(), head.size, head.root}, name, key);
  });
}

TEST_F(KeyChangeTest, TheListTellsSinceAndUntil) {
  changing_.hold("log-2");
  const auto in = changing_.small.log->head().size;
  changing_.small.add(changing_.change("root", {{KeyUse::log, "log-2"}}));
  changing_.small.add(changing_.change("root", {}, {"log"}));
  const std::string text = *changing_.small.log->keys_text();
  const auto vkey = [&](std::string_view name) {
    return NoteVerifier::make(changing_.small.log->origin(),
                              changing_.small.people.key(name).public_key())
        ->text();
  };
  EXPECT_EQ(text, "log " + vkey("log") + " since 0 until " + std::to_string(in + 1) + "\nlog " +
                      vkey("log-2") + " since " + std::to_string(in) + "\nservice " +
                      changing_.small.people.key("service").kid() + " since 0\nroot " +
                      changing_.small.people.key("root").kid() + " since 0\n");
}

/// The log key is gone: nothing can be signed until the next one is logged, so that is logged
/// without signing anything.
TEST_F(KeyChangeTest, AChangeIsLoggedWithoutTheKeyThatWasLost) {
  const auto change = changing_.change("recovery", {{KeyUse::log, "log-2"}}, {"log"});
  changing_.drop("log");
  EXPECT_EQ(changing_.small.try_open().error().rule, "start.keys");
  auto& small = changing_.small;
  const auto size = small.anchor->read()->value().size;
  const auto logged = append_unsigned(*small.store, *small.anchor, small.clock, 0,
                                      small.keys().vault, change.sd_jwt);
  ASSERT_TRUE(logged) << logged.error().rule;
  EXPECT_EQ(*logged, size);
  EXPECT_EQ(small.anchor->read()->value().size, size + 1);
  EXPECT_EQ(*append_unsigned(*small.store, *small.anchor, small.clock, 0, small.keys().vault,
                             change.sd_jwt),
            size)
      << "run again after a crash it names the same index";
  changing_.hold("log-2");
  EXPECT_TRUE(small.try_open());
  EXPECT_TRUE(open_by("log-2"));
}

/// Golden files written by another hand.
TEST(KeyChangeGolden, ProofAndTwoLinesAreTheOctetsOfFormat) {
  const auto key = [](char seed) {
    return PrivateKey::from_seed(Alg::eddsa, std::string(32, seed));
  };
  const auto golden = [](const std::string& name) {
    return tests::read_file(std::string(NGUON_LEDGER_GOLDEN) + "/log/" + name);
  };
  EXPECT_EQ(prove_possession(key('m'), KeyUse::log, "N08rJvpTTO9Zyok8tC-ii38UFoXzi6ahF59rt2loKFE",
                             "org:4T5G10XWWJJFJGGDR360E236FT"),
            golden("possession.jwt"));
  const std::string note = golden("overlap_checkpoint");
  Signing signing;
  signing.origin = "so.example/log/0";
  for (const char seed : {'l', 'm'}) {
    signing.log.push_back(
        {*NoteVerifier::make(signing.origin, key(seed).public_key()), sign_in_memory(key(seed))});
  }
  for (const auto& line : signing.log) {
    const auto opened = open_checkpoint(note, line.name);
    ASSERT_TRUE(opened);
    EXPECT_EQ(*sign_checkpoint(opened->size, opened->root, signing), note);
  }
}

/// A device that fails: no word about what it did not sign.
TEST_F(KeyChangeTest, ASignerThatFailsStopsTheLog) {
  changing_.stock->fail = true;
  const auto outcome = changing_.small.submit(changing_.small.harvest("7"));
  EXPECT_EQ(outcome.kind, Kind::error);
  EXPECT_EQ(outcome.error.rule, "log.stopped");
  EXPECT_FALSE(changing_.small.log->ready());
  ASSERT_EQ(changing_.small.fatal.size(), 1U);
  EXPECT_EQ(changing_.small.fatal.front().rule, "signer.down");
  changing_.stock->fail = false;
  EXPECT_TRUE(changing_.small.try_open()) << "what was durable is released by the next start";
}

}  // namespace
}  // namespace nguon::ledger
