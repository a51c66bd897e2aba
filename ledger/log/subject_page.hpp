#pragma once

#include "ledger/base/hash.hpp"
#include "ledger/base/result.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::ledger {

/// Entries of a page, and the level of the tree at which a page is one node.
inline constexpr std::uint64_t subject_page_width = 256;
inline constexpr unsigned subject_page_level = 8;

/// 256 entries of one subject in log order, and the nodes of its tree that the last of them
/// completes (FORMAT.md "Subject pages"). Page n never changes once it is full.
struct SubjectPage {
  std::uint64_t last = 0;   ///< Log index of its last entry.
  std::vector<Hash> ids;    ///< 256 entry ids.
  std::vector<Hash> nodes;  ///< [j] = node(8 + j, n >> j).

  bool operator==(const SubjectPage&) const = default;
};

std::string encode_subject_page(const SubjectPage& page);
/// Errors: `store.corrupt` unless a row of page `number` can have this shape.
Result<SubjectPage> decode_subject_page(std::uint64_t number, std::string_view octets);

/// Gives a full page of the subject in question; an Error is passed on.
using SubjectPageReader = std::function<Result<SubjectPage>(std::uint64_t number)>;

/// Page `number` over these 256 ids. `earlier` is asked for the pages whose nodes it joins.
Result<SubjectPage> make_subject_page(std::uint64_t number, std::uint64_t last,
                                      std::vector<Hash> ids, const SubjectPageReader& earlier);

/// node(level, index) of the subject's tree for level ≥ 8, from the page that completed it.
Result<Hash> subject_page_node(unsigned level, std::uint64_t index, const SubjectPageReader& pages);

/// RFC 6962 root over entry ids: what a head's `root` must be.
Hash subject_root(const std::vector<Hash>& ids);

}  // namespace nguon::ledger
