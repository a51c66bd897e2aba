// What was erased is in no file of a backup begun afterwards, and in no file at all once the older
// backups have aged out (FORMAT.md "Vault", deploy/README.md).

#include "ledger/apply/keys.hpp"
#include "ledger/base/base64url.hpp"
#include "ledger/base/json.hpp"
#include "ledger/store/keys.hpp"
#include "server/backup/take.hpp"
#include "server/deployment/anchored.hpp"
#include "server/deployment/keyring.hpp"
#include "tests/support/files.hpp"
#include "tests/support/small_ledger.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <thread>

namespace nguon::server {
namespace {

using ledger::Family;

class Held final : public HeldFiles {
 public:
  explicit Held(std::unique_ptr<ledger::FrozenFiles> frozen) : frozen_(std::move(frozen)) {}
  const std::vector<ledger::FrozenFile>& files() const override { return frozen_->files(); }
  ledger::Result<void> release() override {
    frozen_.reset();
    return {};
  }

 private:
  std::unique_ptr<ledger::FrozenFiles> frozen_;
};

class ErasedBackup : public testing::Test {
 protected:
  ErasedBackup() {
    // The ledger's own places, as a data directory has them.
    std::filesystem::create_directories(places_.data);
    std::filesystem::create_directory_symlink(small_.directory / "db", places_.database());
    std::filesystem::create_symlink(small_.directory / "anchor", places_.anchor());
    EXPECT_TRUE(write_keyring(places_.keys(), make_keyring()));
  }

  Taken back_up() {
    auto folder = *BackupFolder::for_writing(backups_);
    const auto anchored = *read_anchor(places_.anchor());
    Held held(*small_.store->freeze(std::chrono::seconds(10)));
    BackupWishes wishes;
    wishes.places = places_;
    wishes.passphrase = "mật khẩu mẫu";
    auto taken = take_backup(*folder, held, anchored, wishes);
    EXPECT_TRUE(taken) << taken.error().rule << ' ' << taken.error().detail;
    return *taken;
  }
  std::string head_of(const std::string& sub) {
    const auto record = ledger::parse_json(**small_.log->state(ledger::state_key::head(sub)));
    return std::string(record->at("head").as_string());
  }
  /// The harvest's private note as its row holds it: the wrapped key and the sealed text.
  std::pair<std::string, std::string> sealed(const ledger::MadeEntry& entry) {
    const auto row = **small_.store->get(
        Family::private_values, ledger::keys::value(0, *ledger::base64url_hash(entry.id), "/note"));
    const auto after_person = 1 + static_cast<std::size_t>(static_cast<unsigned char>(row[0]));
    return {row.substr(after_person, 60), row.substr(after_person + 60)};
  }
  void erase(const ledger::MadeEntry& entry) {
    small_.add(small_.people.make("erase/1")
                   .by("clerk")
                   .continues(entry.sub, head_of(entry.sub))
                   .data(R"({"scope":"value","reason":"request","entry":")" + entry.id +
                         R"(","slot":"/note"})")
                   .sign());
    while (small_.log->purging()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  bool backed_up(const std::string& octets) const {
    return tests::any_file_contains(backups_, octets);
  }

  tests::SmallLedger small_;
  const Places places_{small_.directory / "data"};
  const std::string backups_ = small_.directory / "backups";
};

TEST_F(ErasedBackup, ANewOneHoldsNeitherKeyNorValueAndTheOldOneAgesOut) {
  const auto harvest = small_.add(small_.harvest());
  const auto [key, text] = sealed(harvest);
  EXPECT_EQ(back_up().manifest.number, 1U);
  ASSERT_TRUE(backed_up(key) && backed_up(text));

  erase(harvest);
  const auto second = back_up();
  auto folder = *BackupFolder::for_writing(backups_);
  for (const BackupFile& file : second.manifest.files) {
    const std::string octets = tests::read_file(folder->path_of(file.sha256));
    EXPECT_EQ(octets.find(key), std::string::npos) << file.name;
    EXPECT_EQ(octets.find(text), std::string::npos) << file.name;
  }
  EXPECT_TRUE(backed_up(text));  // in the first one still, as the policy says
  ASSERT_TRUE(folder->remove(1));
  EXPECT_GT(*folder->sweep(), 0U);
  EXPECT_FALSE(backed_up(key));
  EXPECT_FALSE(backed_up(text));
  EXPECT_TRUE(check_backup(*folder, second.manifest));
}

TEST_F(ErasedBackup, WhatIsHeldKeepsAPurgeWaitingAndAPurgedStoreIsHeldClean) {
  const auto harvest = small_.add(small_.harvest());
  auto frozen = *small_.store->freeze(std::chrono::seconds(10));
  EXPECT_EQ(small_.store->freeze(std::chrono::milliseconds(1)).error().rule, "store.frozen");
  std::atomic<bool> let_go = false;
  std::thread later([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    let_go = true;
    frozen.reset();
  });
  erase(harvest);
  EXPECT_TRUE(let_go);
  later.join();
}

TEST_F(ErasedBackup, ATableThatIsThereIsNotCopiedAgain) {
  small_.add(small_.harvest());
  const auto first = back_up();
  small_.add(small_.harvest("3"));
  const auto second = back_up();
  EXPECT_EQ(first.new_files, first.manifest.files.size());
  EXPECT_LT(second.new_files, second.manifest.files.size());
  EXPECT_EQ(second.manifest.size, small_.log->head().size);
  EXPECT_EQ(second.manifest.root, small_.log->head().root);
  EXPECT_EQ(second.manifest.deployment, small_.log->deployment_id());
}

}  // namespace
}  // namespace nguon::server
