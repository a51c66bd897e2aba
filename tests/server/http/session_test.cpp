#include "ledger/base/json.hpp"
#include "tests/server/support/raw_client.hpp"
#include "tests/server/support/test_service.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace nguon::server {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

std::string rule_of(const std::optional<RawResponse>& response) {
  if (!response) return "no response";
  const auto body = ledger::parse_json(response->body);
  if (!body) return "no problem";
  return std::string(body->at("rule").as_string());
}

TEST(Session, KeepsAliveAndAddsTheSecurityFields) {
  TestService service;
  RawClient client(service.port());
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(client.send(request_text("GET", "/hello")));
    const auto response = client.receive();
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 200);
    EXPECT_EQ(response->body, "hello");
    EXPECT_EQ(response->field("Content-Length"), "5");
    EXPECT_EQ(response->field("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(response->field("Referrer-Policy"), "no-referrer");
    EXPECT_EQ(response->field("Content-Security-Policy"),
              "default-src 'none'; frame-ancestors 'none'");
    EXPECT_EQ(response->field("Access-Control-Allow-Origin"), "*");
    EXPECT_EQ(response->field("Access-Control-Expose-Headers"), "ETag, Link, Retry-After, X-Request-Id");
    EXPECT_EQ(response->field("Strict-Transport-Security"), "");
    EXPECT_EQ(response->field("Connection"), "");
    EXPECT_EQ(response->field("Date").size(), 29U);
  }
}

TEST(Session, WhatReachedNoRouteMayBeReadByAnySite) {
  TestService service;
  RawClient client(service.port());
  const auto origin = [&](const std::string& method, const std::string& target, int status) {
    EXPECT_TRUE(client.send(request_text(method, target)));
    const auto response = client.receive();
    EXPECT_TRUE(response && response->status == status) << target;
    return response ? response->field("Access-Control-Allow-Origin") : "none";
  };
  EXPECT_EQ(origin("GET", "/nowhere", 404), "*");
  EXPECT_EQ(origin("GET", "/bad%zz", 400), "*");
  EXPECT_EQ(origin("GET", "/echo", 405), "") << "a route's own say stands";
  EXPECT_EQ(origin("GET", "/hello", 200), "*");
}

TEST(Session, AnswersPipelinedRequestsInOrder) {
  TestService service;
  RawClient client(service.port());
  std::string all;
  for (int i = 0; i < 20; ++i) {
    all += request_text("POST", "/echo", "body " + std::to_string(i));
    all += request_text("PUT", "/later/n" + std::to_string(i), "xy");
  }
  ASSERT_TRUE(client.send(all));
  for (int i = 0; i < 20; ++i) {
    const auto echo = client.receive();
    ASSERT_TRUE(echo);
    EXPECT_EQ(echo->body, "body " + std::to_string(i));
    const auto later = client.receive();
    ASSERT_TRUE(later);
    EXPECT_EQ(later->body, "n" + std::to_string(i) + " 2");
  }
}

TEST(Session, ReadsARequestThatComesOctetByOctet) {
  TestService service;
  RawClient client(service.port());
  for (const char octet : request_text("POST", "/echo", "slow but steady")) {
    ASSERT_TRUE(client.send({&octet, 1}));
    std::this_thread::sleep_for(milliseconds(1));
  }
  const auto response = client.receive();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->body, "slow but steady");
}

TEST(Session, ReadsAChunkedBodyThatComesOctetByOctet) {
  TestService service;
  for (const std::string_view body :
       {"0\r\n\r\n", "2\r\nab\r\n0\r\n\r\n", "1\r\na\r\n0\r\nX: y\r\n\r\n"}) {
    RawClient client(service.port());
    ASSERT_TRUE(
        client.send("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"));
    for (const char octet : body) {
      ASSERT_TRUE(client.send({&octet, 1}));
      std::this_thread::sleep_for(milliseconds(2));
    }
    const auto response = client.receive();
    ASSERT_TRUE(response) << body;
    EXPECT_EQ(response->status, 200) << body;
  }
}

