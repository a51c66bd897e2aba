#pragma once

#include "ledger/base/result.hpp"
#include "server/blobs/blob_name.hpp"
#include "server/blobs/media.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::server {

/// One blob as one organisation has it. Each has its own copy: whoever names a hash that he got to
/// know must bring the octets too, and never gets another organisation's.
struct BlobKey {
  std::string org;  ///< Subject id.
  ledger::Hash sha256;

  auto operator<=>(const BlobKey&) const = default;
};

struct StoredBlob {
  BlobName name;
  std::vector<std::string> entries;  ///< Ids of those that name it; never empty.
  std::uint64_t arrived = 0;         ///< Octets that are on the disk.
  bool kept = false;                 ///< All arrived, checked and published.
  std::uint64_t begun = 0;           ///< Number of its beginning, other for one begun anew.
};

struct BlobStoreOptions {
  std::uint64_t quota = std::uint64_t{2} << 30;  ///< Octets an organisation may have.
  std::uint64_t free_space_reserve = 0;          ///< Octets of the disk that stay free.
  /// Whether octets are what their type claims; called by any thread, several at a time.
  std::function<ledger::Result<void>(std::string_view type, std::string_view octets)> check =
      check_media;
};

/// Photos and documents in `<folder>/kept/<org>/<sha256>/`, those on their way in `arriving/`:
/// in each a file `octets` and a file `about`, which says what entries named it. Thread-safe. Calls
/// exclude each other at the disk, so that a slow one is waited for by one caller at a time;
/// hashing and decoding, which take a second of a large photo, keep nobody else waiting.
///
/// Crash order. `about` is renamed into a synced folder before the first octet is taken, so octets
/// without it are nobody's. Each piece is synced before its end is told, so what was told has
/// arrived. A whole blob moves from `arriving` to `kept` by one rename of its folder, synced before
/// it is said to be held: it is there with its `about`, or not. What goes is first renamed into
/// `leaving`, so half a deletion is finished by the next start.
class BlobStore {
 public:
  /// Makes what is missing, finishes what a crash left. Errors: `blob.disk`.
  static ledger::Result<std::unique_ptr<BlobStore>> open(const std::string& folder,
                                                         const BlobStoreOptions& options);

  std::optional<StoredBlob> find(const BlobKey& key) const;
  /// Every organisation's copy of one hash.
  std::vector<BlobKey> copies_of(const ledger::Hash& sha256) const;
  std::vector<BlobKey> all() const;
  /// Octets promised to an organisation, arrived or not.
  std::uint64_t used_by(const std::string& org) const;

  /// `entry` names the blob: begins it, or counts the entry in. Errors: `blob.differs` (another
  /// size or type under this hash), `blob.quota`, `blob.entries`, `blob.disk`.
  ledger::Result<StoredBlob> claim(const BlobKey& key, const BlobName& name,
                                   const std::string& entry);
  /// Takes a piece that begins at octet `from`. Errors: `blob.unknown`, `blob.offset`
  /// (Errc::conflict) unless it begins where the last one ended, `blob.range` beyond its end,
  /// `store.space` (Errc::too_busy), `blob.disk`.
  ledger::Result<std::uint64_t> append(const BlobKey& key, std::uint64_t from,
                                       std::string_view piece);
  /// Publishes a blob all of which has arrived; one that is not what was claimed goes, and is
  /// begun anew by the next claim. Errors: `blob.unknown`, also where it went while it was looked
  /// at, `blob.hash`, those of check_media(), `blob.disk`.
  ledger::Result<void> keep(const BlobKey& key);
  /// The octets of one that is kept, hashed again. Errors: `blob.unknown`, `blob.hash`
  /// (Errc::corrupt), `blob.disk`.
  ledger::Result<std::string> read(const BlobKey& key) const;
  /// These entries name it no more; without any it is deleted. Errors: `blob.disk`.
  ledger::Result<void> release(const BlobKey& key, const std::vector<std::string>& entries);
  /// Deletes what began to arrive and got no octet since `before` (Unix seconds). Errors:
  /// `blob.disk`.
  ledger::Result<void> sweep_stale(std::int64_t before);

 private:
  BlobStore(std::string folder, const BlobStoreOptions& options)
      : folder_(std::move(folder)), options_(options) {}
  std::string folder_of(const BlobKey& key, bool kept) const;
  ledger::Result<void> scan(bool kept);
  ledger::Result<void> remove(const BlobKey& key);
  ledger::Result<StoredBlob*> known(const BlobKey& key);
  ledger::Result<void> publish(const BlobKey& key, StoredBlob& blob);

  const std::string folder_;
  const BlobStoreOptions options_;
  /// Guards all below and the files; let go while octets in memory are hashed and decoded.
  mutable std::mutex mutex_;
  std::map<BlobKey, StoredBlob> blobs_;
  std::map<std::string, std::uint64_t> used_;  // By organisation.
  std::uint64_t left_ = 0;                     // Names in `leaving`.
  std::uint64_t begun_ = 0;                    // Beginnings so far.
};

}  // namespace nguon::server
