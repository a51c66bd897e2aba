#pragma once

#include "ledger/apply/state.hpp"
#include "ledger/log/ledger.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::ledger::trace {

class KeptEntries;
struct Opened;

/// What the read side asks of a log: its public state (StateReader) and four indexes. All are of
/// one released head or newer ones; a reader that sees an entry sees its state. Errors only when
/// storage fails.
class Source : public StateReader {
 public:
  /// The logged entry at an index that history() or consumers() named.
  virtual Result<Leaf> leaf(std::uint64_t index) const = 0;
  /// The same, read (open_leaf). Shared: a source may keep it, for what is logged never changes.
  virtual Result<std::shared_ptr<const Opened>> opened(std::uint64_t index) const;
  /// By the id of the logged entry (of an adoption: the outer one's); absent when there is none.
  virtual Result<std::optional<Leaf>> find(std::string_view entry_id) const = 0;
  /// Log indexes of the entries whose `sub` this is, oldest first, from the `first`-th (0-based),
  /// ≤ limit.
  virtual Result<std::vector<std::uint64_t>> history(std::string_view sub, std::uint64_t first,
                                                     std::size_t limit) const = 0;
  /// Log indexes of the entries whose `from` names this subject, oldest first, ≤ limit.
  virtual Result<std::vector<std::uint64_t>> consumers(std::string_view sub,
                                                       std::size_t limit) const = 0;
};

/// A Source over a running Ledger. Both outlive it; with `kept` an entry that was read lately is not
/// read again.
class LedgerSource final : public Source {
 public:
  explicit LedgerSource(const Ledger& ledger, KeptEntries* kept = nullptr)
      : ledger_(ledger), kept_(kept) {}

  Result<std::optional<std::string>> get(std::string_view key) const override {
    return ledger_.state(key);
  }
  Result<Leaf> leaf(std::uint64_t index) const override { return ledger_.leaf(index); }
  Result<std::shared_ptr<const Opened>> opened(std::uint64_t index) const override;
  Result<std::optional<Leaf>> find(std::string_view entry_id) const override {
    return ledger_.find(entry_id);
  }
  Result<std::vector<std::uint64_t>> history(std::string_view sub, std::uint64_t first,
                                             std::size_t limit) const override {
    return ledger_.history(sub, first, limit);
  }
  Result<std::vector<std::uint64_t>> consumers(std::string_view sub,
                                               std::size_t limit) const override {
    return ledger_.consumers(sub, limit);
  }

 private:
  const Ledger& ledger_;
  KeptEntries* const kept_;
};

}  // namespace nguon::ledger::trace
