#pragma once

#include "server/http/listener.hpp"
#include "server/http/problem.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace nguon::server {

/// A listener on a free port of 127.0.0.1 with a few routes:
///   GET  /hello            "hello"                      GET  /big      300,000 octets, shared
///   GET  /throws           throws                       POST /echo     the body back, limit 1,000
///   PUT  /later/{what}     deferred: answered by another thread with `what` and the body's size;
///                          `never` is answered by release(), `forget` never, `twice` twice
///   GET  /stream/{what}    pieces of 50,000 octets, made by another thread: `whole` has twenty,
///                          `breaks` fails behind the second, `endless` has no end, `stuck` stops
class TestService {
 public:
  explicit TestService(ListenerOptions options = {});
  ~TestService();

  Listener& listener() { return *listener_; }
  std::uint16_t port() const { return listener_->port(); }
  /// Answers everything that waits at /later/never.
  void release();
  std::size_t waiting();
  std::vector<AccessRecord> log();
  /// Pieces asked of all streams; streams that are still there.
  int pieces() const { return streams_->pieces; }
  int streams() const { return streams_->alive; }

  struct Streams {
    std::atomic<int> pieces{0};
    std::atomic<int> alive{0};
  };
  /// Done by another thread, in order.
  void later(std::function<void()> job);

 private:
  void work();

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> jobs_;  // guarded by mutex_, as are the next three
  std::vector<Respond> held_;
  std::vector<AccessRecord> log_;
  bool ending_ = false;
  std::shared_ptr<Streams> streams_ = std::make_shared<Streams>();
  std::thread worker_;
  Router router_;
  std::unique_ptr<Listener> listener_;
};

/// One request with Host, and with Content-Length when there is a body.
std::string request_text(std::string_view method, std::string_view target,
                         std::string_view body = {}, std::string_view fields = {});

}  // namespace nguon::server
