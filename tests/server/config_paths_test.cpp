#include "server/config_paths.hpp"

#include "server/config.hpp"

#include <gtest/gtest.h>

namespace nguon::server {
namespace {

constexpr std::string_view from_elsewhere = R"(# Cấu hình mẫu, đừng quên "ữ"
"data_directory" = '/cũ/nguon'   # ở máy cũ
[hosts]
log = "nguon.example"
labels = ["tem.nguon.example"]
[listen]
tls_certificate = "/cũ/chain.pem"
tls_key = "/cũ/key.pem"
[witnesses]
  policy = """
/cũ/\
  witnesses.policy""" # nhân chứng
)";

TEST(ConfigPaths, ArePutInAndNothingElseChanges) {
  const auto settled = settle_config(from_elsewhere, "/mới/nguon \"1\"", "/mới/witnesses.policy");
  ASSERT_TRUE(settled);
  std::string expected(from_elsewhere);
  const auto put = [&expected](std::string_view old, std::string_view now) {
    expected.replace(expected.find(old), old.size(), now);
  };
  put("'/cũ/nguon'", R"("/mới/nguon \"1\"")");
  put("\"\"\"\n/cũ/\\\n  witnesses.policy\"\"\"", "\"/mới/witnesses.policy\"");
  EXPECT_EQ(settled->text, expected);
  EXPECT_EQ(settled->outside, (std::vector<std::string>{"/cũ/chain.pem", "/cũ/key.pem"}));
  const auto read = parse_config(settled->text, "nguon.toml");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->data_directory, "/mới/nguon \"1\"");
  EXPECT_EQ(read->witness_policy, "/mới/witnesses.policy");
}

TEST(ConfigPaths, APolicyThatDidNotComeAlongKeepsItsPath) {
  const auto settled = settle_config(from_elsewhere, "/n", "");
  ASSERT_TRUE(settled);
  EXPECT_EQ(parse_config(settled->text, "nguon.toml")->witness_policy, "/cũ/witnesses.policy");
}

TEST(ConfigPaths, WhatIsNotThereIsNotAdded) {
  const auto settled = settle_config("data_directory = \"a\"\r\n", "/b", "/c");
  ASSERT_TRUE(settled);
  EXPECT_EQ(settled->text, "data_directory = \"/b\"\r\n");
  EXPECT_TRUE(settled->outside.empty());
}

TEST(ConfigPaths, WhatIsNoTomlIsRefused) {
  EXPECT_EQ(settle_config("data_directory = ", "/b", "").error().rule, "config.syntax");
  EXPECT_EQ(settle_config("data_directory = \"a\"", "/\xff", "").error().rule, "config.syntax");
}

}  // namespace
}  // namespace nguon::server
