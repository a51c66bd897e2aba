#pragma once

#include "ledger/base/hash.hpp"
#include "ledger/base/result.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace nguon::ledger {

/// A folder copy of `/log/<n>/`: `checkpoint`, `tile/…`, `tile/entries/…`, `rules/<sha256 hex>`,
/// files named as the URLs are. Nothing in it is believed until hashed.
class LogFolder {
 public:
  explicit LogFolder(std::string path) : path_(std::move(path)) {}

  /// The signed note. Errors: `folder.file`.
  Result<std::string> checkpoint() const;
  using LeafVisit = std::function<Result<void>(std::uint64_t index, std::string_view leaf)>;
  /// Visits leaves 0..size−1 in order until `visit` fails. Errors: `folder.file` when a bundle is
  /// missing or short, `tile.entries`, those of `visit`.
  Result<void> leaves(std::uint64_t size, const LeafVisit& visit) const {
    return leaves(0, size, visit);
  }
  /// The same from leaf `begin` on.
  Result<void> leaves(std::uint64_t begin, std::uint64_t size, const LeafVisit& visit) const;
  /// A full tile as it was copied; absent when it was not: leaves give it again. Errors:
  /// `folder.file` when it cannot be read.
  Result<std::optional<std::string>> full_tile(unsigned level, std::uint64_t number) const;
  /// The rule bundle with this hash. Errors: `folder.file` when missing or different.
  Result<std::string> rules(const Hash& bundle) const;
  /// Any file by its name. Errors: `folder.file`, Errc::not_found when there is none,
  /// Errc::too_large over `limit` octets.
  Result<std::string> read(const std::string& name, std::size_t limit) const;

 private:
  std::string path_;
};

}  // namespace nguon::ledger
