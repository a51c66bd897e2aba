#include "ledger/log/subject_pager.hpp"

#include "ledger/log/subject_tree.hpp"
#include "ledger/store/keys.hpp"

#include <algorithm>

namespace nguon::ledger {

void SubjectPager::start_over() {
  added_.clear();
  rows_.clear();
}

Result<void> SubjectPager::add(std::string_view sub, std::uint64_t index, const Hash& id,
                               std::uint64_t count, WriteBatch& batch) {
  added_.push_back({std::string(sub), index, id});
  if (count % subject_page_width != 0) return {};
  const std::uint64_t number = count / subject_page_width - 1;
  NGUON_TRY(auto ids, open_ids(sub, number));
  if (ids.size() != subject_page_width) {
    return Error{Errc::corrupt, "store.corrupt", {}, "a history does not match its head"};
  }
  NGUON_TRY(const SubjectPage full,
            make_subject_page(number, index, std::move(ids),
                              [&](std::uint64_t earlier) { return page(sub, earlier); }));
  std::string key = keys::subject_page(log_, sub, number);
  std::string row = encode_subject_page(full);
  rows_.insert_or_assign(key, row);
  batch.put(Family::index, std::move(key), std::move(row));
  return {};
}

Result<SubjectPage> SubjectPager::page(std::string_view sub, std::uint64_t number) const {
  const auto found = rows_.find(keys::subject_page(log_, sub, number));
  if (found != rows_.end()) return decode_subject_page(number, found->second);
  return read_subject_page(store_, log_, sub, number);
}

Result<std::vector<Hash>> SubjectPager::open_ids(std::string_view sub, std::uint64_t number) const {
  std::uint64_t begin = 0;
  if (number > 0) {
    NGUON_TRY(const SubjectPage before, page(sub, number - 1));
    begin = before.last + 1;
  }
  const auto first = std::find_if(added_.begin(), added_.end(), [&](const Added& one) {
    return one.sub == sub && one.index >= begin;
  });
  if (first == added_.end()) return std::vector<Hash>();
  NGUON_TRY(const auto indexes, read_history(store_, log_, sub, begin, first->index));
  NGUON_TRY(auto ids, read_entry_ids(store_, log_, indexes));
  for (auto one = first; one != added_.end(); ++one) {
    if (one->sub == sub) ids.push_back(one->id);
  }
  return ids;
}

}  // namespace nguon::ledger
