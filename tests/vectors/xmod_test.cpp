#include "ledger/base/base64url.hpp"
#include "ledger/keys/sha256.hpp"
#include "ledger/log/note.hpp"
#include "ledger/log/tile.hpp"
#include "tests/support/memory_tree.hpp"
#include "tests/vectors/vectors.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

// What golang.org/x/mod's sumdb/tlog and sumdb/note say.

namespace nguon::ledger {
namespace {

using boost::json::object;

/// One file's worth of checks against the tree whose leaves the file's first line describes.
class XmodProofs : public testing::Test {
 protected:
  void check(const object& line) {
    const std::string kind = vectors::text(line, "kind");
    ++seen_[kind];
    if (kind == "meta") {
      seed_ = std::to_string(vectors::number(line, "seed"));
      return;
    }
    const std::uint64_t size = vectors::number(line, "size");
    grow(size);
    if (kind == "root") {
      EXPECT_EQ(vectors::hash(vectors::text(line, "root")), tree_.root(size)) << size;
    } else if (kind == "inclusion") {
      check_inclusion(line, size);
    } else if (kind == "consistency") {
      check_consistency(line, size);
    } else if (kind == "tile") {
      check_tile(line, size);
    } else {
      ADD_FAILURE() << "unknown kind " << kind;
    }
  }

  std::map<std::string, std::size_t> seen_;

 private:
  void grow(std::uint64_t size) {
    while (tree_.size() < size) tree_.append(seed_ + ":" + std::to_string(tree_.size()));
  }
  void check_inclusion(const object& line, std::uint64_t size) {
    const std::uint64_t index = vectors::number(line, "index");
    const Hash leaf = leaf_hash(vectors::text(line, "leaf"));
    const auto root = vectors::hash(vectors::text(line, "root"));
    const auto path = vectors::hashes(line, "proof");
    EXPECT_EQ(vectors::hash(vectors::text(line, "leafHash")), leaf);
    ASSERT_TRUE(root && path);
    EXPECT_TRUE(verify_inclusion(index, size, leaf, *path, *root)) << index << " of " << size;
    EXPECT_EQ(*inclusion_path(index, size, tree_.reader()), *path) << index << " of " << size;
  }
  void check_consistency(const object& line, std::uint64_t size) {
    const std::uint64_t old_size = vectors::number(line, "oldSize");
    const auto old_root = vectors::hash(vectors::text(line, "oldRoot"));
    const auto root = vectors::hash(vectors::text(line, "root"));
    const auto path = vectors::hashes(line, "proof");
    ASSERT_TRUE(old_root && root && path);
    EXPECT_TRUE(verify_consistency(old_size, size, *old_root, *root, *path))
        << old_size << " " << size;
    EXPECT_EQ(*consistency_path(old_size, size, tree_.reader()), *path) << old_size << " " << size;
  }
  void check_tile(const object& line, std::uint64_t size) {
    const std::string text = vectors::text(line, "path");
    const auto path = parse_tile_path(text);
    ASSERT_TRUE(path) << text;
    EXPECT_EQ(format_tile_path(*path), text);
    EXPECT_LE(path->width, width_of_tile(path->level, path->number, size)) << text;
    std::string tile;
    for (unsigned i = 0; i < path->width; ++i) {
      tile += tree_.reader()(path->level * tile_height, path->number * tile_width + i)->view();
    }
    EXPECT_EQ(tile.size(), vectors::number(line, "bytes")) << text;
    EXPECT_EQ(hex_encode(sha256(tile).view()), vectors::text(line, "sha256")) << text;
  }

  std::string seed_;
  MemoryTree tree_;
};

TEST_F(XmodProofs, RootsProofsAndTiles) {
  vectors::for_each_line("xmod_proofs.jsonl", [this](const object& line) { check(line); });
  for (const char* kind : {"root", "inclusion", "consistency", "tile"}) {
    EXPECT_GT(seen_[kind], 0U) << kind;
    std::cout << "xmod_proofs " << kind << ": " << seen_[kind] << "\n";
  }
}

TEST(XmodNotes, Verdicts) {
  std::size_t opened_count = 0;
  std::size_t refused_count = 0;
  vectors::for_each_line("xmod_notes.jsonl", [&](const object& line) {
    SCOPED_TRACE(vectors::text(line, "case"));
    std::vector<NoteVerifier> known;
    for (const auto& vkey : line.at("vkeys").as_array()) {
      const auto verifier = NoteVerifier::parse(vkey.as_string());
      ASSERT_TRUE(verifier) << vkey;
      EXPECT_EQ(verifier->text(), vkey.as_string());
      known.push_back(*verifier);
    }
    const bool wanted = line.at("ok").as_bool();
    const auto opened = open_note(vectors::text(line, "note"), known);
    EXPECT_EQ(opened.has_value(), wanted) << vectors::text(line, "err");
    (wanted ? opened_count : refused_count) += 1;
    if (!opened || !wanted) return;
    EXPECT_EQ(opened->text, vectors::text(line, "text"));
    std::set<std::pair<std::string, std::uint32_t>> signers;  // x/mod counts a repeated line once
    for (const NoteSignature& signature : opened->signatures) {
      signers.emplace(signature.name, signature.key_id);
    }
    EXPECT_EQ(signers.size(), vectors::number(line, "verified"));
  });
  EXPECT_GT(opened_count, 0U);
  EXPECT_GT(refused_count, 0U);
  std::cout << "xmod_notes: " << opened_count << " open, " << refused_count
            << " refused as stated\n";
}

}  // namespace
}  // namespace nguon::ledger
