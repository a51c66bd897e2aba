#include "ledger/audit/tree_audit.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/log/start.hpp"
#include "ledger/log/tile.hpp"

#include <algorithm>

namespace nguon::ledger {
namespace {

constexpr std::size_t tile_octets = tile_width * 32;

Error leaf_error(std::uint64_t index, std::string detail) {
  return {Errc::corrupt, "audit.leaf", "/leaf/" + std::to_string(index),
          "index " + std::to_string(index) + ": " + std::move(detail)};
}

/// The hash at `place` of a tile, for people.
std::string hash_at(std::string_view tile, std::size_t place) {
  return base64_encode(tile.substr(std::min(place * 32, tile.size()), 32));
}

}  // namespace

TreeAudit::TreeAudit(TreeHead head, std::optional<Anchor::Head> anchored, TileSource tiles,
                     bool tiles_required)
    : head_(head), anchored_(anchored), tiles_(std::move(tiles)), tiles_required_(tiles_required) {
  roots_[0] = empty_root();
}

Result<void> TreeAudit::append(std::string_view leaf) {
  for (TileBuilder::Tile& tile : tree_.append(leaf_hash(leaf))) {
    NGUON_CHECK(close_tile(std::move(tile)));
  }
  if (tree_.size() == head_.size || (anchored_ && tree_.size() == anchored_->size)) {
    roots_[tree_.size()] = tree_.root();
  }
  return {};
}

Result<void> TreeAudit::close_tile(TileBuilder::Tile tile) {
  NGUON_TRY(auto stored, tiles_(tile.level, tile.number));
  if (!stored && !tiles_required_) return {};
  if (stored == tile.octets) return {};
  // What is wrong below shows in every tile above it.
  if (!bad_ || tile.level < bad_->level) {
    bad_ = {tile.level, tile.number, std::move(stored), std::move(tile.octets)};
  }
  return {};
}

std::optional<TreeAudit::Finding> TreeAudit::finish() const {
  const bool sound = tree_.size() == head_.size && tree_.root() == head_.root;
  if (bad_ && (sound || bad_->level > 0 || !bad_->stored || bad_->stored->size() != tile_octets)) {
    return Finding{tile_error(), false};
  }
  if (bad_) {
    // Leaf and tile disagree and the head is not the leaf's either: two against one.
    const auto mismatch =
        std::mismatch(bad_->derived.begin(), bad_->derived.end(), bad_->stored->begin()).first;
    const auto place = static_cast<std::size_t>(mismatch - bad_->derived.begin()) / 32;
    return Finding{leaf_error(bad_->number * tile_width + place,
                              "its hash is " + hash_at(bad_->derived, place) + ", its tile holds " +
                                  hash_at(*bad_->stored, place)),
                   false};
  }
  if (auto found = check_head()) return found;
  return check_anchor();
}

Error TreeAudit::tile_error() const {
  const std::string name = std::to_string(bad_->level) + '/' + std::to_string(bad_->number);
  std::string detail = "it is missing";
  if (bad_->stored) {
    const auto& a = *bad_->stored;
    const auto& b = bad_->derived;
    const auto place =
        static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first -
                                 a.begin()) /
        32;
    detail = "hash " + std::to_string(place) + ": stored " + hash_at(a, place) + ", derived " +
             hash_at(b, place);
  }
  return {Errc::corrupt, "audit.tile", "/tile/" + name, std::move(detail)};
}

std::optional<TreeAudit::Finding> TreeAudit::check_head() const {
  const TreeHead derived{tree_.size(), tree_.root()};
  if (derived == head_) return std::nullopt;
  const auto at_head = roots_.find(head_.size);
  if (at_head != roots_.end() && at_head->second == head_.root) {
    return Finding{leaf_error(head_.size, "it lies beyond the head " + show(head_)), false};
  }
  if (derived.size < head_.size && derived.root != head_.root) {
    return Finding{leaf_error(derived.size, "it is missing; the head is " + show(head_)), false};
  }
  return Finding{{Errc::corrupt, "audit.head", "/head",
                  "stored " + show(head_) + ", derived " + show(derived)},
                 derived.size == head_.size};
}

std::optional<TreeAudit::Finding> TreeAudit::check_anchor() const {
  if (!anchored_) return std::nullopt;
  const auto found = roots_.find(anchored_->size);
  if (found != roots_.end() && found->second == anchored_->root) return std::nullopt;
  const TreeHead anchor{anchored_->size, anchored_->root};
  const std::string derived = found == roots_.end() ? show({tree_.size(), tree_.root()})
                                                    : show({anchored_->size, found->second});
  return Finding{
      {Errc::corrupt, "audit.anchor", "/anchor", "anchor " + show(anchor) + ", derived " + derived},
      false};
}

}  // namespace nguon::ledger
