#pragma once

#include "ledger/base/result.hpp"
#include "server/resolver/link_item.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace nguon::server {

/// The links of a resolver, as an operator's file has them (README "The file"). Immutable; any
/// thread.
class LinkTable {
 public:
  static constexpr std::size_t max_octets = 16 << 20;
  static constexpr std::size_t max_items = 20'000;
  static constexpr std::size_t max_links = 64;  ///< Of one item.
  static constexpr std::size_t max_text = 1024;

  /// Knows nothing.
  LinkTable() = default;
  /// Error: `links.file`, its field the place as a JSON Pointer, its detail the line and what is
  /// wrong there.
  static ledger::Result<LinkTable> parse(std::string_view text);

  /// `path` as one of ItemLevels; nullptr: nothing is known of it.
  const LinkItem* find(std::string_view path) const;
  /// `https://HOST` before every anchor; empty: the file does not say.
  const std::string& root() const { return root_; }
  std::size_t size() const { return items_.size(); }
  const std::map<std::string, LinkItem, std::less<>>& items() const { return items_; }

 private:
  std::string root_;
  std::map<std::string, LinkItem, std::less<>> items_;
};

}  // namespace nguon::server
