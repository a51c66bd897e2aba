// Bodies made while they go out: whole ones, slow and vanished readers, and those that break off.
#include "tests/server/support/raw_client.hpp"
#include "tests/server/support/test_service.hpp"

#include <gtest/gtest.h>

#include <string>
#include <thread>

namespace nguon::server {
namespace {

using std::chrono::milliseconds;

/// What /stream/whole says.
std::string whole_stream() {
  std::string out;
  for (int i = 0; i < 20; ++i) out.append(50'000, static_cast<char>('a' + i));
  return out;
}

/// True once it holds, within ten seconds.
template <class Condition>
bool comes_true(const Condition& condition) {
  for (int i = 0; i < 1000 && !condition(); ++i) std::this_thread::sleep_for(milliseconds(10));
  return condition();
}

std::string http10(const std::string& target) { return "GET " + target + " HTTP/1.0\r\n\r\n"; }

TEST(Stream, GoesOutInChunksAndTheConnectionGoesOn) {
  TestService service;
  RawClient client(service.port());
  ASSERT_TRUE(client.send(request_text("GET", "/stream/whole") + request_text("GET", "/hello") +
                          request_text("GET", "/stream/whole")));
  const auto first = client.receive();
  ASSERT_TRUE(first);
  EXPECT_EQ(first->field("Transfer-Encoding"), "chunked");
  EXPECT_EQ(first->field("Content-Length"), "");
  EXPECT_TRUE(first->body == whole_stream());
  EXPECT_EQ(client.receive()->body, "hello");
  EXPECT_TRUE(client.receive()->body == whole_stream());
  ASSERT_TRUE(comes_true([&] { return service.log().size() == 3; }));
  EXPECT_EQ(service.log()[0].octets, 1'000'000U);
  EXPECT_EQ(service.log()[1].octets, 5U);
  EXPECT_EQ(service.log()[2].octets, 1'000'000U);
}

TEST(Stream, OfHeadNothingIsMade) {
  TestService service;
  RawClient client(service.port());
  ASSERT_TRUE(client.send(request_text("HEAD", "/stream/whole") + request_text("GET", "/hello")));
  EXPECT_EQ(client.receive(true)->field("Transfer-Encoding"), "chunked");
  EXPECT_EQ(client.receive()->body, "hello");
  EXPECT_EQ(service.pieces(), 0);
}

TEST(Stream, ToHttp10ItEndsWithTheConnection) {
  TestService service;
  RawClient client(service.port());
  ASSERT_TRUE(client.send(http10("/stream/whole")));
  const auto response = client.receive();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->field("Transfer-Encoding"), "");
  EXPECT_EQ(response->field("Connection"), "close");
  EXPECT_TRUE(client.rest() == whole_stream());
}

TEST(Stream, BrokenOffItIsResetAndNeverLooksWhole) {
  TestService service;
  for (const auto& request : {request_text("GET", "/stream/breaks"), http10("/stream/breaks")}) {
    RawClient client(service.port());
    ASSERT_TRUE(client.send(request));
    EXPECT_FALSE(client.rest());
  }
  EXPECT_TRUE(comes_true([&] { return service.streams() == 0; }));
  EXPECT_EQ(service.log().size(), 2U);
}

TEST(Stream, APieceThatNeverComesBreaksItOff) {
  ListenerOptions options;
  options.limits.answer = milliseconds(300);
  TestService service(options);
  RawClient client(service.port());
  ASSERT_TRUE(client.send(request_text("GET", "/stream/stuck")));
  EXPECT_FALSE(client.rest());
  EXPECT_TRUE(comes_true([&] { return service.streams() == 0; }));
}

TEST(Stream, IsMadeNoFasterThanItIsRead) {
  ListenerOptions options;
  options.limits.write = milliseconds(500);
  TestService service(options);
  RawClient client(service.port());
  ASSERT_TRUE(client.send(request_text("GET", "/stream/endless")));
  // Nobody reads: what two sockets hold is made, then nothing, then the client is given up.
  EXPECT_TRUE(comes_true([&] { return service.pieces() > 0 && service.streams() == 0; }));
  EXPECT_LT(service.pieces(), 1000);
}

TEST(Stream, GoesWithAClientThatGoesAway) {
  TestService service;
  {
    RawClient client(service.port());
    ASSERT_TRUE(client.send(request_text("GET", "/stream/endless")));
    ASSERT_TRUE(comes_true([&] { return service.pieces() > 3; }));
  }
  EXPECT_TRUE(comes_true([&] { return service.streams() == 0; }));
  RawClient next(service.port());
  ASSERT_TRUE(next.send(request_text("GET", "/hello")));
  EXPECT_EQ(next.receive()->body, "hello");
}

TEST(Stream, DoesNotHoldUpTheEndOfTheService) {
  TestService service;
  RawClient stuck(service.port());
  RawClient endless(service.port());
  ASSERT_TRUE(stuck.send(request_text("GET", "/stream/stuck")));
  ASSERT_TRUE(endless.send(request_text("GET", "/stream/endless")));
  ASSERT_TRUE(comes_true([&] { return service.pieces() > 5; }));
  service.listener().stop(milliseconds(100));
  EXPECT_EQ(service.streams(), 0);
}

}  // namespace
}  // namespace nguon::server
