#pragma once

#include "ledger/log/anchor.hpp"
#include "ledger/log/ledger.hpp"
#include "ledger/log/tile_builder.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::ledger {

/// Builds the tree again from leaves and holds it against what is kept of it.
class TreeAudit {
 public:
  /// The full tile kept under this level and number; absent when none is.
  using TileSource =
      std::function<Result<std::optional<std::string>>(unsigned level, std::uint64_t number)>;
  /// `head` is what is claimed of the leaves. `tiles_required`: one that is absent is a divergence.
  TreeAudit(TreeHead head, std::optional<Anchor::Head> anchored, TileSource tiles,
            bool tiles_required);

  /// The next leaf. Errors: those of the tile source.
  Result<void> append(std::string_view leaf);

  struct Finding {
    Error error;
    /// True when the error could not say which leaf is at fault: its own check may.
    bool vague = false;
  };
  /// After the last leaf: the first divergence.
  std::optional<Finding> finish() const;

 private:
  struct BadTile {
    unsigned level;
    std::uint64_t number;
    std::optional<std::string> stored;
    std::string derived;
  };
  Result<void> close_tile(TileBuilder::Tile tile);
  Error tile_error() const;
  std::optional<Finding> check_head() const;
  std::optional<Finding> check_anchor() const;

  const TreeHead head_;
  const std::optional<Anchor::Head> anchored_;
  const TileSource tiles_;
  const bool tiles_required_;
  TileBuilder tree_;
  std::map<std::uint64_t, Hash> roots_;  // At the sizes that head and anchor name.
  std::optional<BadTile> bad_;           // The first one, lowest level first.
};

}  // namespace nguon::ledger
