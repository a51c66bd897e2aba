#include "ledger/log/subject_tree.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/apply/records_core.hpp"
#include "ledger/log/leaf.hpp"
#include "ledger/log/merkle_proof.hpp"
#include "ledger/store/keys.hpp"

#include <algorithm>

namespace nguon::ledger {
namespace {

Error lacks(const char* what) { return {Errc::corrupt, "store.corrupt", {}, what}; }

}  // namespace

Result<SubjectPage> read_subject_page(const Store& store, std::uint32_t log, std::string_view sub,
                                      std::uint64_t number) {
  NGUON_TRY(const auto row, store.get(Family::index, keys::subject_page(log, sub, number)));
  if (!row) return lacks("a page of a subject is missing");
  return decode_subject_page(number, *row);
}

Result<std::vector<std::uint64_t>> read_history(const Store& store, std::uint32_t log,
                                                std::string_view sub, std::uint64_t begin,
                                                std::uint64_t end) {
  std::vector<std::uint64_t> indexes;
  const std::string prefix = keys::history(log, sub);
  NGUON_CHECK(store.scan(Family::index, prefix + keys::big_endian(begin),
                         prefix + keys::big_endian(end), [&](std::string_view key, auto) {
                           indexes.push_back(keys::read_big_endian(key.substr(prefix.size())));
                           return true;
                         }));
  return indexes;
}

Result<std::vector<Hash>> read_entry_ids(const Store& store, std::uint32_t log,
                                         const std::vector<std::uint64_t>& indexes) {
  std::vector<std::string> wanted;
  wanted.reserve(indexes.size());
  for (const std::uint64_t index : indexes) wanted.push_back(keys::leaf(log, index));
  NGUON_TRY(const auto texts, store.multi_get(Family::log, wanted));
  std::vector<Hash> ids;
  ids.reserve(indexes.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (!texts[i]) return lacks("a leaf is missing");
    NGUON_TRY(const Leaf leaf, decode_leaf(indexes[i], *texts[i]));
    ids.push_back(id_of(leaf));
  }
  return ids;
}

Result<SubjectTree> SubjectTree::open(const Store& store, std::uint32_t log, std::string sub,
                                      std::uint64_t size) {
  SubjectTree tree(store, log, std::move(sub));
  NGUON_TRY(const auto stored,
            store.get(Family::state, keys::state(log, state_key::head(tree.sub_))));
  if (!stored) return tree;
  NGUON_TRY(const auto head, decode<HeadRecord>(*stored));
  tree.pages_ = static_cast<std::uint64_t>(head.count) / subject_page_width;
  // The stored head may be ahead of the size asked about, by what is not released yet.
  while (tree.pages_ > 0) {
    NGUON_TRY(const SubjectPage* const newest, tree.page(tree.pages_ - 1));
    if (newest->last < size) break;
    --tree.pages_;
  }
  NGUON_TRY(const std::uint64_t begin, tree.begin_of(tree.pages_));
  NGUON_TRY(tree.tail_, read_history(store, log, tree.sub_, begin, size));
  return tree;
}

Result<const SubjectPage*> SubjectTree::page(std::uint64_t number) {
  const auto held = held_.find(number);
  if (held != held_.end()) return &held->second;
  NGUON_TRY(SubjectPage read, read_subject_page(*store_, log_, sub_, number));
  return &held_.emplace(number, std::move(read)).first->second;
}

Result<std::uint64_t> SubjectTree::begin_of(std::uint64_t number) {
  if (number == 0) return std::uint64_t{0};
  NGUON_TRY(const SubjectPage* const before, page(number - 1));
  return before->last + 1;
}

Result<void> SubjectTree::load_tail() {
  if (!tail_ids_.empty() || tail_.empty()) return {};
  NGUON_TRY(tail_ids_, read_entry_ids(*store_, log_, tail_));
  return {};
}

Result<Hash> SubjectTree::node(unsigned level, std::uint64_t index) {
  if (level >= subject_page_level) {
    return subject_page_node(level, index, [this](std::uint64_t number) -> Result<SubjectPage> {
      NGUON_TRY(const SubjectPage* const found, page(number));
      return *found;
    });
  }
  const std::uint64_t first = index << level;
  const std::uint64_t number = first / subject_page_width;
  const std::vector<Hash>* ids = &tail_ids_;
  if (number < pages_) {
    NGUON_TRY(const SubjectPage* const found, page(number));
    ids = &found->ids;
  } else {
    NGUON_CHECK(load_tail());
  }
  const auto from = ids->begin() + static_cast<std::ptrdiff_t>(first % subject_page_width);
  return subject_root({from, from + (std::ptrdiff_t{1} << level)});
}

Result<Hash> SubjectTree::root() {
  return subtree_root(0, count(),
                      [this](unsigned level, std::uint64_t index) { return node(level, index); });
}

Result<std::vector<Hash>> SubjectTree::inclusion(std::uint64_t position) {
  return inclusion_path(position, count(),
                        [this](unsigned level, std::uint64_t index) { return node(level, index); });
}

Result<std::optional<std::uint64_t>> SubjectTree::position(std::uint64_t index) {
  // The first page that does not end before the index.
  std::uint64_t low = 0;
  for (std::uint64_t high = pages_; low < high;) {
    const std::uint64_t middle = low + (high - low) / 2;
    NGUON_TRY(const SubjectPage* const found, page(middle));
    if (found->last < index) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  std::vector<std::uint64_t> indexes = tail_;
  if (low < pages_) {
    NGUON_TRY(const std::uint64_t begin, begin_of(low));
    NGUON_TRY(indexes, read_history(*store_, log_, sub_, begin, index + 1));
  }
  const auto found = std::lower_bound(indexes.begin(), indexes.end(), index);
  if (found == indexes.end() || *found != index) return std::optional<std::uint64_t>();
  return std::optional(low * subject_page_width +
                       static_cast<std::uint64_t>(found - indexes.begin()));
}

Result<std::vector<SubjectEntry>> SubjectTree::entries(std::uint64_t number) {
  std::vector<SubjectEntry> found;
  std::vector<std::uint64_t> indexes;
  const std::vector<Hash>* ids = &tail_ids_;
  if (number < pages_) {
    NGUON_TRY(const SubjectPage* const full, page(number));
    NGUON_TRY(const std::uint64_t begin, begin_of(number));
    NGUON_TRY(indexes, read_history(*store_, log_, sub_, begin, full->last + 1));
    if (indexes.size() != subject_page_width) return lacks("a history does not match its page");
    ids = &full->ids;
  } else if (number == pages_) {
    NGUON_CHECK(load_tail());
    indexes = tail_;
  }
  for (std::size_t i = 0; i < indexes.size(); ++i) found.push_back({indexes[i], (*ids)[i]});
  return found;
}

}  // namespace nguon::ledger
