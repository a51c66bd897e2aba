#include "server/deployment/keyring.hpp"

#include "server/backup/secrets.hpp"
#include "server/deployment/files.hpp"
#include "server/deployment/key_folder.hpp"
#include "tests/support/files.hpp"
#include "tests/support/temp_dir.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace nguon::server {
namespace {

TEST(Keyring, WhatIsWrittenIsReadAgain) {
  const tests::TempDir directory;
  const Keyring made = make_keyring();
  ASSERT_TRUE(write_keyring(directory / "keys", made));
  const auto read = read_keyring(directory / "keys");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->log.front().kid(), made.log.front().kid());
  EXPECT_EQ(read->service.front().kid(), made.service.front().kid());
  EXPECT_EQ(read->vault, made.vault);
  ASSERT_EQ(read->serials.size(), 1U);
  EXPECT_EQ(read->serials.at(0).octets, made.serials.at(0).octets);
}

TEST(Keyring, KeysAreReadableByTheOwnerOnly) {
  const tests::TempDir directory;
  ASSERT_TRUE(write_keyring(directory / "keys", make_keyring()));
  using std::filesystem::perms;
  for (const auto& file : std::filesystem::directory_iterator(directory / "keys")) {
    EXPECT_EQ(file.status().permissions(), perms::owner_read | perms::owner_write) << file.path();
  }
}

TEST(Keyring, AKeyOthersMayReadIsRefused) {
  const tests::TempDir directory;
  ASSERT_TRUE(write_keyring(directory / "keys", make_keyring()));
  std::filesystem::permissions(directory / "keys/log.pem", std::filesystem::perms::group_read,
                               std::filesystem::perm_options::add);
  const auto read = read_keyring(directory / "keys");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().rule, "file.mode");
}

TEST(Keyring, IsNeverOverwritten) {
  const tests::TempDir directory;
  const Keyring first = make_keyring();
  ASSERT_TRUE(write_keyring(directory / "keys", first));
  const auto again = write_keyring(directory / "keys", make_keyring());
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().rule, "file.write");
  EXPECT_EQ(read_keyring(directory / "keys")->log.front().kid(), first.log.front().kid());
}

TEST(Keyring, AKeyThatIsThereIsWhole) {
  const tests::TempDir directory;
  ASSERT_TRUE(write_keyring(directory / "keys", make_keyring()));
  // What a run that was killed while it wrote leaves: nobody reads it, and the next key takes its
  // place.
  tests::write_file(directory / "keys/log-2.pem.part", "-----BEGIN PRIV");
  std::filesystem::permissions(
      directory / "keys/log-2.pem.part",
      std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_TRUE(read_keyring(directory / "keys"));
  EXPECT_EQ(pack_keys(directory / "keys")->find("part"), std::string::npos);
  EXPECT_EQ(next_key_path(directory / "keys", "log"), directory / "keys/log-2.pem");
  ASSERT_TRUE(write_new_secret(directory / "keys/log-2.pem", "-----BEGIN PRIV"));
  const auto read = read_keyring(directory / "keys");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().rule, "key.pem");
  EXPECT_EQ(read.error().detail, directory / "keys/log-2.pem");
  EXPECT_FALSE(std::filesystem::exists(directory / "keys/log-2.pem.part"));
}

TEST(Keyring, IsNotWrittenIntoAFileThatOthersRead) {
  const tests::TempDir directory;
  tests::write_file(directory / "root.pem.part", "");
  std::filesystem::permissions(directory / "root.pem.part", std::filesystem::perms::all);
  const auto written = write_new_secret(directory / "root.pem", "secret");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().rule, "file.write");
  EXPECT_EQ(tests::read_file(directory / "root.pem.part"), "");
}

TEST(Keyring, WithoutSerialKeysNothingStarts) {
  const tests::TempDir directory;
  ASSERT_TRUE(write_keyring(directory / "keys", make_keyring()));
  std::filesystem::remove(directory / "keys/serial-0.key");
  const auto read = read_keyring(directory / "keys");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().rule, "keyring.serial");
}

TEST(Keyring, ATruncatedSecretIsRefused) {
  const tests::TempDir directory;
  ASSERT_TRUE(write_keyring(directory / "keys", make_keyring()));
  std::filesystem::remove(directory / "keys/vault.key");
  ASSERT_TRUE(write_new_secret(directory / "keys/vault.key", "AAAA\n"));
  const auto read = read_keyring(directory / "keys");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().rule, "keyring.key");
}

}  // namespace
}  // namespace nguon::server
