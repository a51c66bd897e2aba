#include "server/config.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

namespace nguon::server {
namespace {

const std::string documented = NGUON_SOURCE_DIR "/deploy/nguon.toml";

const std::string least =
    "data_directory = \"d\"\n[hosts]\nlog = \"nguon.example\"\nlabels = [\"tem.example\"]\n";

ledger::Error error_of(const std::string& text) {
  const auto config = parse_config(text, "nguon.toml");
  return config ? ledger::Error{} : config.error();
}

TEST(Config, TheDocumentedFileHoldsEveryKeyWithItsDefault) {
  const auto shown = load_config(documented);
  ASSERT_TRUE(shown) << shown.error().detail;
  const auto defaults = parse_config(least, "least");
  ASSERT_TRUE(defaults) << defaults.error().detail;
  EXPECT_EQ(shown->listen_address, defaults->listen_address);
  EXPECT_EQ(shown->listen_port, defaults->listen_port);
  EXPECT_EQ(shown->trusted_proxies, defaults->trusted_proxies);
  EXPECT_EQ(shown->io_threads, defaults->io_threads);
  EXPECT_EQ(shown->printers, defaults->printers);
  EXPECT_EQ(shown->limits.head_octets, defaults->limits.head_octets);
  EXPECT_EQ(shown->limits.head, defaults->limits.head);
  EXPECT_EQ(shown->limits.body, defaults->limits.body);
  EXPECT_EQ(shown->limits.answer, defaults->limits.answer);
  EXPECT_EQ(shown->limits.write, defaults->limits.write);
  EXPECT_EQ(shown->limits.idle, defaults->limits.idle);
  EXPECT_EQ(shown->limits.connections, defaults->limits.connections);
  EXPECT_EQ(shown->limits.connections_per_peer, defaults->limits.connections_per_peer);
  EXPECT_EQ(shown->admission_threads, defaults->admission_threads);
  EXPECT_EQ(shown->queue_length, defaults->queue_length);
  EXPECT_EQ(shown->memory_bytes, defaults->memory_bytes);
  EXPECT_EQ(shown->free_space_reserve_bytes, defaults->free_space_reserve_bytes);
  EXPECT_EQ(shown->blob_quota_bytes, defaults->blob_quota_bytes);
  EXPECT_EQ(shown->signals, defaults->signals);
  EXPECT_EQ(shown->province_table, defaults->province_table);
  EXPECT_EQ(shown->witness_policy, defaults->witness_policy);
  EXPECT_EQ(shown->log_level, defaults->log_level);
  EXPECT_EQ(shown->access_log, defaults->access_log);
}

TEST(Config, PrintersAreNamedOnceAndNothingElseIsAnAddress) {
  const auto config = parse_config(
      least + "[labels]\nprinters = [\"kho tcp://192.168.1.40\", \"x /dev/usb/lp0\"]\n", "x");
  ASSERT_TRUE(config) << config.error().detail;
  ASSERT_EQ(config->printers.size(), 2u);
  EXPECT_EQ(show(config->printers[0].address), "tcp://192.168.1.40:9100");
  EXPECT_EQ(config->printers[1].name, "x");
  for (const auto* wrong : {"\"kho\"", "\"kho http://h\"", "\"k tcp://h\", \"k tcp://i\"", "1"}) {
    EXPECT_TRUE(
        error_of(least + "[labels]\nprinters = [" + wrong + "]\n").rule.starts_with("config."))
        << wrong;
  }
}

TEST(Config, EveryKeyTheProgramReadsIsDocumented) {
  std::ifstream file(documented);
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  std::ifstream source(NGUON_SOURCE_DIR "/server/config.cpp");
  std::string line;
  int keys = 0;
  while (std::getline(source, line)) {
    const std::size_t at = line.find("  reader.");
    const std::size_t quote = line.find("(\"", at);
    if (at != 0 || quote == std::string::npos || line.find("enter") != std::string::npos) continue;
    const std::string key = line.substr(quote + 2, line.find('"', quote + 2) - quote - 2);
    const bool there = text.find("\n" + key + " = ") != std::string::npos ||
                       text.find("\n# " + key + " = ") != std::string::npos;
    EXPECT_TRUE(there) << key;
    ++keys;
  }
  EXPECT_GE(keys, 20);
}

TEST(Config, ReadsWhatIsSet) {
  const auto config =
      parse_config(least +
                       "[listen]\naddress = \"[::1]:8443\"\ntls_certificate = \"c\"\n"
                       "tls_key = \"k\"\n[ledger]\nmemory = \"256M\"\n"
                       "[limits]\nhead_seconds = 3\n[logging]\naccess = true\n",
                   "nguon.toml");
  ASSERT_TRUE(config) << config.error().detail;
  EXPECT_EQ(config->listen_address, "::1");
  EXPECT_EQ(config->listen_port, 8443);
  EXPECT_EQ(config->tls_key, "k");
  EXPECT_EQ(config->memory_bytes, std::uint64_t{256} << 20);
  EXPECT_EQ(config->limits.head, std::chrono::seconds(3));
  EXPECT_TRUE(config->access_log);
  EXPECT_EQ(config->label_hosts, std::vector<std::string>{"tem.example"});
}

TEST(Config, RefusesAnUnknownKeyWithFileAndLine) {
  const auto error = error_of(least + "[listen]\nprot = 8080\n");
  EXPECT_EQ(error.rule, "config.unknown-key");
  EXPECT_EQ(error.field, "/listen/prot");
  EXPECT_EQ(error.detail, "nguon.toml:6: listen.prot: no such key");
  EXPECT_EQ(error_of("colour = 1\n" + least).rule, "config.unknown-key");
  EXPECT_EQ(error_of(least + "[extra]\nx = 1\n").rule, "config.unknown-key");
  EXPECT_EQ(error_of(least + "[listen.more]\nx = 1\n").rule, "config.unknown-key");
}

TEST(Config, RefusesWrongTypesRangesAndGaps) {
  const struct {
    std::string text;
    const char* rule;
  } all[] = {
      {least + "[listen]\nio_threads = \"2\"\n", "config.type"},
      {least + "[listen]\nio_threads = 2.0\n", "config.type"},
      {least + "[listen]\ntrusted_proxies = \"127.0.0.1\"\n", "config.type"},
      {least + "[logging]\naccess = 1\n", "config.type"},
      {"listen = 3\n" + least, "config.type"},
      {least + "[listen]\nio_threads = 0\n", "config.range"},
      {least + "[listen]\nio_threads = 65\n", "config.range"},
      {least + "[listen]\naddress = \"localhost\"\n", "config.range"},
      {least + "[listen]\naddress = \"::1:80\"\n", "config.range"},
      {least + "[listen]\naddress = \"127.0.0.1:65536\"\n", "config.range"},
      {least + "[listen]\ntls_key = \"k\"\n", "config.missing"},
      {least + "[limits]\nhead_seconds = 0\n", "config.range"},
      {least + "[ledger]\nmemory = \"1M\"\n", "config.range"},
      {least + "[ledger]\nmemory = \"lots\"\n", "config.range"},
      {least + "[logging]\nlevel = \"loud\"\n", "config.range"},
      {"data_directory = \"d\"\n[hosts]\nlog = \"Upper.example\"\nlabels = [\"a\"]\n",
       "config.range"},
      {"data_directory = \"d\"\n[hosts]\nlog = \"a\"\nlabels = []\n", "config.missing"},
      {"[hosts]\nlog = \"a\"\nlabels = [\"b\"]\n", "config.missing"},
      {"data_directory = \"\"\n", "config.range"},
      {"data_directory = \"d\"\n", "config.missing"},
      {"data_directory = = \"d\"\n", "config.syntax"},
      {least + least, "config.syntax"},
  };
  for (const auto& bad : all) {
    const auto error = error_of(bad.text);
    EXPECT_EQ(error.rule, bad.rule) << bad.text;
    EXPECT_EQ(error.detail.rfind("nguon.toml:", 0), 0U) << error.detail;
  }
}

TEST(Config, AMissingFileIsNamed) {
  const auto config = load_config("no-such-directory/nguon.toml");
  ASSERT_FALSE(config);
  EXPECT_EQ(config.error().rule, "config.file");
}

TEST(Config, SizesHaveOneSpelling) {
  EXPECT_EQ(parse_size("0"), 0U);
  EXPECT_EQ(parse_size("64K"), 65536U);
  EXPECT_EQ(parse_size("2G"), std::uint64_t{2} << 30);
  for (const auto* bad :
       {"", "M", "1T", "1 M", "-1M", "0x10", "1.5G", "9223372036854775808", "1KM"}) {
    EXPECT_EQ(parse_size(bad), std::nullopt) << bad;
  }
}

}  // namespace
}  // namespace nguon::server
