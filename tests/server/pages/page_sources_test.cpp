#include "server/pages/page_sources.hpp"

#include "ledger/base/json.hpp"
#include "ledger/entry/jws.hpp"
#include "ledger/log/statement.hpp"
#include "tests/support/small_ledger.hpp"

#include <gtest/gtest.h>

namespace nguon::server {
namespace {

class FromLedger : public testing::Test {
 protected:
  FromLedger() { codec.add_epoch(0, labels::SerialKey{}).value(); }

  tests::SmallLedger small;
  labels::SerialCodec codec = labels::SerialCodec::make(small.log->deployment_id()).value();
  PageSources sources = page_sources(*small.log, codec, schemas::Bundle::built_in(), 1);
};

TEST_F(FromLedger, ASerialOfNoGrantedRangeOrEpochIsNeverIssued) {
  const auto ungranted = codec.encode({0, 7, 0}).value();
  const auto found = sources.scan(ungranted, nullptr, small.clock.now);
  ASSERT_TRUE(found.has_value());
  EXPECT_FALSE(*found);
  // Another deployment's epoch 5: no key here reads it.
  labels::SerialCodec other = labels::SerialCodec::make(small.log->deployment_id()).value();
  other.add_epoch(5, labels::SerialKey{}).value();
  EXPECT_FALSE(*sources.scan(other.encode({5, 0, 0}).value(), nullptr, small.clock.now));
}

TEST_F(FromLedger, NeverIssuedIsSignedAndDatedByTheService) {
  const std::string statement = sources.never_issued("0PDNST6BT16Y0S", small.clock.now);
  const auto jws = ledger::parse_jws(statement, ledger::unknown_typ);
  ASSERT_TRUE(jws);
  EXPECT_TRUE(ledger::verify_jws(*jws, small.people.key("service").public_key()));
  const auto claims = ledger::parse_json(jws->payload)->as_object();
  EXPECT_EQ(claims.at("serial"), "0PDNST6BT16Y0S");
  EXPECT_EQ(claims.at("aud").as_string(), small.log->deployment_id());
  EXPECT_EQ(claims.at("at").as_int64(), small.clock.now / 1000);
  EXPECT_EQ(claims.at("size").to_number<std::uint64_t>(), small.log->head().size);
}

TEST_F(FromLedger, AnswersMayChangeWithEveryEntry) {
  const std::uint64_t before = sources.generation();
  small.add(small.harvest());
  EXPECT_NE(sources.generation(), before);
}

TEST_F(FromLedger, AnUnknownTagIsNoAnimal) {
  EXPECT_FALSE(*sources.animal("704000012345678", small.clock.now));
}

}  // namespace
}  // namespace nguon::server
