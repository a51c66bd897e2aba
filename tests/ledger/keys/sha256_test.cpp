#include "ledger/keys/sha256.hpp"

#include "ledger/base/base64url.hpp"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace nguon::ledger {
namespace {

std::string hex(const Hash& hash) { return hex_encode(hash.view()); }

TEST(Sha256, GivesTheFips180Vectors) {
  EXPECT_EQ(hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex(sha256(std::string(1'000'000, 'a'))),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, PartsHashLikeTheWhole) {
  EXPECT_EQ(sha256("a", "bc"), sha256("abc"));
  EXPECT_EQ(sha256("a", "", "bc"), sha256("abc"));
}

TEST(Sha256, AContextIsFreshAfterFinish) {
  Sha256 context;
  context.update("something else").finish();
  EXPECT_EQ(context.update("ab").update("c").finish(), sha256("abc"));
}

TEST(Sha256, ThreadsDoNotShareAContext) {
  const Hash wanted = sha256("abc");
  std::vector<int> wrong(4, 0);
  std::vector<std::thread> threads;
  for (int& count : wrong) {
    threads.emplace_back([&count, &wanted] {
      for (int i = 0; i < 2000; ++i) count += sha256("ab", "c") == wanted ? 0 : 1;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, std::vector<int>(4, 0));
}

TEST(HmacSha256, GivesTheRfc4231Vectors) {
  EXPECT_EQ(hex(hmac_sha256(std::string(20, '\x0b'), "Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(hex(hmac_sha256(std::string(131, '\xaa'),
                            "Test Using Larger Than Block-Size Key - "
                            "Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(HmacSha256, TakesAnEmptyKeyAndMessage) {
  EXPECT_EQ(hex(hmac_sha256({}, {})),
            "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

}  // namespace
}  // namespace nguon::ledger
