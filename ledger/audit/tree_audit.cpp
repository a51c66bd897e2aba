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
  // A node of tree level 8·L is a hash in a tile of level L.
  std::vector<std::pair<unsigned, std::uint64_t>> full;
  range_.append(leaf_hash(leaf), [&](unsigned level, std::uint64_t index, const Hash& hash) {
    if (level % tile_height != 0) return;
    std::string& tile = open_[level / tile_height];
    tile += hash.view();
    if (tile.size() == tile_octets) full.emplace_back(level / tile_height, index / tile_width);
  });
  for (const auto& [level, number] : full) {
    NGUON_CHECK(close_tile(level, number));
  }
  if (range_.size() == head_.size || (anchored_ && range_.size() == anchored_->size)) {
    roots_[range_.size()] = range_.root();
  }
  return {};
}

Result<void> TreeAudit::close_tile(unsigned level, std::uint64_t number) {
  NGUON_TRY(auto stored, tiles_(level, number));
  std::string derived = std::move(open_[level]);
  open_[level].clear();
  if (!stored && !tiles_required_) return {};
  if (stored == derived) return {};
  // What is wrong below shows in every tile above it.
  if (!bad_ || level < bad_->level) bad_ = {level, number, std::move(stored), std::move(derived)};
  return {};
}

std::optional<TreeAudit::Finding> TreeAudit::finish() const {
  const bool sound = range_.size() == head_.size && range_.root() == head_.root;
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
  const TreeHead derived{range_.size(), range_.root()};
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
  const std::string derived = found == roots_.end() ? show({range_.size(), range_.root()})
                                                    : show({anchored_->size, found->second});
  return Finding{
      {Errc::corrupt, "audit.anchor", "/anchor", "anchor " + show(anchor) + ", derived " + derived},
      false};
}

}  // namespace nguon::ledger
