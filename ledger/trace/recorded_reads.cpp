#include "ledger/trace/recorded_reads.hpp"

#include "ledger/keys/sha256.hpp"

#include <utility>

namespace nguon::ledger::trace {
namespace {

/// Absent is another answer than empty.
Hash digest(const std::optional<std::string>& value) {
  return value ? sha256("=", *value) : sha256("");
}

/// What stands in an entry never changes: of one that was found, that it was found.
Hash digest(const std::optional<Leaf>& leaf) { return sha256(leaf ? "=" : ""); }

Hash digest(const std::vector<std::uint64_t>& indexes) {
  std::string text;
  for (const auto index : indexes) text += std::to_string(index) + ' ';
  return sha256(text);
}

}  // namespace

Result<Hash> Reads::ask(const Source& source, const Question& question) {
  const auto& [what, key, first, limit] = question;
  switch (what) {
    case What::state: {
      NGUON_TRY(const auto value, source.get(key));
      return digest(value);
    }
    case What::entry: {
      NGUON_TRY(const auto leaf, source.find(key));
      return digest(leaf);
    }
    case What::history: {
      NGUON_TRY(const auto indexes, source.history(key, first, limit));
      return digest(indexes);
    }
    case What::consumers:
      break;
  }
  NGUON_TRY(const auto indexes, source.consumers(key, limit));
  return digest(indexes);
}

Result<bool> Reads::still(const Source& source) const {
  for (const auto& [question, answer] : answers_) {
    NGUON_TRY(const Hash now, ask(source, question));
    if (now != answer) return false;
  }
  return true;
}

Result<std::optional<std::string>> RecordedReads::get(std::string_view key) const {
  NGUON_TRY(auto value, source_.get(key));
  noted_.answers_.emplace(Reads::Question{Reads::What::state, key, 0, 0}, digest(value));
  return value;
}

Result<std::optional<Leaf>> RecordedReads::find(std::string_view entry_id) const {
  NGUON_TRY(auto leaf, source_.find(entry_id));
  noted_.answers_.emplace(Reads::Question{Reads::What::entry, entry_id, 0, 0}, digest(leaf));
  return leaf;
}

Result<std::vector<std::uint64_t>> RecordedReads::history(std::string_view sub, std::uint64_t first,
                                                          std::size_t limit) const {
  NGUON_TRY(auto indexes, source_.history(sub, first, limit));
  noted_.answers_.emplace(Reads::Question{Reads::What::history, sub, first, limit},
                          digest(indexes));
  return indexes;
}

Result<std::vector<std::uint64_t>> RecordedReads::consumers(std::string_view sub,
                                                            std::size_t limit) const {
  NGUON_TRY(auto indexes, source_.consumers(sub, limit));
  noted_.answers_.emplace(Reads::Question{Reads::What::consumers, sub, 0, limit}, digest(indexes));
  return indexes;
}

}  // namespace nguon::ledger::trace
