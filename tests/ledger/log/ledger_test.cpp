#include "ledger/log/ledger.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/base/json.hpp"
#include "ledger/entry/jws.hpp"
#include "ledger/log/checkpoint.hpp"
#include "ledger/log/leaf.hpp"
#include "ledger/log/merkle.hpp"
#include "ledger/log/statement.hpp"
#include "ledger/store/keys.hpp"
#include "tests/support/files.hpp"
#include "tests/support/receipts.hpp"
#include "tests/support/small_ledger.hpp"

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include <future>
#include <thread>

namespace nguon::ledger {
namespace {

using Kind = Outcome::Kind;

class LedgerTest : public testing::Test {
 protected:
  /// The payload of a statement, after checking its type and the service's signature.
  boost::json::object read(const std::string& statement, std::string_view typ) {
    const auto jws = parse_jws(statement, typ);
    EXPECT_TRUE(jws && verify_jws(*jws, small_.people.key("service").public_key())) << statement;
    return jws ? parse_json(jws->payload)->as_object() : boost::json::object{};
  }
  tests::OpenedReceipt open(const std::string& receipt) {
    const auto opened = tests::open_receipt(receipt, small_.people.key("service").public_key());
    EXPECT_TRUE(opened) << receipt;
    return opened.value_or(tests::OpenedReceipt{});
  }
  /// Checks a receipt as a phone would: signature, checkpoint, inclusion. Returns the index.
  std::uint64_t check_receipt(const std::string& receipt, const MadeEntry& made) {
    const auto [group, claims] = open(receipt);
    EXPECT_EQ(group.at("aud").as_string(), small_.people.deployment_id());
    EXPECT_EQ(claims.at("entry").as_string(), made.id);
    const auto verifier = NoteVerifier::parse(small_.log->log_vkey());
    const auto checkpoint =
        open_checkpoint(std::string(group.at("checkpoint").as_string()), *verifier);
    EXPECT_TRUE(checkpoint);
    std::vector<Hash> path;
    for (const auto& hash : claims.at("path").as_array()) {
      path.push_back(*base64url_hash(hash.as_string()));
    }
    const auto index = claims.at("index").to_number<std::uint64_t>();
    const auto leaf = encode_leaf(claims.at("recorded").as_int64(), made.jws);
    EXPECT_TRUE(verify_inclusion(index, checkpoint->size, leaf_hash(leaf), path, checkpoint->root));
    return index;
  }

