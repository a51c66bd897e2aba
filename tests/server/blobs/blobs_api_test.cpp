// Photos over the whole API: named by entries of a real ledger, brought, seen and erased.
#include "ledger/apply/keys.hpp"
#include "ledger/base/base64url.hpp"
#include "ledger/base/json.hpp"
#include "ledger/entry/jws.hpp"
#include "server/blobs/jpeg.hpp"
#include "tests/server/api/test_api.hpp"
#include "tests/server/blobs/samples.hpp"
#include "tests/support/files.hpp"

#include <boost/json/serialize.hpp>

namespace nguon::server {
namespace {

class BlobApi : public TestApi {
 protected:
  void read_as(std::string_view by) {
    const auto nonce = body(ask(Method::post, "/api/session/challenge")).at("nonce");
    const boost::json::object said{{"aud", small.log->deployment_id()}, {"nonce", nonce}};
    const Response begun =
        ask(Method::post, "/api/session",
            ledger::make_jws(small.people.key(by), session_typ, boost::json::serialize(said)),
            "application/jwt");
    const std::string set = header(begun, "Set-Cookie");
    cookie = set.substr(0, set.find(';'));
  }
  /// A harvest of the member that names a photo in its private slot.
  ledger::MadeEntry harvest_with(const BlobName& named) {
    const boost::json::object data{{"product", small.product},
                                   {"site", small.site},
                                   {"on", "2026-09-10"},
                                   {"qty", {{"amount", "12.5"}, {"unit", "kg"}}},
                                   {"photo", json_of(named)}};
    return small.people.make("batch.harvest/1")
        .by("member")
        .starts("batch")
        .data(boost::json::serialize(data))
        .sign();
  }
  Response claim(const std::string& entry, const BlobName& named) {
    auto said = json_of(named).as_object();
    said["entry"] = entry;
    return ask(Method::post, "/api/blobs", boost::json::serialize(said), "application/json");
  }
  Response piece(std::uint64_t from, std::uint64_t to, std::uint64_t size) {
    content_range =
        "bytes " + std::to_string(from) + '-' + std::to_string(to - 1) + '/' + std::to_string(size);
    Response response = ask(Method::put, path(), photo.substr(from, to - from));
    content_range.clear();
    return response;
  }
  void bring(const std::string& entry) {
    ASSERT_LT(claim(entry, name).status, 300);
    ASSERT_EQ(piece(0, photo.size(), photo.size()).status, 201);
  }
  void erase(const ledger::MadeEntry& entry) {
    const auto record = ledger::parse_json(**small.log->state(ledger::state_key::head(entry.sub)));
    small.add(small.people.make("erase/1")
                  .by("clerk")
                  .continues(entry.sub, std::string(record->at("head").as_string()))
                  .data(R"({"scope":"value","reason":"request","entry":")" + entry.id +
                        R"(","slot":"/photo"})")
                  .sign());
  }
  std::string path() const { return "/api/blobs/" + ledger::base64url_encode(name.sha256); }
  std::string rule(const Response& response) {
    return std::string(body(response).at("rule").as_string());
  }
  bool on_disk() {
    return tests::any_file_contains(small.directory / "blobs", photo.substr(300, 200));
  }

  const std::string photo = tests::jpeg_of(tests::drawn(640, 480));
  const BlobName name = tests::name_of(photo, jpeg_type);
};

TEST_F(BlobApi, APhotoIsBroughtInPiecesAndSeenByWhoMaySeeIt) {
  const auto made = small.add(harvest_with(name));
  EXPECT_EQ(claim(made.id, name).status, 401);
  read_as("member");
  const Response begun = claim(made.id, name);
  ASSERT_EQ(begun.status, 201) << begun.body_view();
  EXPECT_EQ(body(begun).at("offset").as_int64(), 0);
  ASSERT_EQ(piece(0, 1000, photo.size()).status, 200);
  EXPECT_EQ(body(claim(made.id, name)).at("offset").as_int64(), 1000);
  const Response half = get(path());
  EXPECT_EQ(half.status, 404);
  EXPECT_EQ(rule(half), "blob.arriving");
  EXPECT_EQ(header(half, "Upload-Offset"), "1000");
  const Response apart = piece(2000, 3000, photo.size());
  EXPECT_EQ(apart.status, 409);
  EXPECT_EQ(header(apart, "Upload-Offset"), "1000");
  const Response done = piece(1000, photo.size(), photo.size());
  ASSERT_EQ(done.status, 201) << done.body_view();
  EXPECT_TRUE(body(done).at("held").as_bool());

  const Response shown = get(path());
  ASSERT_EQ(shown.status, 200);
  EXPECT_EQ(shown.body_view(), photo);
  EXPECT_EQ(shown.content_type, "image/jpeg");
  EXPECT_EQ(shown.cache_control, "no-store");
  EXPECT_TRUE(shown.content_security_policy.starts_with("sandbox;"));
  EXPECT_EQ(header(shown, "Content-Disposition"), "inline");
  // The slot's readers: its person, the clerk of its organisation; not a neighbour, not a stranger.
  read_as("clerk");
  EXPECT_EQ(get(path()).status, 200);
  small.enrol("clerk", "second member", "member", small.coop);
  read_as("second member");
  EXPECT_EQ(rule(get(path())), "blob.unknown");
  EXPECT_EQ(rule(get(path() + "/thumbnail")), "blob.unknown");
  read_as("registrar");
  EXPECT_EQ(get(path()).status, 404);
  cookie.clear();
  EXPECT_EQ(get(path()).status, 401);
}

