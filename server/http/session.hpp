#pragma once

#include "server/http/exchange.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <functional>
#include <list>
#include <memory>
#include <string>

namespace nguon::server {

/// One live connection as its thread's sweeper sees it. Everything here runs on that thread.
class Connection {
 public:
  virtual ~Connection() = default;
  /// Ends whatever operation is pending; the session then sees that it is overdue.
  virtual void cut() = 0;

  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
  bool overdue = false;
  /// Waiting for a next request: may be closed at any time.
  bool idle = false;
};

/// One thread's event loop with its connections. A loop per thread, because one shared by all costs
/// a sixth more CPU per request. One sweep over all deadlines each sweep_every instead of a timer
/// per operation, which costs another tenth of the throughput.
class IoLoop {
 public:
  explicit IoLoop(const Service& service);
  IoLoop(const IoLoop&) = delete;
  IoLoop& operator=(const IoLoop&) = delete;

  /// Runs until drained; returns once no connection is left after Service::draining is set.
  void run();
  void add(Connection& connection, std::list<Connection*>::iterator& place);
  void remove(std::list<Connection*>::iterator place);

 private:
  void sweep();

  const Service& service_;
  std::list<Connection*>
      connections_;  // before context: sessions destroyed with it leave this list

 public:
  boost::asio::io_context context{1};
  DateText date;

 private:
  boost::asio::steady_timer sweeper_;
};

/// Called once when the session is gone, on its loop's thread (or at the loop's destruction).
using OnClosed = std::function<void()>;

/// Serves one accepted socket that belongs to `loop`; thread-safe. Loop and service outlive the
/// session.
void start_plain(IoLoop& loop, Service& service, boost::asio::ip::tcp::socket socket,
                 std::string peer, OnClosed on_closed);
/// The same under TLS; the session keeps its context, so a reload leaves it undisturbed.
void start_tls(IoLoop& loop, Service& service, boost::asio::ip::tcp::socket socket,
               std::string peer, std::shared_ptr<boost::asio::ssl::context> tls,
               OnClosed on_closed);

}  // namespace nguon::server
