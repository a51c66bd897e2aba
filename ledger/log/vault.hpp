#pragma once

#include "ledger/base/generation_cache.hpp"
#include "ledger/entry/entry.hpp"
#include "ledger/store/store.hpp"

#include <cstdint>
#include <mutex>
#include <span>
#include <string>
#include <vector>

namespace nguon::ledger {

/// Private values at rest (FORMAT.md "Vault"): each disclosure under a key of its own, that key
/// wrapped by its person's key, and that one wrapped by the vault key, which lives outside the
/// store. Destroying a row or a person's key erases; signatures and proofs stay valid. put() and
/// erase() belong to the sequencer's thread; open() to any.
class Vault {
 public:
  /// `vault_key`: 32 octets. `store` outlives the vault.
  Vault(const Store& store, std::uint32_t log, std::string vault_key);
  ~Vault();

  /// Whom a value of `entry` is about: its subject where that is a person, else the person it was
  /// entered for, else the signer. FORMAT.md "Vault" says why.
  static std::string person_of(const Entry& entry, std::string_view signer);

  /// Adds the rows of one entry's disclosures to the batch that logs it.
  Result<void> put(const Entry& entry, std::span<const Disclosure> disclosures,
                   std::string_view signer, WriteBatch& batch);
  /// Adds the deletions an accepted `erase/1` demands, and the marker that a purge is due: for a
  /// person the deletion of the key only, for its rows may exceed a batch. They are unreadable from
  /// then on, and sweep() deletes them.
  Result<void> erase(const Entry& erase, WriteBatch& batch);
  /// Adds to `batch` the deletion of rows of `person` that its living key, if it has one, does not
  /// open: those of a destroyed key. Looks at 1,024 rows from `after` on (empty at first), moves
  /// it, and returns whether more may follow. From any thread. Errors: `private.sealed` when the
  /// living key itself cannot be opened, `store.*`.
  Result<bool> sweep(std::string_view person, std::string& after, WriteBatch& batch) const;

  /// The values of an entry that are still held, in pointer order.
  Result<std::vector<Disclosure>> open(std::string_view entry_id) const;
  /// Pointers only, without opening anything unless a sweep is due.
  Result<std::vector<std::string>> slots(std::string_view entry_id) const;

 private:
  Result<Disclosure> open_row(const std::string& where, std::string_view row,
                              std::string pointer) const;
  /// Whether rows of a destroyed key of `person`, or for an empty one of anybody, may still be
  /// there.
  Result<bool> sweep_due(std::string_view person) const;
  Result<std::string> person_key(std::string_view person, WriteBatch* batch) const;

  const Store& store_;
  const std::uint32_t log_;
  std::string vault_key_;
  mutable std::mutex mutex_;                            // Guards persons_.
  mutable GenerationCache<std::string> persons_{4096};  // Opened person keys.
};

}  // namespace nguon::ledger
