#include "server/cli/http_client.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <thread>

namespace nguon::server {
namespace {

/// Takes one connection, reads one request, sends what it was told and hangs up.
class OneAnswer {
 public:
  explicit OneAnswer(std::string octets) : listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address);
    ::listen(listener_, 1);
    socklen_t size = sizeof address;
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this, octets = std::move(octets)] { serve(octets); });
  }
  ~OneAnswer() {
    thread_.join();
    ::close(listener_);
  }
  std::string url(const std::string& path = "/") const {
    return "http://127.0.0.1:" + std::to_string(port_) + path;
  }
  /// What was asked, once the answer is there.
  const std::string& request() const { return request_; }

 private:
  void serve(const std::string& octets) {
    const int connection = ::accept(listener_, nullptr, nullptr);
    char block[4096];
    while (!is_whole()) {
      const ssize_t count = ::read(connection, block, sizeof block);
      if (count <= 0) break;
      request_.append(block, static_cast<std::size_t>(count));
    }
    std::string_view rest = octets;
    while (!rest.empty()) {
      const ssize_t count = ::send(connection, rest.data(), rest.size(), MSG_NOSIGNAL);
      if (count <= 0) break;
      rest.remove_prefix(static_cast<std::size_t>(count));
    }
    ::close(connection);
  }
  bool is_whole() const {
    if (request_.starts_with('\x16')) return true;  // TLS
    const auto end = request_.find("\r\n\r\n");
    if (end == std::string::npos) return false;
    const auto length = request_.find("Content-Length: ");
    if (length == std::string::npos) return true;
    return request_.size() >= end + 4 + std::stoul(request_.substr(length + 16));
  }

  const int listener_;
  int port_ = 0;
  std::string request_;
  std::thread thread_;
};

ledger::Result<Answer> ask(const std::string& url) {
  Call request;
  request.url = url;
  request.patience_seconds = 5;
  return call(request);
}
std::string rule_of(const std::string& octets) {
  const OneAnswer server(octets);
  const auto answer = ask(server.url());
  return answer ? "" : answer.error().rule;
}

TEST(HttpClient, ReadsStatusTypeAndBody) {
  const OneAnswer server(
      "HTTP/1.1 409 Conflict\r\nContent-Type: text/x.tlog.size\r\nContent-Length: 3\r\n\r\n17\n");
  const auto answer = ask(server.url("/add?x=1"));
  ASSERT_TRUE(answer) << answer.error().rule;
  EXPECT_EQ(answer->status, 409);
  EXPECT_EQ(answer->content_type, "text/x.tlog.size");
  EXPECT_EQ(answer->body, "17\n");
  EXPECT_TRUE(server.request().starts_with("GET /add?x=1 HTTP/1.1\r\n")) << server.request();
}

TEST(HttpClient, ReadsAnAnswerInChunks) {
  const OneAnswer server(
      "HTTP/1.1 409 Conflict\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n17\r\n1\r\n\n\r\n0\r\n\r\n");
  const auto answer = ask(server.url());
  ASSERT_TRUE(answer) << answer.error().rule;
  EXPECT_EQ(answer->body, "17\n");
}

TEST(HttpClient, SendsABodyWithItsTypeAndLength) {
  const OneAnswer server("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
  Call request;
  request.url = server.url("/api/entries/x");
  request.method = "PUT";
  request.content_type = "application/sd-jwt";
  request.body = std::string("a\0b", 3);
  const auto answer = call(request);
  ASSERT_TRUE(answer) << answer.error().rule;
  EXPECT_EQ(answer->status, 201);
  EXPECT_TRUE(server.request().starts_with("PUT /api/entries/x HTTP/1.1\r\n"));
  EXPECT_NE(server.request().find("Content-Type: application/sd-jwt\r\n"), std::string::npos);
  EXPECT_EQ(server.request().find("Expect"), std::string::npos);
  EXPECT_TRUE(server.request().ends_with(std::string_view("\r\n\r\na\0b", 7)));
}

TEST(HttpClient, FollowsNoRedirect) {
  const OneAnswer server(
      "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
  const auto answer = ask(server.url());
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 302);
}

TEST(HttpClient, HalfAnAnswerIsNone) {
  EXPECT_EQ(rule_of("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"), "client.answer");
  EXPECT_EQ(rule_of("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc"),
            "client.answer");
  EXPECT_EQ(rule_of(""), "client.answer");
  EXPECT_EQ(rule_of("SSH-2.0-x\r\n"), "client.answer");
}

TEST(HttpClient, MoreThanSixteenMebibytesAreRefused) {
  EXPECT_EQ(rule_of("HTTP/1.1 200 OK\r\n\r\n" + std::string((16 << 20) + 1, 'x')),
            "client.answer");
}

TEST(HttpClient, NobodyThereIsNoAnswer) {
  // Bound and never listening: the kernel refuses, and nobody else can take the port meanwhile.
  const int held = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ASSERT_EQ(::bind(held, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  socklen_t size = sizeof address;
  ::getsockname(held, reinterpret_cast<sockaddr*>(&address), &size);
  const auto answer =
      ask("http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/secret/path");
  ::close(held);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().rule, "client.connect");
  EXPECT_EQ(answer.error().detail.find("secret"), std::string::npos);
}

TEST(HttpClient, APlainServerIsNotTrustedAsTls) {
  const OneAnswer server("HTTP/1.1 400 Bad Request\r\n\r\n");
  const auto answer = ask("https" + server.url().substr(4));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().rule, "client.tls");
}

TEST(HttpClient, OnlyWebAddressesWithoutNamesOrPasswords) {
  for (const char* url : {"", "ftp://a.example/", "file:///etc/passwd", "http://u:p@a.example/",
                          "http://a.example/ b", "http://a.example/\r\nX: y", "http://[::1/"}) {
    const auto answer = ask(url);
    ASSERT_FALSE(answer) << url;
    EXPECT_EQ(answer.error().rule, "client.url") << url;
  }
}

}  // namespace
}  // namespace nguon::server
