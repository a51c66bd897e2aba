#include "ledger/log/receipt.hpp"

#include "tests/support/receipts.hpp"

#include <gtest/gtest.h>

#include <set>

namespace nguon::ledger {
namespace {

using tests::open_receipt;

class Receipts : public testing::Test {
 protected:
  std::vector<std::string> sign(std::size_t count) {
    std::vector<ReceiptClaims> claims;
    for (std::size_t i = 0; i < count; ++i) {
      claims.push_back({std::string(42, 'A') + static_cast<char>('A' + i % 26),
                        100 + i,
                        1'790'000'000'000,
                        {leaf_hash("x"), leaf_hash(std::to_string(i))},
                        {"/note", "/q~1\"é"}});
    }
    return sign_receipts(service_, {std::string(43, 'B'), "a note\n"}, claims);
  }
  bool good(const std::string& receipt) {
    return open_receipt(receipt, service_.public_key()).has_value();
  }

  const PrivateKey service_ = PrivateKey::generate(Alg::eddsa);
};

TEST_F(Receipts, OfAGroupOfAnySizeAreEachProven) {
  for (const std::size_t count : {1U, 2U, 3U, 5U, 64U, 129U, 1024U}) {
    const auto receipts = sign(count);
    ASSERT_EQ(receipts.size(), count);
    for (std::size_t i = 0; i < count; ++i) {
      const auto opened = open_receipt(receipts[i], service_.public_key());
      ASSERT_TRUE(opened) << i << " of " << count;
      EXPECT_EQ(opened->group.at("count").to_number<std::size_t>(), count);
      EXPECT_EQ(opened->group.at("aud").as_string(), std::string(43, 'B'));
      EXPECT_EQ(opened->group.at("checkpoint").as_string(), "a note\n");
      EXPECT_EQ(opened->claims.at("index").to_number<std::size_t>(), 100 + i);
      EXPECT_EQ(opened->claims.at("path").as_array().size(), 2U);
      EXPECT_EQ(opened->claims.at("slots").as_array().at(1).as_string(), "/q~1\"é");
    }
  }
}

TEST_F(Receipts, AGroupIsSignedOnce) {
  std::set<std::string> signatures;
  for (const std::string& receipt : sign(64))
    signatures.insert(receipt.substr(0, receipt.find('~')));
  EXPECT_EQ(signatures.size(), 1U);
}

TEST_F(Receipts, NoneAreMadeOfNothing) { EXPECT_TRUE(sign(0).empty()); }

TEST_F(Receipts, ClaimsOfOneGroupAreNoneOfAnother) {
  const auto receipts = sign(5);
  const auto others = sign(6);
  const auto group = receipts[0].substr(0, receipts[0].find('~'));
  EXPECT_TRUE(good(group + receipts[1].substr(receipts[1].find('~'))));
  EXPECT_FALSE(good(group + others[5].substr(others[5].find('~'))));
}

TEST_F(Receipts, NoCharacterAfterTheSignatureMayDiffer) {
  const auto receipt = sign(7)[5];
  ASSERT_TRUE(good(receipt));
  for (std::size_t at = receipt.find('~') + 1; at < receipt.size(); ++at) {
    std::string copy = receipt;
    if (copy[at] == '~') continue;
    copy[at] = copy[at] == '3' ? '4' : '3';
    EXPECT_FALSE(good(copy)) << at;
  }
}

TEST_F(Receipts, AnotherKeySignsNone) {
  const auto other = PrivateKey::generate(Alg::eddsa);
  EXPECT_FALSE(open_receipt(sign(1)[0], other.public_key()));
}

}  // namespace
}  // namespace nguon::ledger
