#include "server/api/receipts.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/log/checkpoint.hpp"
#include "ledger/log/leaf.hpp"
#include "ledger/log/merkle.hpp"
#include "tests/server/api/test_api.hpp"

#include <boost/json/serialize.hpp>

#include <string>
#include <vector>

namespace nguon::server {
namespace {

class Receipts : public TestApi {
 protected:
  ledger::Checkpoint newest() {
    const auto key = ledger::NoteVerifier::parse(small.log->log_vkey());
    return ledger::open_checkpoint(small.log->inclusion(0)->checkpoint, *key).value();
  }
  static boost::json::object promise(std::uint64_t index, const std::string& id) {
    return {{"index", index}, {"entry", id}};
  }
  Response check(const ledger::Checkpoint& known, boost::json::array promises) {
    const boost::json::object question{{"size", known.size},
                                       {"root", ledger::base64url_encode(known.root)},
                                       {"receipts", std::move(promises)}};
    return post(boost::json::serialize(question));
  }
  Response post(const std::string& octets) {
    return ask(Method::post, "/api/receipts/check", octets, "application/json");
  }
  static std::vector<ledger::Hash> path(const boost::json::value& list) {
    std::vector<ledger::Hash> hashes;
    for (const auto& one : list.as_array()) {
      hashes.push_back(ledger::base64url_hash(one.as_string()).value());
    }
    return hashes;
  }
};

TEST_F(Receipts, WhatWasPromisedIsProvedUnderAFreshCheckpointThatContinuesTheKnownOne) {
  const auto kept = small.add(small.harvest());
  const auto known = newest();
  small.add(small.harvest());
  const Response response = check(known, {promise(known.size - 1, kept.id)});
  ASSERT_EQ(response.status, 200);
  const auto said = body(response);
  const auto head = newest();
  EXPECT_EQ(said.at("checkpoint").as_string(), small.log->inclusion(0)->checkpoint);
  EXPECT_TRUE(ledger::verify_consistency(known.size, head.size, known.root, head.root,
                                         path(said.at("consistency"))));
  const auto& one = said.at("receipts").as_array().at(0).as_object();
  const std::string leaf(one.at("leaf").as_string());
  EXPECT_EQ(ledger::decode_leaf(known.size - 1, leaf)->jws, kept.jws);
  EXPECT_TRUE(ledger::verify_inclusion(known.size - 1, head.size, ledger::leaf_hash(leaf),
                                       path(one.at("path")), head.root));
}

TEST_F(Receipts, AnEntryThatIsNotThereIsSaidSo) {
  const auto kept = small.add(small.harvest());
  const auto known = newest();
  const auto said = body(check(known, {promise(0, kept.id), promise(known.size, kept.id)}));
  const auto& list = said.at("receipts").as_array();
  EXPECT_EQ(list.at(0).at("fault").as_string(), "receipts.other-entry");
  EXPECT_EQ(list.at(1).at("fault").as_string(), "receipts.beyond");
}

TEST_F(Receipts, APhoneThatKnowsAnotherLogIsToldSo) {
  auto known = newest();
  known.size += 1;
  Response response = check(known, {});
  EXPECT_EQ(response.status, 409);
  EXPECT_NE(response.body_view().find("receipts.newer"), std::string_view::npos);
  known.size -= 1;
  known.root.bytes[0] ^= 1;
  response = check(known, {});
  EXPECT_EQ(response.status, 409);
  EXPECT_NE(response.body_view().find("receipts.other-log"), std::string_view::npos);
}

TEST_F(Receipts, OnlyOneShapeOfQuestionIsTaken) {
  const auto known = newest();
  const std::string root = ledger::base64url_encode(known.root);
  const std::string begin = R"({"size":1,"root":")" + root + R"(")";
  const std::vector<std::string> wrong{"{}",
                                       "[]",
                                       "{",
                                       R"({"size":0,"root":")" + root + R"(","receipts":[]})",
                                       R"({"size":1,"root":"x","receipts":[]})",
                                       begin + "}",
                                       begin + R"(,"receipts":[{"index":1}]})",
                                       begin + R"(,"receipts":[{"index":-1,"entry":"x"}]})",
                                       begin + R"(,"receipts":[],"more":1})"};
  for (const std::string& octets : wrong) {
    EXPECT_EQ(post(octets).status, 400) << octets;
  }
  boost::json::array many;
  for (std::size_t i = 0; i <= max_rechecked_receipts; ++i) many.push_back(promise(0, root));
  EXPECT_EQ(check(known, many).status, 400);
  many.pop_back();
  EXPECT_EQ(check(known, many).status, 200);
}

}  // namespace
}  // namespace nguon::server
