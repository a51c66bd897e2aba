#include "server/http/session.hpp"

#include <utility>

namespace nguon::server {

IoLoop::IoLoop(const Service& service) : service_(service), sweeper_(context) {}

void IoLoop::run() {
  sweep();
  context.run();
}

void IoLoop::add(Connection& connection, std::list<Connection*>::iterator& place) {
  place = connections_.insert(connections_.end(), &connection);
}

void IoLoop::remove(std::list<Connection*>::iterator place) { connections_.erase(place); }

void IoLoop::sweep() {
  const auto now = std::chrono::steady_clock::now();
  for (Connection* connection : connections_) {
    if (connection->deadline > now && !service_.cutting &&
        !(service_.draining && connection->idle)) {
      continue;
    }
    // cut() only schedules: no session ends, and so leaves the list, before this loop is through.
    connection->deadline = std::chrono::steady_clock::time_point::max();
    connection->overdue = true;
    connection->cut();
  }
  if (service_.draining && connections_.empty()) return;
  sweeper_.expires_after(sweep_every);
  sweeper_.async_wait([this](const boost::system::error_code& ec) {
    if (!ec) sweep();
  });
}

}  // namespace nguon::server
