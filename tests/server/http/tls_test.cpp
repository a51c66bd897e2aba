#include "server/http/tls.hpp"

#include "tests/server/support/certificate.hpp"
#include "tests/server/support/raw_client.hpp"
#include "tests/server/support/test_service.hpp"
#include "tests/server/support/tls_client.hpp"

#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

namespace nguon::server {
namespace {

class Tls : public ::testing::Test {
 protected:
  Tls() {
    std::string pattern = (std::filesystem::temp_directory_path() / "nguon-tls-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    options_.tls_certificate = folder_ + "/chain.pem";
    options_.tls_key = folder_ + "/key.pem";
    write(make_certificate("first"));
  }
  ~Tls() override { std::filesystem::remove_all(folder_); }

  void write(const Certificate& made) {
    std::ofstream(options_.tls_certificate) << made.certificate;
    std::ofstream(options_.tls_key) << made.key;
  }

  std::string folder_;
  ListenerOptions options_;
};

TEST_F(Tls, ServesKeepAliveOverTls13WithHsts) {
  TestService service(options_);
  TlsClient client(service.port(), {.alpn = "http/1.1"});
  ASSERT_TRUE(client.connected());
  EXPECT_EQ(client.version(), "TLSv1.3");
  EXPECT_EQ(client.alpn(), "http/1.1");
  for (int i = 0; i < 3; ++i) {
    const std::string response = client.exchange(request_text("GET", "/hello"), 100);
    EXPECT_TRUE(response.ends_with("\r\n\r\nhello")) << response;
    EXPECT_NE(response.find("\r\nStrict-Transport-Security: max-age="), std::string::npos);
  }
  EXPECT_GT(client.exchange(request_text("GET", "/big"), 300'000).size(), 300'000U);
  EXPECT_GT(client.exchange(request_text("GET", "/stream/whole"), 1'000'000).size(), 1'000'000U);
  EXPECT_EQ(client.tickets(), 0);
}

TEST_F(Tls, RefusesOldVersionsAndForeignProtocols) {
  TestService service(options_);
  EXPECT_FALSE(TlsClient(service.port(), {.highest = TLS1_1_VERSION}).connected());
  EXPECT_FALSE(TlsClient(service.port(), {.alpn = "h2"}).connected());
  const TlsClient tls12(service.port(), {.highest = TLS1_2_VERSION});
  EXPECT_TRUE(tls12.connected());
  EXPECT_EQ(tls12.version(), "TLSv1.2");
}

TEST_F(Tls, PlainHttpAndSilenceOnATlsPortAreCut) {
  options_.limits.head = std::chrono::milliseconds(300);
  TestService service(options_);
  RawClient plain(service.port());
  ASSERT_TRUE(plain.send(request_text("GET", "/hello")));
  const auto response = plain.receive();
  EXPECT_FALSE(response && response->status == 200);
  RawClient silent(service.port());
  EXPECT_TRUE(silent.ended(std::chrono::seconds(3)));
}

TEST_F(Tls, TakesUpANewCertificateWhileOldConnectionsLiveOn) {
  options_.tls_check_every = std::chrono::milliseconds(50);
  TestService service(options_);
  TlsClient old(service.port());
  EXPECT_EQ(old.organisation(), "first");
  write(make_certificate("second"));
  std::string seen;
  for (int i = 0; i < 100 && seen != "second"; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    seen = TlsClient(service.port()).organisation();
  }
  EXPECT_EQ(seen, "second");
  EXPECT_TRUE(old.exchange(request_text("GET", "/hello"), 100).ends_with("hello"));
}

TEST_F(Tls, AnUnusableNewCertificateLeavesTheOldOne) {
  TestService service(options_);
  std::ofstream(options_.tls_key) << make_certificate("other").key;  // not this certificate's key
  const auto mismatch = service.listener().reload_tls();
  ASSERT_FALSE(mismatch);
  EXPECT_EQ(mismatch.error().rule, "http.tls");
  std::filesystem::remove(options_.tls_certificate);
  EXPECT_FALSE(service.listener().reload_tls());
  EXPECT_EQ(TlsClient(service.port()).organisation(), "first");
  write(make_certificate("third"));
  EXPECT_TRUE(service.listener().reload_tls());
  EXPECT_EQ(TlsClient(service.port()).organisation(), "third");
}

TEST_F(Tls, DoesNotStartWithoutItsFiles) {
  const auto identity = TlsIdentity::load({folder_ + "/none.pem", options_.tls_key});
  ASSERT_FALSE(identity);
  EXPECT_EQ(identity.error().rule, "http.tls");
  EXPECT_NE(identity.error().detail.find("none.pem"), std::string::npos);
}

}  // namespace
}  // namespace nguon::server
