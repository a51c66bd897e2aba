// How a mirror takes what is new, and how it says what is wrong with it.

#include "ledger/monitor/mirror_growth.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/entry/claims.hpp"
#include "ledger/keys/sha256.hpp"
#include "ledger/log/start.hpp"
#include "ledger/log/tile.hpp"

#include <algorithm>
#include <utility>

namespace nguon::ledger {
namespace {

constexpr std::size_t largest_bundle = tile_width * (2 + max_bundle_entry_size);

std::string bundle_name(std::uint64_t number, unsigned width) {
  return format_tile_path({true, 0, number, width});
}
unsigned bundle_width(std::uint64_t number, std::uint64_t size) {
  return static_cast<unsigned>(std::min<std::uint64_t>(tile_width, size - number * tile_width));
}

/// The leaves of bundle `number` that the copy holds, as the beginning of that bundle.
Result<std::string> held_part(const LogFolder& copy, std::uint64_t number, std::uint64_t size) {
  std::string octets;
  const std::uint64_t begin = number * tile_width;
  NGUON_CHECK(copy.leaves(begin, std::min<std::uint64_t>(size, begin + tile_width),
                          [&](std::uint64_t, std::string_view leaf) -> Result<void> {
                            append_to_bundle(octets, leaf);
                            return {};
                          }));
  return octets;
}

Error unfit_file(std::string name) {
  return {Errc::unavailable, "monitor.leaves", {}, name + " is not what it should be"};
}

}  // namespace

/// A bundle that an earlier run left where there is one, else as the log serves it.
Result<std::string> Mirror::bundle(std::uint64_t number, unsigned width, bool from_disk,
                                   bool& used_disk) {
  const auto fits = [width](const Result<std::string>& octets) {
    const auto entries = octets ? parse_bundle(*octets) : std::vector<std::string_view>();
    return entries && entries->size() == width;
  };
  if (from_disk && width == tile_width) {
    auto left = files().read(bundle_name(number, width), largest_bundle);
    if (fits(left)) {
      used_disk = true;
      return left;
    }
  }
  auto served = fetch(bundle_name(number, width));
  if (!served) return served.error();
  if (!fits(served)) return unfit_file(bundle_name(number, width));
  return served;
}

/// Hashes and reads the leaves from the copy's end to `size`. Full tiles and bundles go to disk as
/// they come: beyond the copy they count for nothing until the checkpoint says so, and the next run
/// need not ask for them again. The bundle in which the copy ends begins with the copy's own
/// octets.
Result<void> Mirror::take_leaves(std::uint64_t size, bool from_disk, Growth& growth) {
  for (std::uint64_t number = head_.size / tile_width; number * tile_width < size; ++number) {
    const unsigned width = bundle_width(number, size);
    NGUON_TRY(const auto octets, bundle(number, width, from_disk, growth.used_disk));
    NGUON_TRY(const auto entries, parse_bundle(octets));
    std::string whole;
    std::uint64_t index = number * tile_width;
    if (index < head_.size) {
      NGUON_TRY(whole, held_part(files(), number, head_.size));
    }
    for (const std::string_view leaf : entries) {
      if (index++ < head_.size) continue;
      append_to_bundle(whole, leaf);
      for (const TileBuilder::Tile& tile : growth.tiles.append(leaf_hash(leaf))) {
        growth.written.push_back(format_tile_path({false, tile.level, tile.number, tile_width}));
        NGUON_CHECK(folder_->write(growth.written.back(), tile.octets));
      }
      growth.waiting.push_back({index - 1, std::string(leaf)});
      if (growth.waiting.size() < mirror_chunk_leaves) continue;
      NGUON_CHECK(read_waiting(growth));
    }
    options_.progress(index, size);
    if (width < tile_width) {
      growth.partial = std::move(whole);
    } else {
      growth.written.push_back(bundle_name(number, width));
      NGUON_CHECK(folder_->write(growth.written.back(), whole));
    }
  }
  return read_waiting(growth);
}

/// A bad entry is only remembered: whether the log signed it is known with the root.
Result<void> Mirror::read_waiting(Growth& growth) {
  const std::vector<RawLeaf> leaves = std::exchange(growth.waiting, {});
  if (growth.bad_entry) return {};
  const auto entries = growth.reader.read(leaves, false);
  if (!entries) {
    growth.bad_entry = entries.error();
    for (const RawLeaf& leaf : leaves) {
      if (entries.error().field == "/leaf/" + std::to_string(leaf.index)) {
        growth.bad_leaf = leaf.text;
      }
    }
    return {};
  }
  for (const LinkedEntry& linked : *entries) {
    NGUON_CHECK(bring_rules(linked.entry));
  }
  return {};
}

Result<void> Mirror::bring_rules(const Entry& entry) {
  if (entry.type != genesis_type && !entry.type.starts_with("rules.activate/")) return {};
  const auto* bundle = entry.data.if_contains("bundle");
  const auto hash = bundle != nullptr && bundle->is_string() ? base64url_hash(bundle->get_string())
                                                             : std::nullopt;
  if (!hash || files().rules(*hash)) return {};
  const std::string name = "rules/" + hex_encode(hash->view());
  NGUON_TRY(const std::string text, fetch(name));
  if (sha256(text) != *hash) return unfit_file(name);
  return folder_->write(name, text);
}

/// Crash order: everything that the new checkpoint speaks of is durable before the checkpoint is,
/// and what only the old one spoke of goes after it. So the copy is whole at every moment, under
/// the one or the other; files of an interrupted look are taken up or overwritten by the next.
Result<void> Mirror::commit(const std::string& note, const Checkpoint& shown, Growth growth) {
  const auto edge = [](std::uint64_t size) {
    std::vector<std::string> names;
    for (unsigned level = 0; (size >> (tile_height * level)) > 0; ++level) {
      const std::uint64_t number = (size >> (tile_height * level)) / tile_width;
      const unsigned width = width_of_tile(level, number, size);
      if (width == 0) continue;
      names.push_back(format_tile_path({false, level, number, width}));
      if (level == 0) names.push_back(bundle_name(number, width));
    }
    return names;
  };
  if (!growth.partial.empty()) {
    const std::uint64_t number = shown.size / tile_width;
    NGUON_CHECK(
        folder_->write(bundle_name(number, bundle_width(number, shown.size)), growth.partial));
  }
  for (const auto& [level, octets] : growth.tiles.open_tiles()) {
    const std::uint64_t number = (shown.size >> (tile_height * level)) / tile_width;
    const auto width = static_cast<unsigned>(octets.size() / 32);
    NGUON_CHECK(folder_->write(format_tile_path({false, level, number, width}), octets));
  }
  NGUON_CHECK(folder_->settle());
  NGUON_CHECK(folder_->write("checkpoint", note));
  NGUON_CHECK(folder_->settle());
  const auto needed = edge(shown.size);
  for (const std::string& name : edge(head_.size)) {
    if (std::find(needed.begin(), needed.end(), name) == needed.end()) folder_->remove(name);
  }
  tiles_ = std::move(growth.tiles);
  reader_ = std::move(growth.reader);
  head_ = {shown.size, shown.root};
  note_ = note;
  return {};
}

/// What was served beyond the copy does not lead to the signed root. The whole log, read once more
/// as it is served now, tells a fork from files that are nobody's.
Error Mirror::explain(const std::string& note, const Checkpoint& shown) {
  TileBuilder served;
  std::vector<std::pair<std::string, std::string>> evidence{{"shown.checkpoint", note}};
  if (!note_.empty()) evidence.emplace_back("held.checkpoint", note_);
  std::string differs;
  for (std::uint64_t number = 0; number * tile_width < shown.size; ++number) {
    bool used_disk = false;
    const auto octets = bundle(number, bundle_width(number, shown.size), false, used_disk);
    if (!octets) return octets.error();
    const auto held = number * tile_width < head_.size ? held_part(files(), number, head_.size)
                                                       : Result<std::string>(std::string());
    if (!held) return held.error();
    const auto ours = parse_bundle(*held);
    const auto theirs = parse_bundle(*octets);
    if (!ours || !theirs) return unfit_file(bundle_name(number, tile_width));
    for (std::size_t i = 0; i < theirs->size(); ++i) {
      served.append(leaf_hash((*theirs)[i]));
      if (!differs.empty() || i >= ours->size() || (*ours)[i] == (*theirs)[i]) continue;
      differs = "index " + std::to_string(number * tile_width + i) + ": its leaf hash was " +
                base64_encode(leaf_hash((*ours)[i]).view()) + ", and is now " +
                base64_encode(leaf_hash((*theirs)[i]).view());
      evidence.emplace_back("held.leaf", std::string((*ours)[i]));
      evidence.emplace_back("shown.leaf", std::string((*theirs)[i]));
    }
  }
  const bool signed_so = served.root() == shown.root;
  if (signed_so && differs.empty()) return unfit_file("a file that came a moment ago");
  const std::string heads = "held " + show(head_) + ", shown " + show({shown.size, shown.root}) +
                            (differs.empty() ? "" : "; " + differs);
  if (signed_so) return accuse("monitor.fork", heads, evidence);
  return accuse("monitor.leaves",
                heads + "; the entries it serves give " + show({served.size(), served.root()}),
                evidence);
}

Error Mirror::accuse(std::string rule, std::string detail,
                     const std::vector<std::pair<std::string, std::string>>& evidence) {
  const std::string folder =
      "evidence/" + std::to_string(options_.now_ms()) + '-' + rule.substr(rule.find('.') + 1) + '/';
  Result<void> kept;
  for (const auto& [name, octets] : evidence) {
    if (kept) kept = folder_->write(folder + name, octets);
  }
  if (kept) kept = folder_->write(folder + "what.txt", rule + ": " + detail + '\n');
  if (kept) kept = folder_->settle();
  detail += kept ? "; both sides are in " + folder_->path() + '/' + folder
                 : "; and the evidence could not be written: " + kept.error().detail;
  return {Errc::corrupt, std::move(rule), {}, std::move(detail)};
}

}  // namespace nguon::ledger
