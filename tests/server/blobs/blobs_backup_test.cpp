// Photos go with a backup and come back with a restore, each of them copied once.
#include "ledger/keys/sha256.hpp"
#include "server/backup/restore.hpp"
#include "server/backup/take.hpp"
#include "server/blobs/blob_store.hpp"
#include "server/deployment/anchored.hpp"
#include "server/deployment/keyring.hpp"
#include "tests/server/blobs/samples.hpp"
#include "tests/support/files.hpp"
#include "tests/support/small_ledger.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>

namespace nguon::server {
namespace {

constexpr const char* blob_passphrase = "mật khẩu mẫu";

class FrozenStore final : public HeldFiles {
 public:
  explicit FrozenStore(std::unique_ptr<ledger::FrozenFiles> frozen) : frozen_(std::move(frozen)) {}
  const std::vector<ledger::FrozenFile>& files() const override { return frozen_->files(); }
  ledger::Result<void> release() override { return {}; }

 private:
  std::unique_ptr<ledger::FrozenFiles> frozen_;
};

class BlobBackup : public testing::Test {
 protected:
  BlobBackup() {
    std::filesystem::create_directories(places_.data);
    std::filesystem::create_directory_symlink(small_.directory / "db", places_.database());
    std::filesystem::create_symlink(small_.directory / "anchor", places_.anchor());
    EXPECT_TRUE(write_keyring(places_.keys(), make_keyring()));
    store_ = *BlobStore::open(places_.blobs(), {});
  }

  Taken back_up() {
    auto folder = *BackupFolder::for_writing(backups_);
    FrozenStore held(*small_.store->freeze(std::chrono::seconds(10)));
    BackupWishes wishes;
    wishes.places = places_;
    wishes.passphrase = blob_passphrase;
    auto taken = take_backup(*folder, held, *read_anchor(places_.anchor()), wishes);
    EXPECT_TRUE(taken) << taken.error().rule << ' ' << taken.error().detail;
    return *taken;
  }
  BlobKey bring(const std::string& org, unsigned seed) {
    const std::string octets = photo(seed);
    const BlobKey key{org, ledger::sha256(octets)};
    EXPECT_TRUE(store_->claim(key, tests::name_of(octets, jpeg_type), std::string(43, 'A')));
    EXPECT_TRUE(store_->append(key, 0, octets));
    EXPECT_TRUE(store_->keep(key));
    return key;
  }
  static std::string photo(unsigned seed) { return tests::jpeg_of(tests::drawn(120, 90, seed)); }
  std::unique_ptr<BlobStore> restored(std::uint64_t number, const std::string& name) {
    const auto folder = *BackupFolder::for_reading(backups_);
    RestoreWishes wishes;
    wishes.to.data = small_.directory / name;
    wishes.passphrase = blob_passphrase;
    const auto source = source_in(*folder, number);
    const auto done = restore_backup(*source, wishes);
    EXPECT_TRUE(done) << done.error().rule << ' ' << done.error().detail;
    return *BlobStore::open(wishes.to.blobs(), {});
  }

  const std::string coop_ = "org:00000000000000000000000001";
  const std::string group_ = "org:00000000000000000000000002";
  tests::SmallLedger small_;
  const Places places_{small_.directory / "data"};
  const std::string backups_ = small_.directory / "backups";
  std::unique_ptr<BlobStore> store_;
};

TEST_F(BlobBackup, PhotosComeBackWithWhatNamesThem) {
  const BlobKey first = bring(coop_, 1);
  const BlobKey shared = bring(group_, 1);  // the same octets, another's copy
  ASSERT_TRUE(
      store_->claim(first, tests::name_of(photo(1), jpeg_type), std::string(42, 'A') + "E"));
  const std::string half = photo(7);
  ASSERT_TRUE(store_->claim({coop_, ledger::sha256(half)}, tests::name_of(half, jpeg_type),
                            std::string(43, 'A')));
  const auto taken = back_up();
  EXPECT_EQ(taken.damaged_blobs, 0U);
  const auto back = restored(1, "restored");
  EXPECT_EQ(back->all(), (std::vector{first, shared})) << "what had not arrived is no photo yet";
  EXPECT_EQ(*back->read(first), photo(1));
  EXPECT_EQ(*back->read(shared), photo(1));
  EXPECT_EQ(back->find(first)->entries, store_->find(first)->entries);
  auto folder = *BackupFolder::for_reading(backups_);
  EXPECT_TRUE(check_backup(*folder, taken.manifest));
}

TEST_F(BlobBackup, IsCopiedOnceAndGoesWhenTheLastBackupThatHoldsItDoes) {
  const BlobKey first = bring(coop_, 1);
  back_up();
  bring(coop_, 2);
  const auto second = back_up();
  std::uint64_t blobs = 0;
  for (const BackupFile& file : second.manifest.files) blobs += file.about.empty() ? 0 : 1;
  EXPECT_EQ(blobs, 2U);
  EXPECT_LT(second.new_octets, photo(1).size() + photo(2).size() + (64 << 10));
  ASSERT_TRUE(store_->release(first, {std::string(43, 'A')}));
  const auto third = back_up();
  EXPECT_EQ(restored(3, "third")->all().size(), 1U);
  EXPECT_TRUE(tests::any_file_contains(backups_, photo(1)));
  auto folder = *BackupFolder::for_writing(backups_);
  ASSERT_TRUE(folder->remove(1));
  ASSERT_TRUE(folder->remove(2));
  ASSERT_TRUE(folder->sweep());
  EXPECT_FALSE(tests::any_file_contains(backups_, photo(1)));
  EXPECT_TRUE(tests::any_file_contains(backups_, photo(2)));
}

TEST_F(BlobBackup, OneThatADiskAlteredIsCountedAndTheRestIsSafe) {
  const BlobKey first = bring(coop_, 1);
  const BlobKey second = bring(coop_, 2);
  for (const auto& file : std::filesystem::recursive_directory_iterator(places_.blobs())) {
    const std::string path = file.path().string();
    if (path.ends_with("/octets") && tests::read_file(path) == photo(1)) tests::flip_bit(path, 99);
  }
  EXPECT_EQ(back_up().damaged_blobs, 1U);
  const auto back = restored(1, "rest");
  EXPECT_FALSE(back->find(first));
  EXPECT_EQ(*back->read(second), photo(2));
}

TEST(BlobManifest, ReadsWhatItWritesAndNothingThatLeadsOut) {
  Manifest manifest;
  manifest.number = 1;
  manifest.deployment = std::string(43, 'A');
  manifest.origin = "nguon.example/log/0";
  const std::string about = R"({"blob":{"sha256":")" + std::string(43, 'A') +
                            R"(","size":5,"type":"image/jpeg"},"entries":[")" +
                            std::string(43, 'A') + R"("]})";
  const std::string folder = std::string(26, '1') + '/' + std::string(64, '0');
  manifest.files = {{"blobs/kept/" + folder + "/octets", 5, {}, "", about}};
  const std::string text = format_manifest(manifest);
  EXPECT_EQ(*parse_manifest(text), manifest);
  const auto with_org = [&](const std::string& org) {
    std::string other = text;
    return other.replace(other.find(std::string(26, '1')), 26, org);
  };
  EXPECT_TRUE(parse_manifest(with_org(std::string(26, '2'))));
  for (const auto& org : {std::string("../../etc"), std::string(25, '1'), std::string(26, '/'),
                          std::string(26, '.'), std::string()}) {
    EXPECT_FALSE(parse_manifest(with_org(org))) << org;
  }
}

}  // namespace
}  // namespace nguon::server
