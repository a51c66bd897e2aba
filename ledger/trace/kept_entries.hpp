#pragma once

#include "ledger/base/generation_cache.hpp"
#include "ledger/trace/opened.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>

namespace nguon::ledger::trace {

/// Logged entries as they were read, by index: the stories of goods share many, and reading one
/// costs some fifty times what copying a pointer to it does. Nothing here grows old, for what is
/// logged never changes; what was used least lately goes first. Any thread.
class KeptEntries {
 public:
  /// A long entry is read again each time: one intake may name 600 households.
  static constexpr std::size_t longest = 4096;

  /// Holds at most `most` entries, each of a JWS of at most `longest` octets.
  explicit KeptEntries(std::size_t most) : entries_(most / 2) {}

  /// Null when it is not kept.
  std::shared_ptr<const Opened> find(std::uint64_t index);
  /// `octets`: of its JWS.
  void keep(std::uint64_t index, std::shared_ptr<const Opened> entry, std::size_t octets);

 private:
  std::mutex mutex_;  // Guards the one below.
  GenerationCache<std::shared_ptr<const Opened>, std::uint64_t> entries_;
};

}  // namespace nguon::ledger::trace
