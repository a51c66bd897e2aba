#pragma once

#include "ledger/base/result.hpp"
#include "ledger/store/frozen_files.hpp"
#include "ledger/store/statistics.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::ledger {

/// The families of DESIGN §8. Every key within one begins with the log's number
/// (ledger/store/keys.hpp).
enum class Family : std::uint8_t { log, state, index, private_values, blobs, telemetry };
inline constexpr std::size_t family_count = 6;

inline constexpr std::size_t max_key_size = 512;
inline constexpr std::size_t max_value_size = 64 * 1024;
inline constexpr std::size_t max_batch_size = 4 * 1024 * 1024;

/// Writes that become visible together or not at all. Later writes to one key win.
class WriteBatch {
 public:
  struct Write {
    Family family;
    std::string key;
    std::optional<std::string> value;  ///< None: delete.
  };
  void put(Family family, std::string key, std::string value);
  void erase(Family family, std::string key);
  const std::vector<Write>& writes() const { return writes_; }
  /// Sum of key and value octets.
  std::size_t size() const { return size_; }
  bool empty() const { return writes_.empty(); }

 private:
  std::vector<Write> writes_;
  std::size_t size_ = 0;
};

/// How a commit ended.
enum class Commit {
  done,      ///< Durable: it survives kill -9 and power loss.
  conflict,  ///< The head was not the expected one; nothing was written.
  fenced,    ///< Another writer took over; this process must stop writing. Nothing was written.
  unknown,   ///< It may or may not be there: stop signing, exit, recover by the start path.
};

/// An ordered key-value store, the only door to the disk below the ledger. Thread-safe for reads;
/// one writer at a time. Errors: `store.corrupt` (Errc::corrupt), `store.io` (Errc::unavailable).
class Store {
 public:
  virtual ~Store() = default;

  /// Absent when there is no such key: an empty value is a value.
  virtual Result<std::optional<std::string>> get(Family family, std::string_view key) const = 0;
  /// One answer per key, in the order asked.
  virtual Result<std::vector<std::optional<std::string>>> multi_get(
      Family family, const std::vector<std::string>& keys) const = 0;
  /// Visits keys k with first <= k < last in byte order on one snapshot until `visit` returns
  /// false.
  virtual Result<void> scan(
      Family family, std::string_view first, std::string_view last,
      const std::function<bool(std::string_view key, std::string_view value)>& visit) const = 0;

  /// Writes the batch atomically and syncs, provided `expected_head` equals the octets stored under
  /// the head key of the log it touches (ledger/store/keys.hpp); an empty string expects no such
  /// key.
  virtual Commit commit(const WriteBatch& batch, std::string_view expected_head) = 0;

  /// Makes deleted values of `family` unrecoverable from the store's files: flushes, rewrites what
  /// held them and drops the write-ahead log. Blocks for as long as the rewriting takes.
  virtual Result<void> purge(Family family) = 0;

  /// Reads every block and checks its checksum. Error `store.corrupt` names the first bad file.
  virtual Result<void> verify_checksums() const = 0;

  /// Writes are slowed down or stopped until what was written before has been worked in: a commit
  /// may block. Costs nothing worth counting.
  virtual bool stalled() const = 0;
  virtual StoreStatistics statistics() const = 0;

  /// Holds the store's files as they are between two commits, to be copied. Waits up to `patience`
  /// for a purge or another holder, then `store.frozen` (Errc::too_busy). A store without files of
  /// its own, such as a remote one, is copied by its own means: `store.no-files`.
  virtual Result<std::unique_ptr<FrozenFiles>> freeze(std::chrono::milliseconds patience);
};

}  // namespace nguon::ledger