  tests::SmallLedger small_;
};

TEST_F(LedgerTest, AReceiptProvesInclusionUnderASignedCheckpoint) {
  const auto made = small_.harvest();
  const auto size = small_.log->head().size;
  const auto outcome = small_.submit(made);
  ASSERT_EQ(outcome.kind, Kind::created) << outcome.error.rule << outcome.error.detail;
  EXPECT_EQ(check_receipt(outcome.statement, made), size);
  EXPECT_EQ(open(outcome.statement).claims.at("slots").as_array().size(), 1U);
  const auto found = small_.log->find(made.id);
  ASSERT_TRUE(found && *found);
  EXPECT_EQ((*found)->index, size);
  EXPECT_EQ((*found)->jws, made.jws);
}

TEST_F(LedgerTest, TheSameEntryAgainGetsTheSameIndexAlsoAfterARestart) {
  const auto made = small_.harvest();
  const auto first = small_.submit(made);
  const auto index = check_receipt(first.statement, made);
  small_.clock.now += 5000;
  for (int round = 0; round < 2; ++round) {
    const auto again = small_.submit(made);
    ASSERT_EQ(again.kind, Kind::repeated);
    EXPECT_EQ(check_receipt(again.statement, made), index);
    EXPECT_EQ(open(again.statement).claims.at("recorded"),
              open(first.statement).claims.at("recorded"));
    small_.reopen();
  }
  EXPECT_EQ(small_.log->head().size, index + 1);
}

TEST_F(LedgerTest, AnotherSignatureOverTheSameEntryIsTheSameEntry) {
  const auto made = small_.add(small_.harvest());
  const auto size = small_.log->head().size;
  // ECDSA is random: signing the same input again gives other octets under the same id.
  const auto dot = made.jws.rfind('.');
  const auto input = made.jws.substr(0, dot);
  const auto other = input + "." + base64url_encode(small_.people.key("member").sign(input));
  ASSERT_NE(other, made.jws);
  const auto again =
      small_.log->submit_and_wait(other + made.sd_jwt.substr(made.jws.size()), made.id);
  ASSERT_EQ(again.kind, Kind::repeated) << again.error.rule;
  EXPECT_EQ(small_.log->head().size, size);
  EXPECT_EQ((*small_.log->find(made.id))->jws, made.jws);  // the first signature stays
}

TEST_F(LedgerTest, AnotherEntryUnderAUsedJtiIsAConflict) {
  const auto made = small_.add(small_.harvest());
  const auto payload = *base64url_decode(
      made.jws.substr(made.jws.find('.') + 1, made.jws.rfind('.') - made.jws.find('.') - 1));
  auto claims = parse_json(payload)->as_object();
  claims["iat"] = claims.at("iat").as_int64() + 1;
  const auto jws = make_jws(small_.people.key("member"), entry_typ, boost::json::serialize(claims));
  const auto outcome = small_.log->submit_and_wait(jws + made.sd_jwt.substr(made.jws.size()));
  ASSERT_EQ(outcome.kind, Kind::conflict);
  EXPECT_EQ(outcome.error.rule, "entry.jti-reused");
  EXPECT_EQ(read(outcome.statement, conflict_typ).at("head").as_string(), made.id);
}

TEST_F(LedgerTest, ARefusalIsSignedAndDoesNotConsumeTheJti) {
  const auto size = small_.log->head().size;
  // A member may not create organisations.
  const auto made = small_.people.make("org.create/1")
                        .by("member")
                        .starts("org")
                        .data(R"({"name":"HTX khác","kind":"cooperative"})")
                        .sign();
  for (int round = 0; round < 2; ++round) {
    const auto outcome = small_.submit(made);
    ASSERT_EQ(outcome.kind, Kind::refused);
    const auto claims = read(outcome.statement, refusal_typ);
    EXPECT_EQ(claims.at("entry").as_string(), made.id);
    EXPECT_EQ(claims.at("rule").as_string(), outcome.error.rule);
    EXPECT_EQ(claims.at("size").to_number<std::uint64_t>(), size);
    EXPECT_EQ(claims.at("root").as_string(), base64url_encode(small_.log->head().root));
  }
  EXPECT_EQ(small_.log->head().size, size);
}

TEST_F(LedgerTest, AnUnknownKeyIsNotYetKnownAndUnsigned) {
  const auto outcome = small_.submit(small_.harvest("1", "nobody"));
  EXPECT_EQ(outcome.kind, Kind::error);
  EXPECT_EQ(outcome.error.code, Errc::not_yet);
  EXPECT_TRUE(outcome.statement.empty());
}

TEST_F(LedgerTest, AStaleStrictEntryIsAConflictThatNamesTheHead) {
  const auto update = [&](const std::string& prev) {
    return small_.people.make("product.update/1")
        .by("clerk")
        .continues(small_.product, prev)
        .data(R"({"org":")" + small_.coop +
              R"(","name":"Chanh leo tím mẫu","crop":"passion_fruit","stage":"fresh"})")
        .sign();
  };
  const auto history = small_.log->history(small_.product, 0, 10);
  const auto first = small_.log->leaf(history->front())->jws;
  const auto first_id = entry_id(first.substr(0, first.rfind('.')));
  const auto winner = small_.add(update(first_id));
  const auto loser = small_.submit(update(first_id));
  ASSERT_EQ(loser.kind, Kind::conflict) << loser.error.rule;
  EXPECT_EQ(loser.error.code, Errc::stale);
  EXPECT_EQ(read(loser.statement, conflict_typ).at("head").as_string(), winner.id);
}

TEST_F(LedgerTest, EntriesOfARevokedKeyAreHeldNotLost) {
  small_.add(small_.revocation("member"));
  const auto size = small_.log->head().size;
  const auto made = small_.harvest();
  for (int round = 0; round < 2; ++round) {
    const auto outcome = small_.submit(made);
    ASSERT_EQ(outcome.kind, Kind::held) << outcome.error.rule;
    EXPECT_EQ(read(outcome.statement, held_typ).at("entry").as_string(), made.id);
    small_.reopen();
  }
  EXPECT_EQ(small_.log->head().size, size);
}

