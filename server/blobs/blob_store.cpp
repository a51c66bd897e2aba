#include "server/blobs/blob_store.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/keys/sha256.hpp"
#include "server/blobs/blob_about.hpp"
#include "server/blobs/blob_files.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace nguon::server {
namespace {

namespace fs = std::filesystem;
using ledger::Errc;
using ledger::Error;
using ledger::Result;

constexpr std::uint64_t max_about_octets = 16 * 1024;

std::optional<StoredBlob> read_about(const std::string& folder) {
  std::error_code error;
  const auto size = fs::file_size(folder + "/about", error);
  if (error || size > max_about_octets) return std::nullopt;
  const auto text = read_blob_file(folder + "/about", size);
  return text ? parse_about(*text) : std::nullopt;
}

Error unknown_blob() { return {Errc::not_found, "blob.unknown", {}, {}}; }

}  // namespace

std::string BlobStore::folder_of(const BlobKey& key, bool kept) const {
  return folder_ + (kept ? "/kept/" : "/arriving/") + org_folder(key.org) + '/' +
         ledger::hex_encode(key.sha256.view());
}

Result<std::unique_ptr<BlobStore>> BlobStore::open(const std::string& folder,
                                                   const BlobStoreOptions& options) {
  std::unique_ptr<BlobStore> store(new BlobStore(folder, options));
  NGUON_CHECK(make_blob_folder(folder));
  for (const char* part : {"/kept", "/arriving", "/leaving", "/damaged"}) {
    NGUON_CHECK(make_blob_folder(folder + part));
  }
  std::error_code error;
  for (const auto& left : fs::directory_iterator(folder + "/leaving", error)) {
    fs::remove_all(left.path(), error);
    if (error) return blob_disk_error(error.value());
  }
  // What is kept first: a copy of it that arrives is left from a crash in between.
  NGUON_CHECK(store->scan(true));
  NGUON_CHECK(store->scan(false));
  return store;
}

Result<void> BlobStore::scan(bool kept) {
  std::error_code error;
  const std::string part = folder_ + (kept ? "/kept" : "/arriving");
  for (const auto& org : fs::directory_iterator(part, error)) {
    for (const auto& place : fs::directory_iterator(org.path(), error)) {
      const std::string path = place.path().string();
      const auto octets = ledger::hex_decode(place.path().filename().string());
      auto blob = read_about(path);
      std::error_code missing;
      const auto size = fs::file_size(path + "/octets", missing);
      const bool sound =
          octets && blob && blob->name.sha256.view() == *octets &&
          (kept ? !missing && size == blob->name.size : missing || size <= blob->name.size);
      if (!sound) {
        // What was kept and is damaged is put aside for a person to see, so that it may be brought
        // again; a copy on its way begins anew.
        const fs::path aside = fs::path(folder_) / "damaged" / place.path().filename();
        fs::remove_all(kept ? aside : place.path(), error);
        if (kept) fs::rename(place.path(), aside, error);
        continue;
      }
      BlobKey key{org_of_folder(org.path().filename().string()), blob->name.sha256};
      if (blobs_.contains(key)) {
        fs::remove_all(place.path(), error);
        continue;
      }
      blob->arrived = missing ? 0 : size;
      blob->kept = kept;
      blob->begun = ++begun_;
      used_[key.org] += blob->name.size;
      blobs_.emplace(std::move(key), std::move(*blob));
    }
  }
  if (error) return blob_disk_error(error.value());
  return {};
}

std::optional<StoredBlob> BlobStore::find(const BlobKey& key) const {
  const std::scoped_lock lock(mutex_);
  const auto found = blobs_.find(key);
  if (found == blobs_.end()) return std::nullopt;
  return found->second;
}

std::vector<BlobKey> BlobStore::copies_of(const ledger::Hash& sha256) const {
  const std::scoped_lock lock(mutex_);
  std::vector<BlobKey> copies;
  for (const auto& [org, octets] : used_) {
    if (BlobKey key{org, sha256}; blobs_.contains(key)) copies.push_back(std::move(key));
  }
  return copies;
}

std::vector<BlobKey> BlobStore::all() const {
  const std::scoped_lock lock(mutex_);
  std::vector<BlobKey> keys;
  for (const auto& [key, blob] : blobs_) keys.push_back(key);
  return keys;
}

std::uint64_t BlobStore::used_by(const std::string& org) const {
  const std::scoped_lock lock(mutex_);
  const auto found = used_.find(org);
  return found == used_.end() ? 0 : found->second;
}

Result<StoredBlob> BlobStore::claim(const BlobKey& key, const BlobName& name,
                                    const std::string& entry) {
  const std::scoped_lock lock(mutex_);
  if (const auto found = blobs_.find(key); found != blobs_.end()) {
    StoredBlob named = found->second;
    if (named.name != name) return Error{Errc::conflict, "blob.differs", {}, {}};
    if (std::ranges::find(named.entries, entry) != named.entries.end()) return named;
    if (named.entries.size() == max_blob_entries) return ledger::invalid("blob.entries");
    named.entries.push_back(entry);
    NGUON_CHECK(replace_blob_file(folder_of(key, named.kept) + "/about", format_about(named)));
    return found->second = std::move(named);
  }
  if (used_[key.org] + name.size > options_.quota) {
    return Error{Errc::too_large, "blob.quota", {}, std::to_string(options_.quota) + " octets"};
  }
  StoredBlob begun{name, {entry}, 0, false, ++begun_};
  const std::string folder = folder_of(key, false);
  NGUON_CHECK(make_blob_folder(folder_ + "/arriving/" + org_folder(key.org)));
  NGUON_CHECK(make_blob_folder(folder));
  NGUON_CHECK(replace_blob_file(folder + "/about", format_about(begun)));
  used_[key.org] += name.size;
  return blobs_[key] = std::move(begun);
}

