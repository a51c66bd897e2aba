#pragma once

#include "ledger/base/base64url.hpp"
#include "ledger/keys/sha256.hpp"
#include "ledger/log/checkpoint.hpp"
#include "ledger/log/cosignature.hpp"
#include "ledger/log/folder.hpp"
#include "ledger/log/merkle.hpp"
#include "ledger/log/tile.hpp"
#include "ledger/monitor/mirror.hpp"
#include "tests/support/small_ledger.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

namespace nguon::tests {

/// A log as its files, made from a real one, whose operator may then write into them whatever he
/// likes and sign it: he has the log's key.
class PaperLog {
 public:
  explicit PaperLog(SmallLedger& small)
      : key_(small.people.key("log")),
        rules_(small.people.bundle().text()),
        verifier(*ledger::NoteVerifier::make(small.log->origin(), key_.public_key())) {
    small.mirror_to(small.directory / "paper");
    const auto copied = ledger::LogFolder(small.directory / "paper")
                            .leaves(small.log->head().size, [&](auto, std::string_view leaf) {
                              leaves.emplace_back(leaf);
                              return ledger::Result<void>();
                            });
    if (!copied) throw std::runtime_error("no copy");
    size = leaves.size();
  }

  ledger::Hash root(std::uint64_t of) const {
    ledger::CompactRange range;
    for (std::uint64_t i = 0; i < of; ++i) range.append(ledger::leaf_hash(leaves[i]));
    return range.root();
  }
  std::string checkpoint() const { return checkpoint(size, root(size)); }
  std::string checkpoint(std::uint64_t of, const ledger::Hash& said) const {
    return ledger::sign_checkpoint({verifier.name(), of, said}, verifier, key_);
  }

  /// What the log's server answers to a name below its URL.
  ledger::Result<std::string> serve(const std::string& name) const {
    if (name == "checkpoint") return checkpoint();
    if (name == "rules/" + ledger::hex_encode(ledger::sha256(rules_).view())) return rules_;
    const auto path = ledger::parse_tile_path(name);
    if (!path || !path->entries) return missing();
    std::string bundle;
    for (std::uint64_t i = 0; i < path->width; ++i) {
      const std::uint64_t index = path->number * ledger::tile_width + i;
      if (index >= leaves.size()) return missing();
      ledger::append_to_bundle(bundle, leaves[index]);
    }
    return bundle;
  }
  static ledger::Error missing() { return {ledger::Errc::not_found, "monitor.answer", {}, {}}; }

 private:
  const ledger::PrivateKey& key_;
  std::string rules_;

 public:
  const ledger::NoteVerifier verifier;
  std::vector<std::string> leaves;
  std::uint64_t size = 0;  ///< Of the checkpoint it shows.
};

}  // namespace nguon::tests
