#include "server/api/metrics.hpp"

#include "tests/server/api/test_api.hpp"

namespace nguon::server {
namespace {

class Metrics : public TestApi {
 protected:
  Response from(const std::string& peer, std::string_view header = {}) {
    Request request;
    request.peer = peer;
    if (!header.empty()) request.headers.add(header, "for=192.0.2.7");
    return get_metrics(*small.log, problems)(request, {});
  }
};

TEST_F(Metrics, TellTheLogAndItsStoreToThisMachine) {
  const Response response = from("127.0.0.1");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.content_type, "text/plain; version=0.0.4; charset=utf-8");
  const std::string text(response.body_view());
  const auto says = [&](const std::string& line) {
    return text.find("\n" + line + "\n") != std::string::npos;
  };
  EXPECT_TRUE(says("# TYPE nguon_log_entries counter")) << text;
  EXPECT_TRUE(says("nguon_log_entries " + std::to_string(small.log->head().size))) << text;
  EXPECT_TRUE(says("nguon_ready 1")) << text;
  EXPECT_TRUE(says("nguon_store_stalled 0")) << text;
  EXPECT_FALSE(says("nguon_free_bytes 0")) << text;
  EXPECT_EQ(text.back(), '\n');
  EXPECT_EQ(from("::1").status, 200);
  EXPECT_EQ(from("::ffff:127.0.0.1").status, 200);
}

TEST_F(Metrics, AreNotThereForAnybodyElse) {
  for (const char* peer : {"192.0.2.7", "2001:db8::1", "::ffff:192.0.2.7", "10.127.0.1", ""}) {
    EXPECT_EQ(from(peer).status, 404) << peer;
  }
  EXPECT_EQ(from("127.0.0.1", "X-Forwarded-For").status, 404);
  EXPECT_EQ(from("127.0.0.1", "Forwarded").status, 404);
}

}  // namespace
}  // namespace nguon::server
