#include "server/http/listener.hpp"

#include "tests/server/support/raw_client.hpp"
#include "tests/server/support/test_service.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <thread>

namespace nguon::server {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

bool eventually(const std::function<bool()>& holds) {
  for (int i = 0; i < 500 && !holds(); ++i) std::this_thread::sleep_for(milliseconds(10));
  return holds();
}

TEST(Listener, ServesTwoHundredConnectionsAtOnce) {
  ListenerOptions options;
  options.io_threads = 2;
  TestService service(options);
  std::vector<RawClient> clients;
  for (int i = 0; i < 200; ++i) clients.emplace_back(service.port());
  for (auto& client : clients) ASSERT_TRUE(client.send(request_text("PUT", "/later/never", "x")));
  // All two hundred wait for their answers at the same time on two threads.
  ASSERT_TRUE(eventually([&] { return service.waiting() == 200; }));
  EXPECT_EQ(service.listener().connections(), 200U);
  service.release();
  for (auto& client : clients) {
    const auto response = client.receive();
    ASSERT_TRUE(response);
    EXPECT_EQ(response->body, "released");
  }
  clients.clear();
  EXPECT_TRUE(eventually([&] { return service.listener().connections() == 0; }));
}

TEST(Listener, TurnsAwayConnectionsOverItsLimits) {
  ListenerOptions options;
  options.limits.connections = 2;
  TestService service(options);
  {
    RawClient a(service.port());
    RawClient b(service.port());
    ASSERT_TRUE(eventually([&] { return service.listener().connections() == 2; }));
    RawClient c(service.port());
    const auto response = c.receive();
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 503);
    EXPECT_EQ(response->field("Retry-After"), "5");
    EXPECT_TRUE(c.ended());
  }
  ASSERT_TRUE(eventually([&] { return service.listener().connections() == 0; }));
  RawClient d(service.port());
  ASSERT_TRUE(d.send(request_text("GET", "/hello")));
  EXPECT_TRUE(d.receive());
}

TEST(Listener, OneAddressMayNotTakeAllConnections) {
  ListenerOptions options;
  options.limits.connections_per_peer = 1;
  TestService service(options);
  RawClient a(service.port());
  ASSERT_TRUE(eventually([&] { return service.listener().connections() == 1; }));
  RawClient b(service.port());
  const auto response = b.receive();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 429);
  options.trusted_proxies = {"127.0.0.1"};
  TestService behind(options);
  RawClient c(behind.port());
  RawClient d(behind.port());
  EXPECT_TRUE(eventually([&] { return behind.listener().connections() == 2; }));
}

TEST(Listener, SaysWhyItCannotListen) {
  TestService service;
  const Router router({});
  const Refuse refuse = [](const Request&, int status, const ledger::Error&) {
    return reply(status, "text/plain", "");
  };
  ListenerOptions options;
  options.port = service.port();
  const auto taken = Listener::open(options, router, refuse);
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().rule, "http.listen");
  EXPECT_NE(taken.error().detail.find("in use"), std::string::npos) << taken.error().detail;
  options.address = "nguon.example";
  EXPECT_FALSE(Listener::open(options, router, refuse));
}

TEST(Listener, DrainsWhatIsUnderWayAndClosesWhatIsIdle) {
  TestService service;
  RawClient idle(service.port());
  RawClient busy(service.port());
  ASSERT_TRUE(busy.send(request_text("PUT", "/later/never")));
  ASSERT_TRUE(eventually([&] { return service.waiting() == 1; }));
  std::thread stopper([&] { service.listener().stop(std::chrono::seconds(20)); });
  EXPECT_TRUE(idle.ended());
  service.release();
  const auto response = busy.receive();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->body, "released");
  EXPECT_EQ(response->field("Connection"), "close");
  EXPECT_FALSE(RawClient(service.port()).connected());
  { const RawClient gone = std::move(busy); }
  stopper.join();
}

TEST(Listener, CutsWhatOutlastsTheDrain) {
  TestService service;
  RawClient busy(service.port());
  RawClient halfway(service.port());
  ASSERT_TRUE(busy.send(request_text("PUT", "/later/never")));
  ASSERT_TRUE(halfway.send("GET /hel"));
  ASSERT_TRUE(eventually([&] { return service.waiting() == 1; }));
  const auto begin = steady_clock::now();
  service.listener().stop(milliseconds(100));
  EXPECT_LT(steady_clock::now() - begin, std::chrono::seconds(4));
  EXPECT_EQ(service.listener().connections(), 0U);
  service.release();  // answers into the void, after every loop has ended
}

/// Lowers the soft limit of open files for its life.
class FewFiles {
 public:
  explicit FewFiles(rlim_t limit) {
    getrlimit(RLIMIT_NOFILE, &before_);
    rlimit low = before_;
    low.rlim_cur = limit;
    setrlimit(RLIMIT_NOFILE, &low);
  }
  ~FewFiles() { setrlimit(RLIMIT_NOFILE, &before_); }
  FewFiles(const FewFiles&) = delete;
  FewFiles& operator=(const FewFiles&) = delete;

 private:
  rlimit before_{};
};

TEST(Listener, SurvivesRunningOutOfFileDescriptors) {
  TestService service;
  RawClient before(service.port());
  ASSERT_TRUE(eventually([&] { return service.listener().connections() == 1; }));
  std::optional<FewFiles> few;
  {
    // The next free descriptor, and so the limit under which the server's accept() must fail while
    // the client's own socket still fits.
    const int next = open("/dev/null", O_RDONLY);
    close(next);
    few.emplace(static_cast<rlim_t>(next) + 1);
  }
  RawClient starved(service.port());
  ASSERT_TRUE(starved.connected());
  ASSERT_TRUE(starved.send(request_text("GET", "/hello")));
  EXPECT_FALSE(starved.receive(false, milliseconds(400)));
  ASSERT_TRUE(before.send(request_text("GET", "/hello")));
  EXPECT_TRUE(before.receive());
  few.reset();
  const auto response = starved.receive();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->body, "hello");
}

}  // namespace
}  // namespace nguon::server
