#include "server/http/session_impl.hpp"

#include <boost/asio/ssl/stream.hpp>

namespace nguon::server {
namespace {

class Tls {
 public:
  static constexpr bool encrypted = true;
  static constexpr bool joins_head = true;

  Tls(boost::asio::ip::tcp::socket socket, std::shared_ptr<boost::asio::ssl::context> context)
      : context_(std::move(context)), stream_(std::move(socket), *context_) {}
  boost::asio::ssl::stream<boost::asio::ip::tcp::socket>& stream() { return stream_; }
  boost::asio::ip::tcp::socket& socket() { return stream_.next_layer(); }

  boost::asio::awaitable<void> open(boost::system::error_code& ec) {
    auto token = boost::asio::redirect_error(boost::asio::use_awaitable, ec);
    const auto side = boost::asio::ssl::stream_base::server;
    co_await stream_.async_handshake(side, std::move(token));
  }
  /// Sends close_notify and waits for the client's, as long as leave() has patience.
  boost::asio::awaitable<void> shut(boost::system::error_code& ec) {
    boost::system::error_code ignored;
    auto token = boost::asio::redirect_error(boost::asio::use_awaitable, ignored);
    co_await stream_.async_shutdown(std::move(token));
    socket().shutdown(boost::asio::ip::tcp::socket::shutdown_send, ec);
  }

 private:
  std::shared_ptr<boost::asio::ssl::context> context_;
  boost::asio::ssl::stream<boost::asio::ip::tcp::socket> stream_;
};

}  // namespace

void start_tls(IoLoop& loop, Service& service, boost::asio::ip::tcp::socket socket,
               std::string peer, std::shared_ptr<boost::asio::ssl::context> tls,
               OnClosed on_closed) {
  start(loop, service, Tls(std::move(socket), std::move(tls)), std::move(peer),
        std::move(on_closed));
}

}  // namespace nguon::server
