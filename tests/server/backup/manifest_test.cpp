#include "server/backup/manifest.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/keys/passphrase.hpp"
#include "ledger/keys/sha256.hpp"
#include "server/backup/folder.hpp"
#include "server/backup/secrets.hpp"
#include "tests/support/files.hpp"
#include "tests/support/temp_dir.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace nguon::server {
namespace {

constexpr std::string_view sample_passphrase = "mật khẩu sao lưu mẫu";

Manifest sample() {
  Manifest manifest;
  manifest.number = 1;
  manifest.taken = 1'790'000'000;
  manifest.deployment = std::string(43, 'A');
  manifest.origin = "nguon.example/log/0";
  manifest.size = 7;
  manifest.root = ledger::sha256("root");
  manifest.store_format = 2;
  manifest.files = {{"database/000012.sst", 5, ledger::sha256("table"), "0-1-2"},
                    {"config/nguon.toml", 4, ledger::sha256("toml"), ""}};
  return manifest;
}

std::string with(std::string text, const std::string& old, const std::string& fresh) {
  const auto at = text.find(old);
  EXPECT_NE(at, std::string::npos) << old;
  return text.replace(at, old.size(), fresh);
}

TEST(Manifest, ReadsWhatItWrites) {
  EXPECT_EQ(*parse_manifest(format_manifest(sample())), sample());
}

TEST(Manifest, RefusesNamesThatLeadOutOfTheFolder) {
  const std::string good = format_manifest(sample());
  for (const char* name : {"database/../keys", "database/a/b", "/etc/passwd", "database/",
                           "database/.x", "keys/log.pem", "database/a b", "database\\\\x"}) {
    const auto parsed = parse_manifest(with(good, "database/000012.sst", name));
    ASSERT_FALSE(parsed) << name;
  }
}

TEST(Manifest, RefusesWhatIsMissingDoubledOrOutOfRange) {
  const std::string good = format_manifest(sample());
  for (const auto& [old, fresh] : std::initializer_list<std::pair<const char*, const char*>>{
           {"nguon-backup/1", "nguon-backup/2"},
           {"\"number\":1", "\"number\":0"},
           {"\"size\":7", "\"size\":-7"},
           {"\"last\":false", "\"last\":0"},
           {"config/nguon.toml", "database/000012.sst"},
           {"\"id\":\"0-1-2\"", "\"id\":\"0-1-2\",\"x\":1"},
           {"\"taken\":1790000000", "\"taken\":1e9"}}) {
    EXPECT_FALSE(parse_manifest(with(good, old, fresh))) << fresh;
  }
}

TEST(Manifest, TheBoxOpensByItsPassphraseOverItsOwnManifestOnly) {
  Backup backup{format_manifest(sample()), {}};
  backup.box = ledger::seal_with_passphrase(sample_passphrase, "keys", backup.text);
  const auto read = parse_backup(format_backup(backup));
  ASSERT_TRUE(read);
  EXPECT_EQ(*ledger::open_with_passphrase(sample_passphrase, read->box, read->text), "keys");
  EXPECT_FALSE(ledger::open_with_passphrase("another passphrase", read->box, read->text));
  EXPECT_FALSE(ledger::open_with_passphrase(sample_passphrase, read->box,
                                            with(read->text, "\"size\":7", "\"size\":8")));
}

TEST(Manifest, TheExampleOfTheFormatOpens) {
  const auto backup = parse_backup(
      tests::read_file(std::string(NGUON_SOURCE_DIR) + "/tests/server/golden/backup/1.backup"));
  ASSERT_TRUE(backup);
  EXPECT_EQ(parse_manifest(backup->text)->origin, "nguon.example/log/0");
  const auto keys = ledger::open_with_passphrase(sample_passphrase, backup->box, backup->text);
  ASSERT_TRUE(keys);
  const tests::TempDir to;
  ASSERT_TRUE(unpack_keys(*keys, to / "keys"));
  EXPECT_EQ(tests::read_file(to / "keys/a.key"), "khóa mẫu");
}

TEST(Manifest, KeysWithNamesThatLeadOutAreRefused) {
  const tests::TempDir to;
  EXPECT_FALSE(unpack_keys(R"({"../a":"YQ"})", to / "keys"));
  EXPECT_FALSE(unpack_keys(R"({"a.key":"not base64url!"})", to / "keys"));
  EXPECT_FALSE(unpack_keys("[]", to / "keys"));
}

std::vector<Manifest> taken_on_days(std::initializer_list<int> days) {
  std::vector<Manifest> backups;
  for (const int day : days) {
    backups.push_back(sample());
    backups.back().number = backups.size();
    backups.back().taken = day * 86'400;
  }
  return backups;
}

TEST(BackupFolder, WhatOutlivesThePolicyGoesAndTheNewestStays) {
  const auto backups = taken_on_days({1, 2, 30, 31});
  const std::int64_t now = 33 * 86'400;
  using Numbers = std::vector<std::uint64_t>;
  EXPECT_EQ(outlived(backups, {}, {}, now), Numbers{});
  EXPECT_EQ(outlived(backups, 2, {}, now), (Numbers{1, 2}));
  EXPECT_EQ(outlived(backups, {}, 31, now), (Numbers{1}));
  EXPECT_EQ(outlived(backups, 3, 1, now), (Numbers{1, 2, 3}));
  EXPECT_EQ(outlived(backups, 1, 1, now + 1'000'000'000), (Numbers{1, 2, 3}));
}

TEST(BackupFolder, SharesFilesAndSweepsOnlyWhatIsItsOwnAndNobodys) {
  const tests::TempDir home;
  auto folder = *BackupFolder::for_writing(home / "backups");
  const auto add = [&](std::string_view octets) {
    return *folder->add([&](const BackupFolder::Append& append) { return append(octets); });
  };
  Manifest manifest = sample();
  manifest.files = {{"database/a", 5, add("table"), ""}};
  ASSERT_TRUE(folder->publish(1, {format_manifest(manifest), "box"}));
  EXPECT_EQ(folder->publish(1, {"other", "box"}).error().rule, "backup.exists");
  const auto orphan = add("rubbish");
  tests::write_file(home / "backups/files/mine.txt", "not ours");
  tests::write_file(home / "backups/2.backup.new", "unfinished");
  EXPECT_EQ(*folder->sweep(), 2U);
  EXPECT_FALSE(folder->holds(orphan, 7));
  EXPECT_TRUE(folder->holds(manifest.files[0].sha256, 5));
  EXPECT_TRUE(std::filesystem::exists(home / "backups/files/mine.txt"));
  EXPECT_EQ(BackupFolder::for_writing(home / "backups").error().rule, "backup.folder-busy");

  tests::write_file(home / "backups/2.backup", "damaged");
  ASSERT_TRUE(folder->remove(1));
  EXPECT_EQ(*folder->sweep(), 0U);  // what 2 named may be all that is left of it
  EXPECT_EQ(folder->list()->damaged, std::vector<std::string>{"2.backup"});
}

}  // namespace
}  // namespace nguon::server
