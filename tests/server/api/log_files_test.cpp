#include "server/api/log_files.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/keys/sha256.hpp"
#include "ledger/log/checkpoint.hpp"
#include "ledger/log/leaf.hpp"
#include "ledger/log/merkle.hpp"
#include "ledger/log/tile.hpp"
#include "ledger/log/tlog_proof.hpp"
#include "tests/server/api/test_api.hpp"

namespace nguon::server {
namespace {

class LogFiles : public TestApi {
 protected:
  std::string text(const std::string& target) {
    const Response response = get(target);
    EXPECT_EQ(response.status, 200) << target;
    return std::string(response.body_view());
  }
  ledger::NoteVerifier verifier() { return *ledger::NoteVerifier::parse(small.log->log_vkey()); }
};

TEST_F(LogFiles, TheCheckpointIsTheLogsOwnSignedNote) {
  const auto checkpoint = ledger::open_checkpoint(text("/log/0/checkpoint"), verifier());
  ASSERT_TRUE(checkpoint);
  EXPECT_EQ(checkpoint->size, small.log->head().size);
  EXPECT_EQ(get("/log/0/checkpoint").cache_control, "public, max-age=1");
}

TEST_F(LogFiles, WhatAReaderHasAlreadyIsNotSentAgain) {
  const std::string width = std::to_string(small.log->head().size);
  for (const std::string& target :
       {std::string("/log/0/checkpoint"), "/log/0/tile/0/000.p/" + width,
        "/log/0/tile/entries/000.p/" + width}) {
    const Response first = get(target);
    const std::string tag = header(first, "ETag");
    ASSERT_FALSE(tag.empty()) << target;
    if_none_match = tag;
    const Response again = get(target);
    if_none_match.clear();
    EXPECT_EQ(again.status, 304) << target;
    EXPECT_TRUE(again.body_view().empty());
    EXPECT_EQ(again.cache_control, first.cache_control);
  }
  if_none_match = header(get("/log/0/tile/0/000.p/" + width), "ETag");
  EXPECT_EQ(get("/log/0/checkpoint").status, 200);  // the tag of something else
}

TEST_F(LogFiles, ALogThatAsksNobodySaysZeroOfZeroWitnesses) {
  const auto told = body(get("/log/0/witnesses"));
  EXPECT_EQ(told.at("origin"), boost::json::string(small.log->origin()));
  EXPECT_EQ(told.at("cosigned"), 0);
  EXPECT_EQ(told.at("of"), 0);
  EXPECT_TRUE(told.at("witnesses").as_array().empty());
  EXPECT_EQ(get("/log/1/witnesses").status, 404);
}

TEST_F(LogFiles, AProofVerifiesWithNothingButTheLogsKey) {
  const auto made = small.add(small.harvest());
  const auto leaf = small.log->leaf(small.log->head().size - 1);
  const auto proof = ledger::parse_tlog_proof(text("/log/0/proof/" + std::to_string(leaf->index)));
  ASSERT_TRUE(proof);
  const auto hash = ledger::leaf_hash(ledger::encode_leaf(leaf->recorded, leaf->jws));
  EXPECT_TRUE(ledger::verify_tlog_proof(*proof, hash, verifier()));
}

TEST_F(LogFiles, TilesAndBundlesAreServedAndMayBeKeptForEver) {
  const std::string width = std::to_string(small.log->head().size);
  const Response tile = get("/log/0/tile/0/000.p/" + width);
  EXPECT_EQ(tile.status, 200);
  EXPECT_EQ(tile.body_view().size(), 32 * small.log->head().size);
  EXPECT_NE(tile.cache_control.find("immutable"), std::string::npos);
  const auto entries = ledger::parse_bundle(text("/log/0/tile/entries/000.p/" + width));
  ASSERT_TRUE(entries);
  EXPECT_EQ(entries->size(), small.log->head().size);
}

TEST_F(LogFiles, WhatDoesNotExistIsNotFoundAndWhatIsNoPathIsInvalid) {
  EXPECT_EQ(get("/log/0/tile/0/000").status, 404);
  EXPECT_EQ(get("/log/0/tile/0/x").status, 400);
  EXPECT_EQ(get("/log/0/tile/0/000.p/0").status, 400);
  EXPECT_EQ(get("/log/0/proof/999").status, 404);
  EXPECT_EQ(get("/log/0/proof/-1").status, 400);
  EXPECT_EQ(get("/log/0/proof/01").status, 400);
  EXPECT_EQ(get("/log/0/proof/18446744073709551616").status, 400);
  EXPECT_EQ(get("/log/0/consistency/3/2").status, 404);
  EXPECT_EQ(get("/log/0/consistency/a/2").status, 400);
  EXPECT_EQ(get("/log/0/rules/00").status, 404);
  EXPECT_EQ(get("/log/1/checkpoint").status, 404);
}

TEST_F(LogFiles, ConsistencyVerifiesBetweenTwoSizes) {
  const auto before = small.log->head();
  small.add(small.harvest());
  const auto after = small.log->head();
  std::vector<ledger::Hash> path;
  std::istringstream lines(
      text("/log/0/consistency/" + std::to_string(before.size) + "/" + std::to_string(after.size)));
  for (std::string line; std::getline(lines, line);) {
    ledger::Hash hash;
    const std::string octets = ledger::base64_decode(line).value();
    ASSERT_EQ(octets.size(), 32U);
    std::copy(octets.begin(), octets.end(), hash.bytes.begin());
    path.push_back(hash);
  }
  EXPECT_TRUE(ledger::verify_consistency(before.size, after.size, before.root, after.root, path));
}

TEST_F(LogFiles, RulesAreFoundByTheirHash) {
  const std::string& bundle_text = schemas::Bundle::built_in_text();
  const std::string hash = ledger::hex_encode(ledger::sha256(bundle_text).view());
  EXPECT_EQ(text("/log/0/rules/" + hash), bundle_text);
}

}  // namespace
}  // namespace nguon::server
