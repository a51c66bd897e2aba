#include "server/office/directory.hpp"

#include "ledger/keys/key.hpp"
#include "ledger/trace/opened.hpp"

#include <algorithm>

namespace nguon::server {
namespace {

using ledger::Errc;
using ledger::Error;
using ledger::Result;

std::size_t octets_of(const Findable& text) {
  return text.words.capacity() + text.codes.capacity();
}

}  // namespace

Directory::Directory(const ledger::Ledger& ledger, ledger::StateScan scan,
                     const schemas::Bundle& bundle, std::size_t max_rows)
    : ledger_(ledger), scan_(std::move(scan)), bundle_(bundle), max_rows_(max_rows) {}

Result<void> Directory::refresh() {
  // Read again under the lock: this only spares those who are up to date from waiting.
  if (loaded_ && read_ == ledger_.head().size) return {};
  std::unique_lock lock(refreshing_, std::defer_lock);
  if (loaded_) {
    lock.lock();
  } else if (!lock.try_lock()) {
    return Error{Errc::too_busy, "directory.loading", {}, {}};
  }
  const std::uint64_t size = ledger_.head().size;
  if (loaded_) {
    NGUON_CHECK(read_on(size));
  } else {
    NGUON_CHECK(load());
  }
  read_ = size;
  loaded_ = true;
  return {};
}

Result<void> Directory::load() {
  std::vector<std::string> subs;
  for (const auto* prefix : {"org/", "person/", "site/", "product/", "certificate/"}) {
    NGUON_CHECK(scan_(prefix, [&](std::string_view key, std::string_view) {
      subs.emplace_back(key);
      subs.back()[key.find('/')] = ':';
      return subs.size() <= max_rows_;
    }));
  }
  // Each has a row at least.
  if (subs.size() > max_rows_) return Error{Errc::unavailable, "directory.full", {}, {}};
  for (const auto& sub : subs) {
    NGUON_CHECK(renew(sub));
  }
  return {};
}

Result<void> Directory::read_on(std::uint64_t size) {
  std::set<std::string> touched;
  for (std::uint64_t index = read_; index < size; ++index) {
    NGUON_TRY(const auto leaf, ledger_.leaf(index));
    NGUON_TRY(const auto opened, ledger::trace::open_leaf(leaf));
    const auto& entry = opened.effective;
    if (row_kind_of_subject(entry.sub)) touched.insert(entry.sub);
    const auto* scope = entry.is("erase") ? entry.data.if_contains("scope") : nullptr;
    if (scope != nullptr && *scope == "person") touched.merge(owned_by(entry.sub));
  }
  for (const auto& sub : touched) {
    NGUON_CHECK(renew(sub));
  }
  return {};
}

Result<void> Directory::renew(const std::string& sub) {
  if (stopping_) return Error{Errc::too_busy, "directory.loading", {}, {}};
  NGUON_TRY(auto made, make_rows(ledger_, bundle_, sub));
  const auto kind = row_kind_of_subject(sub);
  const std::unique_lock lock(rows_mutex_);
  for (auto& one : made) {
    one.row.org = number_of(one.org);
    if (kind == RowKind::organisations) {
      parents_[one.row.org] = one.parent.empty() ? no_org : number_of(one.parent);
    }
    if (!one.row.secrets.empty()) {
      one.row.owner = number_of(one.owner);
      one.row.maker = number_of(one.maker);
    }
    const auto [first, last] = by_subject_.equal_range(sub);
    const auto known = std::find_if(
        first, last, [&](const auto& item) { return item.second->org == one.row.org; });
    if (known == last) {
      if (by_subject_.size() >= max_rows_) {
        return Error{Errc::unavailable, "directory.full", {}, {}};
      }
      Row& row = rows_[static_cast<std::size_t>(*kind)].emplace_back(std::move(one.row));
      by_subject_.emplace(row.sub, &row);
      continue;
    }
    // Row::sub is what by_subject_ looks at, so it stays where it is.
    Row& row = *known->second;
    for (auto& secret : row.secrets) {
      for (auto* text : {&secret.value, &secret.text.words, &secret.text.codes}) {
        ledger::wipe(*text);
      }
    }
    row.fields = std::move(one.row.fields);
    row.text = std::move(one.row.text);
    row.owner = one.row.owner;
    row.maker = one.row.maker;
    row.person = std::move(one.row.person);
    row.secrets = std::move(one.row.secrets);
  }
  return {};
}

std::uint32_t Directory::number_of(const std::string& org) {
  const auto [found, is_new] =
      org_numbers_.try_emplace(org, static_cast<std::uint32_t>(parents_.size()));
  if (is_new) {
    parents_.push_back(no_org);
    orgs_.push_back(org);
  }
  return found->second;
}

std::uint32_t Directory::known_number(const std::string& org) const {
  const auto found = org_numbers_.find(org);
  return found == org_numbers_.end() ? no_org : found->second;
}

std::set<std::string> Directory::owned_by(const std::string& person) const {
  const std::shared_lock lock(rows_mutex_);
  std::set<std::string> subs;
  for (const auto& rows : rows_) {
    for (const auto& row : rows) {
      if (row.person == person) subs.insert(row.sub);
    }
  }
  return subs;
}

std::size_t Directory::size() const {
  const std::shared_lock lock(rows_mutex_);
  return by_subject_.size();
}

std::size_t Directory::octets() const {
  const std::shared_lock lock(rows_mutex_);
  constexpr std::size_t node = 4 * sizeof(void*) + sizeof(std::string_view);
  std::size_t sum = 0;
  for (const auto& rows : rows_) {
    for (const auto& row : rows) {
      sum += sizeof(Row) + node + row.sub.capacity() + row.fields.capacity() +
             row.person.capacity() + octets_of(row.text);
      for (const auto& secret : row.secrets) {
        sum += sizeof(Secret) + secret.value.capacity() + octets_of(secret.text);
      }
    }
  }
  return sum;
}

}  // namespace nguon::server
