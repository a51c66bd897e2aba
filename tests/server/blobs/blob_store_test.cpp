#include "server/blobs/blob_store.hpp"

#include "ledger/base/base64url.hpp"
#include "tests/server/blobs/samples.hpp"
#include "tests/support/files.hpp"
#include "tests/support/temp_dir.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <future>
#include <mutex>

namespace nguon::server {
namespace {

namespace fs = std::filesystem;

const std::string org = "org:00000000000000000000000001";
const std::string other_org = "org:00000000000000000000000002";
const std::string first_entry(43, 'A');
const std::string second_entry = std::string(42, 'A') + "E";

class Blobs : public testing::Test {
 protected:
  void open(BlobStoreOptions options = {}) {
    store_.reset();
    auto opened = BlobStore::open(folder_, options);
    ASSERT_TRUE(opened) << opened.error().detail;
    store_ = std::move(*opened);
  }
  void SetUp() override { open(); }

  /// Claims and sends it in pieces of `step`.
  void bring(const BlobKey& key, const std::string& octets, std::size_t step = 1000) {
    ASSERT_TRUE(store_->claim(key, named(octets), first_entry));
    for (std::size_t at = 0; at < octets.size(); at += step) {
      ASSERT_TRUE(store_->append(key, at, std::string_view(octets).substr(at, step)));
    }
    ASSERT_TRUE(store_->keep(key));
  }
  static BlobName named(const std::string& octets) { return tests::name_of(octets, jpeg_type); }
  bool on_disk() const { return tests::any_file_contains(folder_, photo_.substr(100, 200)); }

