#include "ledger/log/merkle.hpp"
#include "tests/vectors/vectors.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <iostream>
#include <map>
#include <optional>
#include <string>

namespace nguon::ledger {
namespace {

using boost::json::object;

/// Our verdict; absent when some hash of the case is not 32 octets and so cannot even be written
/// here.
std::optional<bool> inclusion_verdict(const object& probe) {
  const auto leaf = vectors::hash(vectors::text(probe, "leafHash"));
  const auto root = vectors::hash(vectors::text(probe, "root"));
  const auto path = vectors::hashes(probe, "proof");
  if (!leaf || !root || !path) return std::nullopt;
  return verify_inclusion(vectors::number(probe, "leafIdx"), vectors::number(probe, "treeSize"),
                          *leaf, *path, *root);
}

std::optional<bool> consistency_verdict(const object& probe) {
  const auto old_root = vectors::hash(vectors::text(probe, "root1"));
  const auto new_root = vectors::hash(vectors::text(probe, "root2"));
  const auto path = vectors::hashes(probe, "proof");
  if (!old_root || !new_root || !path) return std::nullopt;
  return verify_consistency(vectors::number(probe, "size1"), vectors::number(probe, "size2"),
                            *old_root, *new_root, *path);
}

TEST(MerkleProbes, InclusionAndConsistencyVerdicts) {
  std::size_t all = 0;
  std::size_t passing = 0;
  std::size_t failing = 0;
  std::size_t short_roots = 0;
  std::map<std::string, std::size_t> not_run;
  vectors::for_each_line("merkle_probes.jsonl", [&](const object& probe) {
    ++all;
    const std::string kind = vectors::text(probe, "kind");
    // Proofs of subtrees (tlog drafts of their own) are nothing that any format of ours carries, so
    // there is no verifier of ours to ask.
    if (kind == "subtreeinclusion" || kind == "subtreeconsistency") {
      ++not_run[kind];
      return;
    }
    ASSERT_TRUE(kind == "inclusion" || kind == "consistency") << kind;
    const bool wanted = !probe.at("wantErr").as_bool();
    const auto verdict =
        kind == "inclusion" ? inclusion_verdict(probe) : consistency_verdict(probe);
    // A root that is not 32 octets is refused before any proof is looked at, also where a verifier
    // that compares any two byte strings would let it pass.
    if (!verdict && wanted) {
      ++short_roots;
      return;
    }
    EXPECT_EQ(verdict.value_or(false), wanted)
        << kind << " " << vectors::text(probe, "case") << ": " << vectors::text(probe, "desc");
    (wanted ? passing : failing) += 1;
  });
  EXPECT_GT(passing, 0U);
  EXPECT_GT(failing, 0U);
  EXPECT_LE(short_roots, 1U) << "the set has one passing probe with a root of another size";
  std::size_t left_out = 0;
  std::cout << "note: merkle_probes: " << all << " probes; " << passing << " pass and " << failing
            << " fail as stated, " << short_roots << " with a root that is not 32 octets refused";
  for (const auto& [kind, count] : not_run) {
    std::cout << "; not run: " << count << " " << kind;
    left_out += count;
  }
  std::cout << " (nothing here carries or verifies subtree proofs)\n";
  EXPECT_EQ(passing + failing + short_roots + left_out, all) << "some probe was not accounted for";
}

}  // namespace
}  // namespace nguon::ledger