TEST(Session, HeadHasTheFieldsOfGetAndNoBody) {
  TestService service;
  RawClient client(service.port());
  ASSERT_TRUE(client.send(request_text("HEAD", "/hello") + request_text("GET", "/hello")));
  const auto head = client.receive(true);
  ASSERT_TRUE(head);
  EXPECT_EQ(head->field("Content-Length"), "5");
  const auto get = client.receive();
  ASSERT_TRUE(get);
  EXPECT_EQ(get->body, "hello");
}

TEST(Session, SendsABodyLargerThanOneSlice) {
  TestService service;
  RawClient client(service.port());
  ASSERT_TRUE(client.send(request_text("GET", "/big")));
  const auto response = client.receive();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->body, std::string(300'000, 'x'));
}

TEST(Session, Http10ClosesUnlessAskedToStay) {
  TestService service;
  RawClient client(service.port());
  ASSERT_TRUE(client.send("GET /hello HTTP/1.0\r\n\r\n"));
  const auto response = client.receive();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->field("Connection"), "close");
  EXPECT_TRUE(client.ended());
}

TEST(Session, TakesChunkedBodiesAndAsksForExpectedOnes) {
  TestService service;
  RawClient client(service.port());
  ASSERT_TRUE(
      client.send("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: "
                  "chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n"
                  "0\r\n\r\n"));
  EXPECT_EQ(client.receive()->body, "abcde");
  ASSERT_TRUE(
      client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n"
                  "Expect: 100-continue\r\n\r\n"));
  const auto go_on = client.receive();
  ASSERT_TRUE(go_on);
  EXPECT_EQ(go_on->status, 100);
  ASSERT_TRUE(client.send("hi"));
  EXPECT_EQ(client.receive()->body, "hi");
}

TEST(Session, ChecksALengthBeforeAskingForTheBody) {
  TestService service;
  RawClient client(service.port());
  ASSERT_TRUE(
      client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n"
                  "Expect: 100-continue\r\n\r\n"));
  const auto response = client.receive();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 413);
  EXPECT_TRUE(client.ended());
}

struct Bad {
  const char* what;
  std::string octets;
  int status;
  const char* rule;
};