  tests::TempDir directory_;
  const std::string folder_ = directory_ / "blobs";
  const std::string photo_ = tests::jpeg_of(tests::drawn(200, 150));
  const BlobKey key_{org, ledger::sha256(photo_)};
  std::unique_ptr<BlobStore> store_;
};

TEST_F(Blobs, WhatCameIsGivenBackOctetForOctetAlsoAfterARestart) {
  bring(key_, photo_);
  EXPECT_EQ(*store_->read(key_), photo_);
  open();
  EXPECT_EQ(*store_->read(key_), photo_);
  const auto found = store_->find(key_);
  EXPECT_TRUE(found->kept);
  EXPECT_EQ(found->name, named(photo_));
  EXPECT_EQ(found->entries, std::vector{first_entry});
}

TEST_F(Blobs, GoesOnAtTheOctetWhereItStoppedAlsoAfterARestart) {
  ASSERT_TRUE(store_->claim(key_, named(photo_), first_entry));
  EXPECT_EQ(*store_->append(key_, 0, photo_.substr(0, 777)), 777U);
  open();
  EXPECT_EQ(store_->claim(key_, named(photo_), first_entry)->arrived, 777U);
  for (const std::uint64_t wrong : {0U, 776U, 778U}) {
    EXPECT_EQ(store_->append(key_, wrong, "x").error().rule, "blob.offset") << wrong;
  }
  EXPECT_EQ(store_->read(key_).error().rule, "blob.unknown") << "half a photo is none";
  EXPECT_EQ(store_->append(key_, 777, photo_.substr(777) + "x").error().rule, "blob.range");
  ASSERT_TRUE(store_->append(key_, 777, photo_.substr(777)));
  ASSERT_TRUE(store_->keep(key_));
  EXPECT_EQ(*store_->read(key_), photo_);
}

TEST_F(Blobs, OctetsThatWereNeverToldToHaveArrivedAreWrittenOver) {
  ASSERT_TRUE(store_->claim(key_, named(photo_), first_entry));
  ASSERT_TRUE(store_->append(key_, 0, photo_.substr(0, 500)));
  for (const auto& file : fs::recursive_directory_iterator(folder_)) {
    if (file.path().filename() != "octets") continue;
    tests::write_file(file.path().string(), photo_.substr(0, 500) + "half a write");
  }
  ASSERT_TRUE(store_->append(key_, 500, photo_.substr(500)));
  ASSERT_TRUE(store_->keep(key_));
  EXPECT_EQ(*store_->read(key_), photo_);
}

TEST_F(Blobs, WhatIsNotWhatWasClaimedIsGoneAtOnceAndMayBeBroughtAgain) {
  std::string wrong = photo_;
  wrong[300] = static_cast<char>(wrong[300] ^ 1);
  ASSERT_TRUE(store_->claim(key_, named(photo_), first_entry));
  ASSERT_TRUE(store_->append(key_, 0, wrong));
  EXPECT_EQ(store_->keep(key_).error().rule, "blob.hash");
  EXPECT_FALSE(store_->find(key_));
  EXPECT_EQ(store_->used_by(org), 0U);
  bring(key_, photo_);

  const std::string with_place = tests::with_segment(photo_, 0xe1, "Exif");
  const BlobKey bad{org, ledger::sha256(with_place)};
  ASSERT_TRUE(store_->claim(bad, named(with_place), first_entry));
  ASSERT_TRUE(store_->append(bad, 0, with_place));
  EXPECT_EQ(store_->keep(bad).error().rule, "blob.metadata");
  EXPECT_FALSE(tests::any_file_contains(folder_, "Exif"));
}

TEST_F(Blobs, NobodyGetsAnothersOctetsByKnowingTheirHash) {
  bring(key_, photo_);
  const BlobKey theirs{other_org, key_.sha256};
  EXPECT_EQ(store_->claim(theirs, named(photo_), second_entry)->arrived, 0U);
  EXPECT_EQ(store_->read(theirs).error().rule, "blob.unknown");
  EXPECT_EQ(store_->copies_of(key_.sha256), (std::vector{key_, theirs}));
}

TEST_F(Blobs, AHashHasOneSizeAndType) {
  ASSERT_TRUE(store_->claim(key_, named(photo_), first_entry));
  BlobName other = named(photo_);
  other.type = webp_type;
  EXPECT_EQ(store_->claim(key_, other, first_entry).error().rule, "blob.differs");
  other = named(photo_);
  ++other.size;
  EXPECT_EQ(store_->claim(key_, other, first_entry).error().rule, "blob.differs");
}

TEST_F(Blobs, GoesWithTheLastEntryThatNamesIt) {
  bring(key_, photo_);
  EXPECT_EQ(store_->claim(key_, named(photo_), second_entry)->entries.size(), 2U);
  EXPECT_EQ(store_->claim(key_, named(photo_), second_entry)->entries.size(), 2U);
  ASSERT_TRUE(store_->release(key_, {first_entry}));
  open();
  EXPECT_EQ(store_->find(key_)->entries, std::vector{second_entry});
  EXPECT_EQ(*store_->read(key_), photo_);
  ASSERT_TRUE(on_disk());
  ASSERT_TRUE(store_->release(key_, {second_entry}));
  EXPECT_FALSE(store_->find(key_));
  EXPECT_FALSE(on_disk());
  EXPECT_EQ(store_->used_by(org), 0U);
}

TEST_F(Blobs, AnOrganisationHasItsRoomAndNoMore) {
  const std::string second = tests::jpeg_of(tests::drawn(200, 150, 2));
  open({photo_.size() + second.size() - 1, 0});
  bring(key_, photo_);
  const BlobKey more{org, ledger::sha256(second)};
  EXPECT_EQ(store_->claim(more, named(second), first_entry).error().rule, "blob.quota");
  // What was promised counts, and what another organisation has does not.
  EXPECT_TRUE(store_->claim({other_org, more.sha256}, named(second), first_entry));
  ASSERT_TRUE(store_->release(key_, {first_entry}));
  EXPECT_TRUE(store_->claim(more, named(second), first_entry));
  EXPECT_EQ(store_->used_by(org), second.size());
  open({photo_.size() + second.size() - 1, 0});
  EXPECT_EQ(store_->used_by(org), second.size());
}

TEST_F(Blobs, TheReserveOfTheDiskIsKept) {
  ASSERT_TRUE(store_->claim(key_, named(photo_), first_entry));
  open({std::uint64_t{2} << 30, std::uint64_t{1} << 60});
  const auto refused = store_->append(key_, 0, photo_);
  EXPECT_EQ(refused.error().rule, "store.space");
  EXPECT_EQ(refused.error().code, ledger::Errc::too_busy);
  EXPECT_EQ(store_->find(key_)->arrived, 0U);
}

TEST_F(Blobs, WhatStoppedArrivingIsSweptAndTheRestIsNot) {
  const std::string second = tests::jpeg_of(tests::drawn(200, 150, 2));
  bring(key_, photo_);
  const BlobKey half{org, ledger::sha256(second)};
  ASSERT_TRUE(store_->claim(half, named(second), first_entry));
  ASSERT_TRUE(store_->append(half, 0, second.substr(0, 10)));
  const auto now = std::chrono::duration_cast<std::chrono::seconds>(
                       std::chrono::system_clock::now().time_since_epoch())
                       .count();
  ASSERT_TRUE(store_->sweep_stale(now - 3600));
  EXPECT_TRUE(store_->find(half));
  ASSERT_TRUE(store_->sweep_stale(now + 3600));
  EXPECT_FALSE(store_->find(half));
  EXPECT_EQ(*store_->read(key_), photo_);
}

/// A photo that takes as long to decode as another one takes to get there.
TEST_F(Blobs, TwoAreDecodedAtOnceAndNobodyWaitsForThem) {
  using namespace std::chrono_literals;
  const std::string second = tests::jpeg_of(tests::drawn(200, 150, 2));
  const BlobKey other{org, ledger::sha256(second)};
  std::mutex mutex;
  std::condition_variable changed;
  int inside = 0;
  int most = 0;
  bool asked = false;
  BlobStoreOptions options;
  options.check = [&](std::string_view type, std::string_view octets) {
    std::unique_lock lock(mutex);
    most = std::max(most, ++inside);
    changed.notify_all();
    changed.wait_for(lock, 10s, [&] { return most == 2 && asked; });
    --inside;
    lock.unlock();
    return check_media(type, octets);
  };
  open(options);
  for (const auto& [key, octets] : {std::pair{key_, photo_}, std::pair{other, second}}) {
    ASSERT_TRUE(store_->claim(key, named(octets), first_entry));
    ASSERT_TRUE(store_->append(key, 0, octets));
  }
  auto one = std::async(std::launch::async, [&] { return store_->keep(key_); });
  auto two = std::async(std::launch::async, [&] { return store_->keep(other); });
  {
    std::unique_lock lock(mutex);
    EXPECT_TRUE(changed.wait_for(lock, 10s, [&] { return most == 2; })) << "one after the other";
  }
  auto asking = std::async(std::launch::async, [&] {
    return store_->find(key_)->kept || !store_->claim(key_, named(photo_), second_entry);
  });
  EXPECT_EQ(asking.wait_for(5s), std::future_status::ready);
  {
    const std::scoped_lock lock(mutex);
    asked = true;
  }
  changed.notify_all();
  EXPECT_FALSE(asking.get());
  EXPECT_TRUE(one.get());
  EXPECT_TRUE(two.get());
  EXPECT_EQ(*store_->read(key_), photo_);
  // Who named it meanwhile is not forgotten, also on the disk.
  open();
  EXPECT_EQ(store_->find(key_)->entries, (std::vector{first_entry, second_entry}));
}

TEST_F(Blobs, WhatWasBegunAnewWhileItWasLookedAtIsNotPublishedUnseen) {
  std::string wrong = photo_;
  wrong[300] = static_cast<char>(wrong[300] ^ 1);
  BlobStoreOptions options;
  options.check = [&](std::string_view type, std::string_view octets) {
    // Its only entry is erased, and somebody brings other octets under the same name.
    EXPECT_TRUE(store_->release(key_, {first_entry}));
    EXPECT_TRUE(store_->claim(key_, named(photo_), second_entry));
    EXPECT_TRUE(store_->append(key_, 0, wrong));
    return check_media(type, octets);
  };
  open(options);
  ASSERT_TRUE(store_->claim(key_, named(photo_), first_entry));
  ASSERT_TRUE(store_->append(key_, 0, photo_));
  EXPECT_EQ(store_->keep(key_).error().rule, "blob.unknown");
  EXPECT_FALSE(store_->find(key_)->kept);
  EXPECT_EQ(store_->keep(key_).error().rule, "blob.hash");
}

/// What each step of BlobStore's crash order leaves behind.
TEST_F(Blobs, AStartFinishesWhatACrashLeft) {
  bring(key_, photo_);
  const std::string hex = ledger::hex_encode(key_.sha256.view());
  const std::string kept = folder_ + "/kept/" + org.substr(4) + '/' + hex;
  // A claim whose `about` had not got its name.
  tests::write_file(
      folder_ + "/arriving/" + org.substr(4) + "/" + std::string(64, 'a') + "/about.new", "{}");
  // A deletion between its rename and its end.
  tests::write_file(folder_ + "/leaving/7/octets", "gone");
  open();
  EXPECT_FALSE(tests::any_file_contains(folder_, "gone"));
  EXPECT_EQ(store_->all(), std::vector{key_});
  EXPECT_EQ(store_->used_by(org), photo_.size());
  // All had arrived, and the service died before it looked.
  store_.reset();
  fs::rename(kept, folder_ + "/arriving/" + org.substr(4) + '/' + hex);
  open();
  EXPECT_FALSE(store_->find(key_)->kept);
  EXPECT_EQ(store_->find(key_)->arrived, photo_.size());
  ASSERT_TRUE(store_->keep(key_));
  EXPECT_EQ(*store_->read(key_), photo_);
}

TEST_F(Blobs, WhatADiskAlteredIsNeverGivenAndACutOneIsPutAside) {
  bring(key_, photo_);
  const std::string path =
      folder_ + "/kept/" + org.substr(4) + '/' + ledger::hex_encode(key_.sha256.view()) + "/octets";
  tests::flip_bit(path, 321);
  EXPECT_EQ(store_->read(key_).error().rule, "blob.hash");
  fs::resize_file(path, 50);
  open();
  EXPECT_FALSE(store_->find(key_));
  EXPECT_TRUE(fs::exists(folder_ + "/damaged/" + ledger::hex_encode(key_.sha256.view())));
  bring(key_, photo_);
  EXPECT_EQ(*store_->read(key_), photo_);
}

}  // namespace
}  // namespace nguon::server