Result<StoredBlob*> BlobStore::known(const BlobKey& key) {
  const auto found = blobs_.find(key);
  if (found == blobs_.end()) return unknown_blob();
  return &found->second;
}

Result<std::uint64_t> BlobStore::append(const BlobKey& key, std::uint64_t from,
                                        std::string_view piece) {
  const std::scoped_lock lock(mutex_);
  NGUON_TRY(StoredBlob* const blob, known(key));
  if (from != blob->arrived) return Error{Errc::conflict, "blob.offset", {}, {}};
  if (piece.size() > blob->name.size - blob->arrived) return ledger::invalid("blob.range");
  std::error_code error;
  const auto space = fs::space(folder_, error);
  if (!error && space.available < options_.free_space_reserve + piece.size()) {
    return Error{Errc::too_busy, "store.space", {}, "below the free-space reserve"};
  }
  NGUON_CHECK(extend_blob_file(folder_of(key, false) + "/octets", from, piece));
  return blob->arrived += piece.size();
}

Result<void> BlobStore::keep(const BlobKey& key) {
  std::unique_lock lock(mutex_);
  NGUON_TRY(const StoredBlob* const found, known(key));
  if (found->kept) return {};
  const StoredBlob looked_at = *found;
  if (looked_at.arrived != looked_at.name.size) return unknown_blob();
  NGUON_TRY(const std::string octets,
            read_blob_file(folder_of(key, false) + "/octets", looked_at.name.size));
  lock.unlock();
  const auto sound = ledger::sha256(octets) == looked_at.name.sha256
                         ? options_.check(looked_at.name.type, octets)
                         : Result<void>(ledger::invalid("blob.hash"));
  lock.lock();
  NGUON_TRY(StoredBlob* const blob, known(key));
  // Nobody looked at what came after a new beginning.
  if (blob->begun != looked_at.begun) return unknown_blob();
  if (blob->kept) return {};
  if (sound) return publish(key, *blob);
  NGUON_CHECK(remove(key));
  return sound.error();
}

Result<void> BlobStore::publish(const BlobKey& key, StoredBlob& blob) {
  const std::string org = folder_ + "/kept/" + org_folder(key.org);
  NGUON_CHECK(make_blob_folder(org));
  if (std::rename(folder_of(key, false).c_str(), folder_of(key, true).c_str()) != 0) {
    return blob_disk_error(errno);
  }
  NGUON_CHECK(sync_blob_folder(org));
  NGUON_CHECK(sync_blob_folder(folder_ + "/arriving/" + org_folder(key.org)));
  blob.kept = true;
  return {};
}

Result<std::string> BlobStore::read(const BlobKey& key) const {
  std::unique_lock lock(mutex_);
  const auto found = blobs_.find(key);
  if (found == blobs_.end() || !found->second.kept) return unknown_blob();
  NGUON_TRY(auto octets, read_blob_file(folder_of(key, true) + "/octets", found->second.name.size));
  lock.unlock();
  // Never altered, not by a failing disk either.
  if (ledger::sha256(octets) == key.sha256) return octets;
  return Error{Errc::corrupt, "blob.hash", {}, {}};
}

Result<void> BlobStore::remove(const BlobKey& key) {
  const auto found = blobs_.find(key);
  if (found == blobs_.end()) return {};
  const std::string from = folder_of(key, found->second.kept);
  const std::string leaving = folder_ + "/leaving/" + std::to_string(left_++);
  if (std::rename(from.c_str(), leaving.c_str()) != 0) return blob_disk_error(errno);
  NGUON_CHECK(sync_blob_folder(fs::path(from).parent_path().string()));
  used_[key.org] -= found->second.name.size;
  blobs_.erase(found);
  std::error_code error;
  fs::remove_all(leaving, error);
  if (error) return blob_disk_error(error.value());
  return sync_blob_folder(folder_ + "/leaving");
}

Result<void> BlobStore::release(const BlobKey& key, const std::vector<std::string>& entries) {
  const std::scoped_lock lock(mutex_);
  const auto found = blobs_.find(key);
  if (found == blobs_.end()) return {};
  StoredBlob left = found->second;
  std::erase_if(left.entries, [&](const std::string& entry) {
    return std::ranges::find(entries, entry) != entries.end();
  });
  if (left.entries.empty()) return remove(key);
  if (left.entries.size() == found->second.entries.size()) return {};
  NGUON_CHECK(replace_blob_file(folder_of(key, left.kept) + "/about", format_about(left)));
  found->second = std::move(left);
  return {};
}

Result<void> BlobStore::sweep_stale(std::int64_t before) {
  const std::scoped_lock lock(mutex_);
  std::vector<BlobKey> stale;
  for (const auto& [key, blob] : blobs_) {
    if (blob.kept) continue;
    struct stat found {};
    const std::string folder = folder_of(key, false);
    const std::string newest = blob.arrived > 0 ? folder + "/octets" : folder + "/about";
    if (::stat(newest.c_str(), &found) == 0 && found.st_mtime < before) stale.push_back(key);
  }
  for (const BlobKey& key : stale) {
    NGUON_CHECK(remove(key));
  }
  return {};
}

}  // namespace nguon::server
