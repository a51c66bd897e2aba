#pragma once

#include "ledger/base/hash.hpp"
#include "ledger/trace/source.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace nguon::ledger::trace {

/// What was asked of a log and a digest of each answer. What was made from the answers holds for as
/// long as the same questions get them again: nobody has to know which entries could change it.
/// Immutable once made; any thread.
class Reads {
 public:
  /// Whether every question still has its answer. Asks until one has not; about a third of the time
  /// of making a page anew. Errors: `store.*`.
  Result<bool> still(const Source& source) const;
  std::size_t size() const { return answers_.size(); }

 private:
  friend class RecordedReads;
  enum class What : std::uint8_t { state, entry, history, consumers };
  /// Key or subject, and the part of a history that was asked for.
  using Question = std::tuple<What, std::string, std::uint64_t, std::size_t>;

  static Result<Hash> ask(const Source& source, const Question& question);

  std::map<Question, Hash> answers_;
};

/// A Source that notes what is read through it. For one thread; `source` outlives it.
class RecordedReads final : public Source {
 public:
  explicit RecordedReads(const Source& source) : source_(source) {}

  Result<std::optional<std::string>> get(std::string_view key) const override;
  /// Not noted: what stands at an index never changes.
  Result<Leaf> leaf(std::uint64_t index) const override { return source_.leaf(index); }
  Result<std::shared_ptr<const Opened>> opened(std::uint64_t index) const override {
    return source_.opened(index);
  }
  Result<std::optional<Leaf>> find(std::string_view entry_id) const override;
  Result<std::vector<std::uint64_t>> history(std::string_view sub, std::uint64_t first,
                                             std::size_t limit) const override;
  Result<std::vector<std::uint64_t>> consumers(std::string_view sub,
                                               std::size_t limit) const override;

  /// Everything noted so far.
  Reads taken() const { return noted_; }

 private:
  const Source& source_;
  mutable Reads noted_;  // Reading is const to who reads.
};

}  // namespace nguon::ledger::trace