TEST_F(LedgerTest, IndexesAreContiguousUnderManySubmittersAndClockSteps) {
  constexpr int threads = 4, each = 60;
  const auto before = small_.log->head().size;
  std::vector<std::vector<MadeEntry>> made(threads);
  for (auto& own : made) {
    for (int i = 0; i < each; ++i) own.push_back(small_.harvest("1"));
  }
  std::mutex mutex;
  std::vector<std::uint64_t> indexes;
  std::vector<std::thread> running;
  for (const auto& own : made) {
    running.emplace_back([&] {
      for (const auto& entry : own) {
        small_.clock.now += entry.id[0] % 2 == 0 ? 31'536'000'000 : -31'536'000'000;  // a year
        const auto outcome = small_.log->submit_and_wait(entry.sd_jwt, entry.id);
        ASSERT_EQ(outcome.kind, Kind::created) << outcome.error.rule;
        const std::scoped_lock lock(mutex);
        indexes.push_back(check_receipt(outcome.statement, entry));
      }
    });
  }
  for (auto& thread : running) thread.join();
  std::sort(indexes.begin(), indexes.end());
  ASSERT_EQ(indexes.size(), std::size_t{threads * each});
  for (std::size_t i = 0; i < indexes.size(); ++i) EXPECT_EQ(indexes[i], before + i);
  small_.reopen();
  EXPECT_EQ(small_.log->head().size, before + threads * each);
}

TEST_F(LedgerTest, ServedTilesAndBundlesGiveTheCheckpointsRoot) {
  for (int i = 0; i < 300; ++i) small_.add(small_.harvest("1"));
  const auto head = small_.log->head();
  CompactRange range;
  for (std::uint64_t number = 0; number * 256 < head.size; ++number) {
    const auto width =
        static_cast<unsigned>(std::min<std::uint64_t>(256, head.size - number * 256));
    const auto bundle = small_.log->entry_bundle(number, width);
    ASSERT_TRUE(bundle);
    const auto tile = small_.log->tile(0, number, width);
    std::string_view rest = *bundle;
    for (unsigned i = 0; i < width; ++i) {
      const std::size_t length = keys::read_big_endian(rest.substr(0, 2));
      const auto hash = leaf_hash(rest.substr(2, length));
      EXPECT_EQ(tile->substr(i * 32UL, 32), hash.view());
      range.append(hash);
      rest.remove_prefix(2 + length);
    }
    EXPECT_TRUE(rest.empty());
  }
  EXPECT_EQ(range.root(), head.root);
  const auto verifier = NoteVerifier::parse(small_.log->log_vkey());
  const auto checkpoint = open_checkpoint(small_.log->inclusion(0)->checkpoint, *verifier);
  EXPECT_EQ(checkpoint->size, head.size);
  EXPECT_EQ(checkpoint->root, head.root);
  EXPECT_FALSE(small_.log->entry_bundle(head.size / 256, 256));
  EXPECT_EQ(small_.log->leaf(head.size).error().code, Errc::not_found);
}

TEST_F(LedgerTest, AFullQueueIsBusyAndLosesNothing) {
  small_.close();
  small_.options.queue_length = 1;
  small_.reopen();
  std::vector<MadeEntry> made;
  for (int i = 0; i < 400; ++i) made.push_back(small_.harvest("1"));
  std::mutex mutex;
  std::condition_variable all;
  std::size_t answered = 0, busy = 0;
  for (const auto& entry : made) {
    small_.log->submit(entry.sd_jwt, entry.id, [&](Outcome outcome) {
      const std::scoped_lock lock(mutex);
      if (outcome.kind != Kind::created) {
        EXPECT_EQ(outcome.error.code, Errc::too_busy);
        ++busy;
      }
      ++answered;
      all.notify_one();
    });
  }
  std::unique_lock lock(mutex);
  all.wait(lock, [&] { return answered == made.size(); });
  EXPECT_GT(busy, 0U);
  lock.unlock();
  for (const auto& entry : made) {
    const auto outcome = small_.log->submit_and_wait(entry.sd_jwt, entry.id);
    EXPECT_TRUE(outcome.kind == Kind::created || outcome.kind == Kind::repeated);
  }
}

TEST_F(LedgerTest, BelowTheReserveAppendsAreRefusedAndReadsGoOn) {
  small_.close();
  small_.options.free_space_reserve = ~std::uint64_t{0};
  small_.reopen();
  const auto outcome = small_.submit(small_.harvest());
  EXPECT_EQ(outcome.error.code, Errc::too_busy);
  EXPECT_EQ(outcome.error.rule, "store.space");
  EXPECT_TRUE(small_.log->leaf(0));
  EXPECT_TRUE(small_.log->ready());
}

TEST_F(LedgerTest, DisclosuresAreOpenedFromTheVault) {
  const auto made = small_.add(small_.harvest());
  const auto values = small_.log->disclosures(made.id);
  ASSERT_TRUE(values);
  ASSERT_EQ(values->size(), 1U);
  EXPECT_EQ(values->front().pointer, "/note");
  EXPECT_EQ(values->front().value.as_string(), "hái buổi sáng");
  EXPECT_FALSE(tests::any_file_contains(small_.directory / "db", "hái buổi sáng"));
}

}  // namespace
}  // namespace nguon::ledger