TEST_F(BlobApi, OnlyWhatALoggedEntryNamesIsTaken) {
  read_as("member");
  const auto made = harvest_with(name);
  const Response early = claim(made.id, name);
  EXPECT_EQ(early.status, 425);
  EXPECT_EQ(rule(early), "blob.entry");
  small.add(made);
  BlobName other = name;
  other.sha256.bytes[0] ^= 1;
  EXPECT_EQ(rule(claim(made.id, other)), "blob.not-named");
  const auto bare = small.add(small.harvest());
  EXPECT_EQ(rule(claim(bare.id, name)), "blob.not-named");
  // Who may not see the name may not bring it either, nor learn that it is there.
  small.enrol("clerk", "second member", "member", small.coop);
  read_as("second member");
  EXPECT_EQ(rule(claim(made.id, name)), "blob.not-named");
  EXPECT_EQ(piece(0, 10, photo.size()).status, 404);
}

TEST_F(BlobApi, WhatIsRefusedIsRefusedForEverAndSaysWhy) {
  const std::string located = tests::with_segment(photo, 0xe1, "Exif");
  const BlobName bad = tests::name_of(located, jpeg_type);
  const auto made = small.add(harvest_with(bad));
  read_as("member");
  ASSERT_EQ(claim(made.id, bad).status, 201);
  content_range =
      "bytes 0-" + std::to_string(located.size() - 1) + '/' + std::to_string(located.size());
  const Response refused =
      ask(Method::put, "/api/blobs/" + ledger::base64url_encode(bad.sha256), located);
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(rule(refused), "blob.metadata");
  EXPECT_FALSE(tests::any_file_contains(small.directory / "blobs", "Exif"));
}

TEST_F(BlobApi, NonsenseIsToldApart) {
  const auto made = small.add(harvest_with(name));
  read_as("member");
  for (const auto* said : {"", "{}", "[]", R"({"entry":"x"})"}) {
    EXPECT_EQ(ask(Method::post, "/api/blobs", said).status, 400) << said;
  }
  ASSERT_EQ(claim(made.id, name).status, 201);
  for (const auto* range : {"", "bytes 0-9", "bytes */10", "bytes 0-8/20", "bytes 5-4/10",
                            "bytes 0-9/9", "octets 0-9/20", "bytes 00-9/20", "bytes -1-8/20"}) {
    content_range = range;
    EXPECT_EQ(rule(ask(Method::put, path(), std::string(10, 'x'))), "blob.range") << range;
  }
  content_range = "bytes 0-9/20";  // well formed, and not the size that was claimed
  EXPECT_EQ(rule(ask(Method::put, path(), std::string(10, 'x'))), "blob.range");
  EXPECT_EQ(get("/api/blobs/x").status, 404);
}

TEST_F(BlobApi, TheThumbnailIsDerivedAndSaysOfWhat) {
  const auto made = small.add(harvest_with(name));
  read_as("member");
  bring(made.id);
  const Response shown = get(path() + "/thumbnail");
  ASSERT_EQ(shown.status, 200);
  EXPECT_EQ(decode_jpeg(shown.body_view())->width, thumbnail_side);
  EXPECT_NE(shown.body_view().find("derived from sha256 " + ledger::base64url_encode(name.sha256)),
            std::string_view::npos);
  EXPECT_EQ(header(shown, "Link"), "<" + path() + ">; rel=\"original\"");
}

TEST_F(BlobApi, ErasedItIsOutOfReachAtOnceAndGoneWithTheLastNameOfIt) {
  const auto first = small.add(harvest_with(name));
  const auto second = small.add(harvest_with(name));
  read_as("member");
  bring(first.id);
  EXPECT_EQ(claim(second.id, name).status, 200);
  erase(first);
  ASSERT_TRUE(blobs.catch_up());
  EXPECT_EQ(get(path()).status, 200) << "the second entry names it still";
  ASSERT_TRUE(on_disk());
  erase(second);
  EXPECT_EQ(get(path()).status, 404);
  ASSERT_TRUE(blobs.catch_up());
  EXPECT_FALSE(on_disk());
}

/// No schema of today has a public one; what a schema of tomorrow shows is found wherever it
/// stands.
TEST(NamedBlobs, AreFoundWhereverTheyStand) {
  const std::string octets = tests::jpeg_of(tests::drawn(8, 8));
  const BlobName name = tests::name_of(octets, jpeg_type);
  boost::json::value almost = json_of(name);
  almost.as_object()["note"] = "x";
  std::vector<BlobName> found;
  collect_blobs(boost::json::object{{"a", boost::json::array{1, json_of(name)}}, {"b", almost}},
                found);
  EXPECT_EQ(found, std::vector{name});
  boost::json::value large = json_of(name);
  large.as_object()["size"] = static_cast<std::int64_t>(max_blob_octets) + 1;
  EXPECT_FALSE(blob_name_of(large));
}

}  // namespace
}  // namespace nguon::server
