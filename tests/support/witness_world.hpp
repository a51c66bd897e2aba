#pragma once

#include "ledger/log/add_checkpoint.hpp"
#include "ledger/log/checkpoint.hpp"
#include "ledger/witness/witness.hpp"
#include "tests/support/memory_tree.hpp"
#include "tests/support/temp_dir.hpp"

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace nguon::ledger {

/// A log that may lie, a witness over it in a folder of its own, and a clock in the test's hand.
class WitnessWorld {
 public:
  struct ManualClock final : Clock {
    std::int64_t now_ms() const override { return now; }
    std::int64_t now = 1'789'000'000'000;
  };

  WitnessWorld() { reopen(); }

  static PrivateKey key(char seed) {
    return PrivateKey::from_seed(Alg::eddsa, std::string(32, seed));
  }
  NoteVerifier log(char seed = 'l') const {
    return *NoteVerifier::make(origin, key(seed).public_key());
  }
  static NoteVerifier name() {
    return *NoteVerifier::make_witness("w.example", key('w').public_key());
  }

  /// The witness as another process would find it.
  void reopen() {
    witness.reset();
    auto opened = Witness::open(folder.string(), name(), key('w'), {log()}, clock);
    if (!opened) throw std::runtime_error(opened.error().rule + " " + opened.error().detail);
    witness = std::move(*opened);
  }

  /// A tree of `size` leaves; from leaf `fork_at` on another history.
  static MemoryTree tree(std::uint64_t size, std::uint64_t fork_at = ~0ULL) {
    MemoryTree made;
    for (std::uint64_t i = 0; i < size; ++i) {
      made.append((i >= fork_at ? "other " : "") + std::to_string(i));
    }
    return made;
  }
  std::string checkpoint(const MemoryTree& of, char seed = 'l') const {
    return sign_checkpoint({origin, of.size(), of.root()}, log(seed), key(seed));
  }
  /// What an honest log of this tree sends to a witness that is at `from`.
  std::string request(std::uint64_t from, const MemoryTree& to) const {
    auto path = from <= to.size() ? consistency_path(from, to.size(), to.reader()).value()
                                  : std::vector<Hash>();
    return format_add_checkpoint({from, std::move(path), checkpoint(to)});
  }
  Witness::Answer ask(std::uint64_t from, const MemoryTree& to) {
    return witness->add(request(from, to));
  }

  const std::string origin = "so.example/log/0";
  tests::TempDir folder;
  ManualClock clock;
  std::unique_ptr<Witness> witness;
};

}  // namespace nguon::ledger
