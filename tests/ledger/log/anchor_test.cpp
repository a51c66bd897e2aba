#include "ledger/log/anchor.hpp"

#include "ledger/keys/sha256.hpp"
#include "tests/support/files.hpp"
#include "tests/support/temp_dir.hpp"

#include <gtest/gtest.h>

namespace nguon::ledger {
namespace {

class FileAnchorTest : public testing::Test {
 protected:
  static Anchor::Head head(std::uint64_t size) { return {size, sha256(std::to_string(size))}; }
  std::unique_ptr<FileAnchor> open() { return *FileAnchor::open(path()); }
  std::string path() const { return directory_ / "anchor"; }
  tests::TempDir directory_;
};

TEST_F(FileAnchorTest, IsEmptyUntilWritten) { EXPECT_EQ(*open()->read(), std::nullopt); }

TEST_F(FileAnchorTest, RemembersTheNewestHeadAcrossReopening) {
  for (std::uint64_t size = 1; size <= 5; ++size) {
    auto anchor = open();
    ASSERT_TRUE(anchor->write(head(size)));
    EXPECT_EQ(**anchor->read(), head(size));
  }
  EXPECT_EQ(**open()->read(), head(5));
}

TEST_F(FileAnchorTest, ATornWriteLeavesTheHeadBefore) {
  auto anchor = open();
  for (std::uint64_t size = 1; size <= 4; ++size) ASSERT_TRUE(anchor->write(head(size)));
  // Heads 3 and 4 are in slots 0 and 1: spoil 4 as a power cut in the middle of writing it would.
  tests::flip_bit(path(), 512 + 20);
  EXPECT_EQ(**open()->read(), head(3));
}

TEST_F(FileAnchorTest, EveryFlippedByteOfTheOnlySlotIsSeen) {
  ASSERT_TRUE(open()->write(head(7)));
  const std::string whole = tests::read_file(path());
  ASSERT_EQ(whole.size(), 512U);
  for (std::size_t at = 0; at < 16 + 8 + 32 + 32; ++at) {
    tests::write_file(path(), whole);
    tests::flip_bit(path(), at);
    const auto read = open()->read();
    ASSERT_FALSE(read) << at;
    EXPECT_EQ(read.error().rule, "anchor.corrupt");
  }
}

TEST_F(FileAnchorTest, ATruncatedFileIsRefused) {
  ASSERT_TRUE(open()->write(head(7)));
  std::filesystem::resize_file(path(), 100);
  EXPECT_EQ(open()->read().error().rule, "anchor.corrupt");
}

TEST_F(FileAnchorTest, AnUnwritablePlaceIsAnError) {
  EXPECT_EQ(FileAnchor::open(directory_ / "no/such/anchor").error().rule, "anchor.io");
}

}  // namespace
}  // namespace nguon::ledger
