#include "tests/server/api/test_api.hpp"

namespace nguon::server {
namespace {

class Shell : public TestApi {};

TEST_F(Shell, TheAppComesPackedWithAStrictPolicyAndNoCookie) {
  accept_encoding = "gzip, br";
  const Response page = get("/app");
  ASSERT_EQ(page.status, 200);
  EXPECT_EQ(page.content_type, "text/html; charset=utf-8");
  EXPECT_EQ(header(page, "Content-Encoding"), "gzip");
  EXPECT_EQ(header(page, "Set-Cookie"), "");
  EXPECT_TRUE(page.content_security_policy.starts_with("default-src 'none'; script-src 'self'; "));
  EXPECT_EQ(page.cache_control, "no-cache");
}

TEST_F(Shell, WhoTakesNoGzipGetsTheSameOctetsUnpacked) {
  const Response page = get("/app");
  EXPECT_EQ(header(page, "Content-Encoding"), "");
  EXPECT_TRUE(page.body_view().starts_with("<!doctype html>"));
  const Asset* const script = assets.named("app.js");
  ASSERT_NE(script, nullptr);
  EXPECT_NE(page.body_view().find(script->path), std::string_view::npos);
}

TEST_F(Shell, WhatIsNamedAfterItsOctetsIsKeptForEver) {
  for (const Asset& asset : assets.all()) {
    const Response response = get(std::string(asset.path));
    ASSERT_EQ(response.status, 200) << asset.path;
    EXPECT_EQ(response.cache_control, asset.lasting ? for_ever : "no-cache") << asset.path;
    if_none_match = header(response, "ETag");
    EXPECT_EQ(get(std::string(asset.path)).status, 304) << asset.path;
    if_none_match.clear();
  }
}

TEST_F(Shell, TheWorkerMayAnswerForTheWholeApp) {
  EXPECT_EQ(header(get("/app/sw.js"), "Service-Worker-Allowed"), "/app");
  EXPECT_EQ(get("/app/none.js").status, 404);
}

TEST_F(Shell, OnlyTheBarcodeReadersThreadMayCompileAndItMayReachNobody) {
  const Asset* const reader = assets.named("reader.js");
  const Asset* const compiled = assets.named("reader.wasm");
  ASSERT_TRUE(reader != nullptr && compiled != nullptr);
  EXPECT_EQ(get(std::string(compiled->path)).content_type, "application/wasm");
  for (const Asset& asset : assets.all()) {
    const std::string policy = get(std::string(asset.path)).content_security_policy;
    EXPECT_EQ(policy.find("wasm-unsafe-eval") != std::string::npos, &asset == reader) << asset.path;
    EXPECT_EQ(policy.find("connect-src") != std::string::npos, &asset != reader) << asset.path;
  }
}

TEST_F(Shell, TheCheckOfALabelIsSmallAndItsFileToKeepNeedsNothing) {
  const Response page = get("/app/kiem-tra");
  ASSERT_EQ(page.status, 200);
  EXPECT_EQ(page.body_view().find("<script>"), std::string_view::npos);
  std::size_t octets = 0;
  for (const Asset& asset : assets.all()) {
    if (asset.name.starts_with("check-") && asset.path.ends_with(".js")) octets += asset.gzip->size();
  }
  EXPECT_GT(octets, 10'000U);
  EXPECT_LE(octets, 40'000U) << "what stands in for WebCrypto included";

  const Response file = get("/app/kiem-tra-offline");
  EXPECT_TRUE(header(file, "Content-Disposition").starts_with("attachment"));
  const std::string_view text = file.body_view();
  EXPECT_NE(text.find("content=\"default-src 'none'; script-src 'sha256-"), std::string_view::npos);
  for (const char* outside : {"src=", "href=", "@import", "url(", "fetch("}) {
    EXPECT_EQ(text.find(outside), std::string_view::npos) << outside;
  }
}

TEST_F(Shell, TheVoiceIsAFileOfSoundAndNoPartOfThePagesPolicy) {
  const Asset* const clips = assets.named("voice.mp3");
  const Asset* const index = assets.named("voice.json");
  ASSERT_TRUE(clips != nullptr && index != nullptr);
  const Response sound = get(std::string(clips->path));
  EXPECT_EQ(sound.content_type, "audio/mpeg");
  EXPECT_EQ(get(std::string(index->path)).content_type, "application/json");
  // Each clip begins with a frame of MPEG-2, layer III (ISO/IEC 13818-3): eleven bits of one, then 10, then 01.
  EXPECT_TRUE(sound.body_view().starts_with("\xFF\xF3")) << sound.body_view().size();
  EXPECT_EQ(get("/app").content_security_policy.find("media-src"), std::string::npos);
}

TEST_F(Shell, AnEnrolmentsQrLeadsIntoTheAppInEitherCase) {
  for (const char* path : {"/E/4X7K2M9QPA3ZB8CD", "/e/4X7K2M9QPA3ZB8CD"}) {
    const Response response = get(path);
    EXPECT_EQ(response.status, 303);
    EXPECT_EQ(header(response, "Location"), "/app#4X7K2M9QPA3ZB8CD");
  }
  EXPECT_EQ(header(get("/E/%22%3E"), "Location"), "/app");
  EXPECT_EQ(header(get("/E/" + std::string(50, 'A')), "Location"), "/app");
}

}  // namespace
}  // namespace nguon::server
