#include "server/blobs/blob_desk.hpp"

#include "ledger/base/base64url.hpp"
#include "server/session/private_view.hpp"

#include <algorithm>
#include <chrono>
#include <optional>

namespace nguon::server {
namespace {

using ledger::Errc;
using ledger::Error;
using ledger::Result;

constexpr std::int64_t stale_after_s = 30 * 24 * 3600;
constexpr std::int64_t sweep_every_s = 24 * 3600;
constexpr std::chrono::milliseconds between_looks{1'000};

bool names(const std::vector<BlobName>& among, const BlobName& name) {
  return std::ranges::find(among, name) != among.end();
}

/// Whether a payload may be an erasure's. A word too many costs a sweep for nothing.
bool may_erase(const ledger::Leaf& leaf) {
  const std::size_t begin = leaf.jws.find('.') + 1;
  const auto payload = ledger::base64url_decode(
      std::string_view(leaf.jws).substr(begin, leaf.jws.find('.', begin) - begin));
  return !payload || payload->find("erase/") != std::string::npos;
}

}  // namespace

BlobDesk::BlobDesk(const ledger::Ledger& ledger, const schemas::Bundle& bundle, BlobStore& store,
                   const ledger::Clock& clock)
    : ledger_(ledger), bundle_(bundle), store_(store), clock_(clock), thread_([this] { run(); }) {}

BlobDesk::~BlobDesk() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  stopped_.notify_all();
  thread_.join();
  // A backup taken while nobody serves finds nothing that was erased.
  static_cast<void>(catch_up());
}

Result<StoredBlob> BlobDesk::claim(const Viewer& viewer, const std::string& entry,
                                   const BlobName& name) {
  const auto found = named_blobs(ledger_, entry);
  if (!found && found.error().code == Errc::not_found) {
    return Error{Errc::not_yet, "blob.entry", "/entry", {}};
  }
  if (!found) return found.error();
  bool seen = names(found->open, name);
  if (!seen) {
    NGUON_TRY(const auto values, private_values(ledger_, bundle_, viewer, entry));
    std::vector<BlobName> shown;
    for (const auto& member : values) collect_blobs(member.value(), shown);
    seen = names(shown, name);
  }
  if (!seen) return Error{Errc::not_found, "blob.not-named", "/sha256", {}};
  const BlobKey key{found->org, name.sha256};
  NGUON_TRY(StoredBlob blob, store_.claim(key, name, entry));
  if (blob.kept || blob.arrived < blob.name.size) return blob;
  NGUON_CHECK(store_.keep(key));
  blob.kept = true;
  return blob;
}

Result<StoredBlob> BlobDesk::append(const Viewer& viewer, const ledger::Hash& sha256,
                                    std::uint64_t size, std::uint64_t from,
                                    std::string_view piece) {
  NGUON_TRY(Seen seen, see(&viewer, sha256));
  if (size != seen.blob.name.size) return ledger::invalid("blob.range");
  if (!seen.blob.kept) {
    NGUON_TRY(seen.blob.arrived, store_.append(seen.key, from, piece));
    if (seen.blob.arrived == size) {
      NGUON_CHECK(store_.keep(seen.key));
      seen.blob.kept = true;
    }
  }
  return seen.blob;
}

Result<bool> BlobDesk::may_see(const Viewer* viewer, const StoredBlob& blob, bool& open) const {
  bool seen = false;
  for (const std::string& entry : blob.entries) {
    NGUON_TRY(const auto named, named_blobs(ledger_, entry));
    open = open || names(named.open, blob.name);
    if (viewer == nullptr || seen) continue;
    NGUON_TRY(const auto values, private_values(ledger_, bundle_, *viewer, entry));
    std::vector<BlobName> shown;
    for (const auto& member : values) collect_blobs(member.value(), shown);
    seen = names(shown, blob.name);
  }
  return seen || open;
}

Result<BlobDesk::Seen> BlobDesk::see(const Viewer* viewer, const ledger::Hash& sha256) const {
  std::optional<Seen> on_its_way;
  for (const BlobKey& key : store_.copies_of(sha256)) {
    auto blob = store_.find(key);
    if (!blob) continue;
    bool open = false;
    NGUON_TRY(const bool may, may_see(viewer, *blob, open));
    if (!may) continue;
    Seen seen{key, std::move(*blob), open};
    if (seen.blob.kept) return seen;
    on_its_way = std::move(seen);
  }
  if (on_its_way) return std::move(*on_its_way);
  return Error{Errc::not_found, "blob.unknown", {}, {}};
}

Result<void> BlobDesk::sweep() {
  for (const BlobKey& key : store_.all()) {
    const auto blob = store_.find(key);
    if (!blob) continue;
    std::vector<std::string> over;
    for (const std::string& entry : blob->entries) {
      const auto named = named_blobs(ledger_, entry);
      // A restored log may not hold an entry that came after its backup.
      const bool gone = !named && named.error().code == Errc::not_found;
      if (!named && !gone) return named.error();
      if (gone || (!names(named->secret, blob->name) && !names(named->open, blob->name))) {
        over.push_back(entry);
      }
    }
    if (!over.empty()) {
      NGUON_CHECK(store_.release(key, over));
    }
  }
  return store_.sweep_stale(clock_.now_ms() / 1000 - stale_after_s);
}

Result<bool> BlobDesk::erased_since() {
  const std::uint64_t size = ledger_.head().size;
  bool erased = false;
  for (; seen_ < size && !erased; ++seen_) {
    NGUON_TRY(const auto leaf, ledger_.leaf(seen_));
    erased = may_erase(leaf);
  }
  if (erased) seen_ = size;
  return erased;
}

Result<void> BlobDesk::catch_up() {
  const std::scoped_lock lock(sweeping_);
  const std::int64_t now = clock_.now_ms() / 1000;
  // The first look is a sweep anyway: what was erased before this start needs no reading.
  if (swept_ == 0) seen_ = ledger_.head().size;
  NGUON_TRY(const bool erased, erased_since());
  if (!erased && swept_ != 0 && now - swept_ < sweep_every_s) return {};
  // Not before it is through: an error leaves all of it to the next time.
  swept_ = 0;
  NGUON_CHECK(sweep());
  swept_ = std::max<std::int64_t>(now, 1);
  return {};
}

void BlobDesk::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    // What fails here fails again a second later; a backup that needs it done is told.
    static_cast<void>(catch_up());
    lock.lock();
    stopped_.wait_for(lock, between_looks, [this] { return stopping_; });
  }
}

}  // namespace nguon::server
