#include "server/http/session_impl.hpp"

namespace nguon::server {
namespace {

class Plain {
 public:
  static constexpr bool encrypted = false;
  static constexpr bool joins_head = false;

  explicit Plain(boost::asio::ip::tcp::socket socket) : socket_(std::move(socket)) {}
  boost::asio::ip::tcp::socket& stream() { return socket_; }
  boost::asio::ip::tcp::socket& socket() { return socket_; }

  boost::asio::awaitable<void> open(boost::system::error_code& ec) {
    ec.clear();
    co_return;
  }
  boost::asio::awaitable<void> shut(boost::system::error_code& ec) {
    socket_.shutdown(boost::asio::ip::tcp::socket::shutdown_send, ec);
    co_return;
  }

 private:
  boost::asio::ip::tcp::socket socket_;
};

}  // namespace

void start_plain(IoLoop& loop, Service& service, boost::asio::ip::tcp::socket socket,
                 std::string peer, OnClosed on_closed) {
  start(loop, service, Plain(std::move(socket)), std::move(peer), std::move(on_closed));
}

}  // namespace nguon::server