TEST(Session, RefusesBadRequestsWithAWholeProblemThenCloses) {
  const std::string line = "POST /echo HTTP/1.1\r\nHost: a\r\n";
  const std::string field(900, 'f');
  std::string many;
  for (int i = 0; i < 20; ++i) many += "X-" + std::to_string(i) + ": " + field + "\r\n";
  const Bad all[] = {
      {"garbage", std::string("\x16\x03\x01\x00\xff garbage\r\n\r\n", 17), 400, "http.head"},
      {"bare LF", "GET /hello HTTP/1.1\r\nHost: a\n\r\n\r\n", 400, "http.head"},
      {"no host", "GET /hello HTTP/1.1\r\n\r\n", 400, "http.host"},
      {"two hosts", "GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, "http.host"},
      {"odd host", "GET /hello HTTP/1.1\r\nHost: a\"b\r\n\r\n", 400, "http.host"},
      {"version", "GET /hello HTTP/2.0\r\nHost: a\r\n\r\n", 505, "http.version"},
      {"blank before colon", "GET /hello HTTP/1.1\r\nHost : a\r\n\r\n", 400, "http.head"},
      {"both lengths", line + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
       400, "http.framing"},
      {"both, other order",
       line + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n", 400,
       "http.framing"},
      {"two codings", line + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400,
       "http.framing"},
      {"unknown coding", line + "Transfer-Encoding: xchunked\r\n\r\n", 400, "http.framing"},
      {"hidden coding", line + "Transfer-Encoding: identity\r\nContent-Length: 3\r\n\r\nabc", 400,
       "http.framing"},
      {"two equal lengths", line + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc", 400,
       "http.framing"},
      {"list of lengths", line + "Content-Length: 3, 3\r\n\r\nabc", 400, "http.framing"},
      {"folded length", line + "X-A: 1\r\n Content-Length: 3\r\n\r\nabc", 400, "http.framing"},
      {"folded by a tab", line + "X-A: 1\r\n\tb\r\n\r\n", 400, "http.framing"},
      {"signed length", line + "Content-Length: +3\r\n\r\nabc", 400, "http.framing"},
      {"http/1.0 chunked", "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
       400, "http.framing"},
      {"bad chunk", line + "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n", 400, "http.body"},
      {"long chunk header", line + "Transfer-Encoding: chunked\r\n\r\n1;" + std::string(9000, 'e'),
       400, "http.body"},
      {"chunks over the limit",
       line + "Transfer-Encoding: chunked\r\n\r\n3e9\r\n" + std::string(1001, 'c'), 413,
       "http.body-limit"},
      {"long body", line + "Content-Length: 1001\r\n\r\n" + std::string(1001, 'b'), 413,
       "http.body-limit"},
      {"body on GET", "GET /hello HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx", 413,
       "http.body-limit"},
      {"long line", "GET /" + std::string(20'000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", 431,
       "http.head-limit"},
      {"endless line", "GET /" + std::string(20'000, 'a'), 431, "http.head-limit"},
      {"many fields", "GET /hello HTTP/1.1\r\nHost: a\r\n" + many + "\r\n", 431, "http.head-limit"},
      {"long target", "GET /" + std::string(9000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", 400,
       "http.target"},
      {"dots", "GET /a/../hello HTTP/1.1\r\nHost: a\r\n\r\n", 400, "http.target"},
      {"expectation", line + "Expect: magic\r\nContent-Length: 1\r\n\r\nx", 417, "http.expect"},
  };
  TestService service;
  for (const Bad& bad : all) {
    RawClient client(service.port());
    client.send(bad.octets);
    const auto response = client.receive();
    EXPECT_EQ(rule_of(response), bad.rule) << bad.what;
    if (!response) continue;
    EXPECT_EQ(response->status, bad.status) << bad.what;
    EXPECT_EQ(response->field("Content-Type"), "application/problem+json") << bad.what;
    EXPECT_EQ(response->field("X-Request-Id").size(), 12U) << bad.what;
    if (bad.status != 400 || rule_of(response) != "http.target") {
      EXPECT_EQ(response->field("Connection"), "close") << bad.what;
      EXPECT_TRUE(client.ended()) << bad.what;
    }
  }
  RawClient after(service.port());
  ASSERT_TRUE(after.send(request_text("GET", "/hello")));
  EXPECT_TRUE(after.receive());
}

TEST(Session, AWrongPathOrMethodLeavesTheConnectionOpen) {
  TestService service;
  RawClient client(service.port());
  ASSERT_TRUE(client.send(request_text("GET", "/nothing") + request_text("POST", "/hello") +
                          request_text("OPTIONS", "/hello") + request_text("BREW", "/hello")));
  EXPECT_EQ(rule_of(client.receive()), "http.not-found");
  const auto method = client.receive();
  EXPECT_EQ(rule_of(method), "http.method");
  EXPECT_EQ(method->status, 405);
  EXPECT_EQ(method->field("Allow"), "GET, HEAD, OPTIONS");
  const auto options = client.receive();
  ASSERT_TRUE(options);
  EXPECT_EQ(options->status, 204);
  EXPECT_EQ(options->field("Access-Control-Allow-Methods"), "GET, HEAD, OPTIONS");
  EXPECT_EQ(options->field("Content-Length"), "");
  EXPECT_EQ(client.receive()->status, 405);
}

TEST(Session, AHandlerThatThrowsGives500AndTheNextRequestWorks) {
  TestService service;
  RawClient client(service.port());
  ASSERT_TRUE(client.send(request_text("GET", "/throws") + request_text("GET", "/hello")));
  EXPECT_EQ(rule_of(client.receive()), "http.internal");
  EXPECT_EQ(client.receive()->body, "hello");
}

TEST(Session, ADeferredAnswerForgottenGives500AndGivenTwiceCountsOnce) {
  TestService service;
  RawClient client(service.port());
  ASSERT_TRUE(client.send(request_text("PUT", "/later/forget") +
                          request_text("PUT", "/later/twice") + request_text("GET", "/hello")));
  EXPECT_EQ(rule_of(client.receive()), "http.internal");
  EXPECT_EQ(client.receive()->body, "twice 0");
  EXPECT_EQ(client.receive()->body, "hello");
}

TEST(Session, CutsAClientThatIsSlowWithItsHead) {
  ListenerOptions options;
  options.limits.head = milliseconds(400);
  TestService service(options);
  RawClient client(service.port());
  const auto begin = steady_clock::now();
  ASSERT_TRUE(client.send("GET /hello HTTP/1.1\r\nHost: a\r\n"));
  for (int i = 0; i < 30 && client.send("X: y\r\n"); ++i) {  // a drip must not move the deadline
    std::this_thread::sleep_for(milliseconds(100));
    if (steady_clock::now() - begin > milliseconds(900)) break;
  }
  EXPECT_EQ(rule_of(client.receive()), "http.timeout");
  EXPECT_LT(steady_clock::now() - begin, milliseconds(2500));
}

TEST(Session, CutsAClientThatIsSlowWithItsBody) {
  ListenerOptions options;
  options.limits.body = milliseconds(400);
  TestService service(options);
  RawClient client(service.port());
  ASSERT_TRUE(client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc"));
  const auto response = client.receive();
  EXPECT_EQ(rule_of(response), "http.timeout");
  EXPECT_EQ(response->status, 408);
}

TEST(Session, ClosesAnIdleConnectionWithoutAWord) {
  ListenerOptions options;
  options.limits.idle = milliseconds(300);
  TestService service(options);
  RawClient fresh(service.port());
  RawClient used(service.port());
  ASSERT_TRUE(used.send(request_text("GET", "/hello")));
  ASSERT_TRUE(used.receive());
  EXPECT_TRUE(fresh.ended(milliseconds(3000)));
  EXPECT_TRUE(used.ended(milliseconds(3000)));
}

TEST(Session, AnswersForAHandlerThatTakesTooLong) {
  ListenerOptions options;
  options.limits.answer = milliseconds(300);
  TestService service(options);
  RawClient client(service.port());
  ASSERT_TRUE(client.send(request_text("PUT", "/later/never")));
  const auto response = client.receive();
  EXPECT_EQ(rule_of(response), "http.answer-late");
  EXPECT_EQ(response->status, 503);
  EXPECT_TRUE(client.ended());
  service.release();  // the late answer has nowhere to go, and does no harm
}

TEST(Session, ATruncatedRequestIsDroppedQuietly) {
  TestService service;
  RawClient client(service.port());
  ASSERT_TRUE(client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc"));
  client.half_close();
  EXPECT_TRUE(client.ended());
  EXPECT_TRUE(service.log().empty());
}

TEST(Session, LogsNeitherSerialNorQuery) {
  TestService service;
  RawClient client(service.port());
  ASSERT_TRUE(client.send(request_text("GET", "/Q/1SECRETSERIAL?who=me")));
  ASSERT_TRUE(client.receive());
  const auto log = service.log();
  ASSERT_EQ(log.size(), 1U);
  EXPECT_EQ(log[0].path, "/Q/*");
  EXPECT_EQ(log[0].status, 404);
}

TEST(Session, BelievesOnlyTrustedProxies) {
  const std::string fields =
      "X-Forwarded-For: 192.0.2.9, 198.51.100.7\r\nX-Forwarded-Proto: https\r\n";
  TestService direct;
  RawClient a(direct.port());
  ASSERT_TRUE(a.send(request_text("GET", "/peer", {}, fields)));
  EXPECT_EQ(a.receive()->body, "127.0.0.1 plain");
  ListenerOptions options;
  options.trusted_proxies = {"127.0.0.1"};
  TestService behind(options);
  RawClient b(behind.port());
  ASSERT_TRUE(b.send(request_text("GET", "/peer", {}, fields)));
  const auto response = b.receive();
  EXPECT_EQ(response->body, "198.51.100.7 tls");
  EXPECT_NE(response->field("Strict-Transport-Security"), "");
}

}  // namespace
}  // namespace nguon::server
