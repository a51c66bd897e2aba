#pragma once

#include "ledger/base/clock.hpp"
#include "ledger/log/ledger.hpp"
#include "schemas/bundle.hpp"
#include "server/blobs/blob_store.hpp"
#include "server/session/viewer.hpp"

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace nguon::server {

/// Every blob that an entry names: in a private value that is still held, or in the clear.
struct NamedBlobs {
  std::vector<BlobName> secret;
  std::vector<BlobName> open;
  std::string org;  ///< Whom its octets are charged to: the organisation that the signer spoke for.
};

/// Errors: `entry.not-found`, `store.*`.
ledger::Result<NamedBlobs> named_blobs(const ledger::Ledger& ledger, std::string_view entry_id);
/// Wherever in a value one stands, however deep.
void collect_blobs(const boost::json::value& value, std::vector<BlobName>& found);

/// Who may bring and who may see which blob, and when one goes. What an entry names may be brought
/// by whoever may see that name, for the signature under the entry is the authority and the hash
/// leaves nothing to choose; it may be seen by the same, or by all where the schema has it public;
/// and it goes once no entry that named it holds the name any more. Nothing of this is written
/// beside the ledger, so an erasure takes a photo out of reach at once. Thread-safe; may block.
class BlobDesk {
 public:
  /// All that is referred to outlives it.
  BlobDesk(const ledger::Ledger& ledger, const schemas::Bundle& bundle, BlobStore& store,
           const ledger::Clock& clock);
  /// Ends a sweep under way.
  ~BlobDesk();
  BlobDesk(const BlobDesk&) = delete;
  BlobDesk& operator=(const BlobDesk&) = delete;

  /// The entry is logged and names it: begins it or tells how far it is. Errors: `blob.entry`
  /// (Errc::not_yet) where the log holds no such entry yet, `blob.not-named` (Errc::not_found)
  /// where it does not name this or the viewer may not see that it does; those of
  /// BlobStore::claim() and, where all had arrived before a restart, BlobStore::keep().
  ledger::Result<StoredBlob> claim(const Viewer& viewer, const std::string& entry,
                                   const BlobName& name);
  /// Takes a piece of what the viewer may see, publishes it after the last. Errors: `blob.unknown`,
  /// those of BlobStore::append() and BlobStore::keep().
  ledger::Result<StoredBlob> append(const Viewer& viewer, const ledger::Hash& sha256,
                                    std::uint64_t size, std::uint64_t from, std::string_view piece);

  struct Seen {
    BlobKey key;
    StoredBlob blob;
    bool open = false;  ///< For all to see.
  };
  /// What of this hash the viewer may see, kept or on its way; without a viewer what is public.
  /// Error: `blob.unknown`, also where it is there for others.
  ledger::Result<Seen> see(const Viewer* viewer, const ledger::Hash& sha256) const;
  ledger::Result<std::string> read(const BlobKey& key) const { return store_.read(key); }

  /// Deletes what no entry names any more, and what stopped arriving a month ago. Errors:
  /// `store.*`, `blob.disk`.
  ledger::Result<void> sweep();
  /// Nothing that was erased so far is on the disk any more once this returns well; a backup asks.
  ledger::Result<void> catch_up();

 private:
  ledger::Result<bool> may_see(const Viewer* viewer, const StoredBlob& blob, bool& open) const;
  /// Reads what was logged since the last time; true when an erasure is among it.
  ledger::Result<bool> erased_since();
  void run();

  const ledger::Ledger& ledger_;
  const schemas::Bundle& bundle_;
  BlobStore& store_;
  const ledger::Clock& clock_;
  std::mutex sweeping_;     // One sweep at a time; guards seen_ and swept_.
  std::uint64_t seen_ = 0;  // Entries looked at for erasures.
  std::int64_t swept_ = 0;  // Unix seconds of the last sweep; 0: none yet.
  std::mutex mutex_;        // Guards stopping_.
  std::condition_variable stopped_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace nguon::server
