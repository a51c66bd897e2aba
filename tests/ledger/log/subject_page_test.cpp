#include "ledger/log/subject_page.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/keys/sha256.hpp"
#include "tests/support/files.hpp"
#include "tests/support/memory_tree.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace nguon::ledger {
namespace {

std::vector<Hash> sample_ids(std::uint64_t begin, std::uint64_t end) {
  std::vector<Hash> ids;
  for (std::uint64_t i = begin; i < end; ++i) ids.push_back(sha256("mẫu " + std::to_string(i)));
  return ids;
}

/// Pages made one after the other, and the same tree node by node.
class SubjectPages : public testing::Test {
 protected:
  void grow(std::uint64_t pages) {
    for (std::uint64_t n = pages_.size(); n < pages; ++n) {
      const auto ids = sample_ids(256 * n, 256 * n + 256);
      for (const Hash& id : ids) tree_.append(id.view());
      pages_.push_back(*make_subject_page(n, 3 * (256 * n + 255), ids, reader()));
    }
  }
  SubjectPageReader reader() {
    return [this](std::uint64_t number) -> Result<SubjectPage> {
      if (number >= pages_.size()) return Error{Errc::corrupt, "store.corrupt", {}, {}};
      return pages_[number];
    };
  }

  std::vector<SubjectPage> pages_;
  MemoryTree tree_;
};

TEST_F(SubjectPages, HoldTheNodesOfTheTreeFromLevelEightOn) {
  grow(21);
  for (unsigned level = 8; level < 13; ++level) {
    for (std::uint64_t index = 0; index < (21U * 256) >> level; ++index) {
      EXPECT_EQ(*subject_page_node(level, index, reader()), *tree_.reader()(level, index))
          << level << ' ' << index;
    }
  }
  EXPECT_EQ(pages_[15].nodes.size(), 5U);
  EXPECT_EQ(pages_[16].nodes.size(), 1U);
}

TEST_F(SubjectPages, AreTheGoldenOctets) {
  grow(2);
  std::istringstream lines(tests::read_file(NGUON_LEDGER_GOLDEN "/log/subject_page_1.hex"));
  std::string octets;
  for (std::string line; std::getline(lines, line);) octets += *hex_decode(line);
  EXPECT_EQ(encode_subject_page(pages_[1]), octets);
  EXPECT_EQ(*decode_subject_page(1, octets), pages_[1]);
  EXPECT_EQ(pages_[1].last, 3U * 511);
}

TEST_F(SubjectPages, OfAnotherShapeAreCorrupt) {
  grow(4);
  const std::string octets = encode_subject_page(pages_[1]);
  EXPECT_FALSE(decode_subject_page(0, octets)) << "a page 0 completes one node";
  EXPECT_FALSE(decode_subject_page(3, octets)) << "a page 3 completes three";
  EXPECT_TRUE(decode_subject_page(5, octets));
  for (const std::size_t size : {std::size_t{0}, std::size_t{7}, octets.size() - 1}) {
    EXPECT_EQ(decode_subject_page(1, octets.substr(0, size)).error().rule, "store.corrupt");
  }
  EXPECT_EQ(decode_subject_page(1, octets + "x").error().rule, "store.corrupt");
}

TEST_F(SubjectPages, AMissingEarlierPageIsToldNotGuessed) {
  EXPECT_EQ(make_subject_page(1, 600, sample_ids(256, 512), reader()).error().rule,
            "store.corrupt");
}

}  // namespace
}  // namespace nguon::ledger
