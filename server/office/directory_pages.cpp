#include "server/office/directory.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

namespace nguon::server {
namespace {

using ledger::Errc;
using ledger::Error;
using ledger::Result;

constexpr std::size_t rows_at_once = 512;

/// What a list is ordered by: the name, which of a person is a secret.
std::string_view order_key(const Row& row, RowKind kind, Sight& sight) {
  if (kind != RowKind::members) return row.text.words;
  for (const Secret& secret : row.secrets) {
    if (secret.slot->pointer == "/name" && sight.opens(secret, row)) return secret.text.words;
  }
  return {};
}

std::string shown(const Row& row, Sight& sight) {
  std::string text = "{" + row.fields;
  for (const Secret& secret : row.secrets) {
    if (!sight.opens(secret, row)) continue;
    text += ",\"";
    text += std::string_view(secret.slot->pointer).substr(1);
    text += "\":";
    text += secret.value;
  }
  text += '}';
  return text;
}

}  // namespace

/// A row that answers, and where it stands among those that do.
struct Directory::Found {
  int rank = 0;
  bool unnamed = false;
  std::string_view key;
  const Row* row = nullptr;

  bool operator<(const Found& other) const {
    return std::tie(rank, unnamed, key, row->sub, row->org) <
           std::tie(other.rank, other.unnamed, other.key, other.row->sub, other.row->org);
  }
};

Result<Sight> Directory::sight_of(const Viewer& viewer, const std::string& org) const {
  const std::uint32_t home = known_number(viewer.org);
  if (org.empty()) return Sight(viewer, home, parents_);
  const std::uint32_t below = known_number(org);
  if (below == no_org || !Sight::may_ask(viewer, home, parents_, below)) {
    return Error{Errc::forbidden, "directory.org", "/org", {}};
  }
  return Sight(viewer, home, parents_, below);
}

Result<std::vector<Directory::Found>> Directory::find(const Selection& selection, Sight& sight,
                                                      std::size_t limit, std::size_t& total) const {
  const Search search(selection.typed);
  const auto found = [&](const Row& row) -> std::optional<Found> {
    if (!sight.sees(row)) return std::nullopt;
    const auto rank = search.rank(row, sight);
    if (!rank) return std::nullopt;
    const auto key = order_key(row, selection.kind, sight);
    return Found{*rank, key.empty(), key, &row};
  };
  std::optional<Found> after;
  if (!selection.after.empty()) {
    const std::string_view cursor = selection.after;
    const auto tilde = std::min(cursor.find('~'), cursor.size());
    const auto [first, last] = by_subject_.equal_range(cursor.substr(0, tilde));
    for (auto at = first; at != last; ++at) {
      if (orgs_[at->second->org] == cursor.substr(std::min(tilde + 1, cursor.size()))) {
        after = found(*at->second);
      }
    }
    if (!after || row_kind_of_subject(after->row->sub) != selection.kind) {
      return ledger::invalid("directory.cursor", "/after", {});
    }
  }
  // The least `limit` of those behind the cursor: a heap whose top is the greatest of them.
  std::vector<Found> least;
  for (const Row& row : rows_[static_cast<std::size_t>(selection.kind)]) {
    const auto one = found(row);
    if (!one) continue;
    ++total;
    if (after && !(*after < *one)) continue;
    if (least.size() < limit) {
      least.push_back(*one);
      if (least.size() == limit) std::make_heap(least.begin(), least.end());
    } else if (*one < least.front()) {
      std::pop_heap(least.begin(), least.end());
      least.back() = *one;
      std::push_heap(least.begin(), least.end());
    }
  }
  std::sort(least.begin(), least.end());
  return least;
}

Result<ListPage> Directory::page(const Viewer& viewer, const Selection& selection) {
  NGUON_CHECK(refresh());
  const std::shared_lock lock(rows_mutex_);
  NGUON_TRY(auto sight, sight_of(viewer, selection.org));
  ListPage page;
  // One more than wanted tells whether there are more.
  NGUON_TRY(auto found, find(selection, sight, selection.limit + 1, page.total));
  if (found.size() > selection.limit) {
    found.resize(selection.limit);
    page.next = found.back().row->sub + "~" + orgs_[found.back().row->org];
  }
  page.exact = !found.empty() && found.front().rank == Search::exact;
  for (const auto& one : found) page.rows.push_back(shown(*one.row, sight));
  return page;
}

Result<void> Directory::each(const Viewer& viewer, const Selection& selection,
                             const std::function<bool(const std::string&)>& take) {
  NGUON_CHECK(refresh());
  std::shared_lock lock(rows_mutex_);
  NGUON_TRY(auto sight, sight_of(viewer, selection.org));
  Selection all = selection;
  all.after.clear();
  std::size_t total = 0;
  NGUON_TRY(const auto found, find(all, sight, std::numeric_limits<std::size_t>::max(), total));
  // Rows stay where they are; what they say is read under the lock, a chunk at a time, and taken
  // without it.
  std::vector<std::string> chunk;
  for (std::size_t at = 0; at < found.size();) {
    chunk.clear();
    for (; at < found.size() && chunk.size() < rows_at_once; ++at) {
      chunk.push_back(shown(*found[at].row, sight));
    }
    lock.unlock();
    for (const auto& row : chunk) {
      if (!take(row)) return {};
    }
    lock.lock();
  }
  return {};
}

}  // namespace nguon::server
