#include "server/http/listener.hpp"

#include "server/http/peer_count.hpp"
#include "server/http/response_head.hpp"
#include "server/http/session.hpp"
#include "server/http/tls.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <algorithm>
#include <random>
#include <thread>
#include <utility>

namespace nguon::server {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;

/// Out of file descriptors or memory: the backlog keeps the client while we wait for some to come
/// free.
constexpr std::chrono::milliseconds accept_back_off{100};

std::string peer_of(const tcp::socket& socket) {
  error_code ec;
  const auto endpoint = socket.remote_endpoint(ec);
  if (ec) return {};
  const auto address = endpoint.address();
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    return boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, address.to_v6())
        .to_string();
  }
  return address.to_string();
}

ledger::Error listen_error(const ListenerOptions& options, const error_code& ec) {
  return {ledger::Errc::unavailable,
          "http.listen",
          {},
          fmt::format("{} port {}: {}", options.address, options.port, ec.message())};
}

/// What the store opens at most (`max_open_files`, ledger/store), and some for logs, anchor and
/// keys.
constexpr std::size_t files_for_others = 640;

/// Fewer connections where descriptors are few: a store that cannot open its next file has failed,
/// and a crowd of strangers must not be able to bring that about.
ListenerOptions within_descriptors(ListenerOptions options) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
    const std::size_t left = limit.rlim_cur > 2 * files_for_others
                                 ? limit.rlim_cur - files_for_others
                                 : limit.rlim_cur / 2;
    options.limits.connections = std::min(options.limits.connections, left);
  }
  return options;
}

}  // namespace

/// Loop 0 also accepts and watches the certificate files. New sockets go round the loops in turn,
/// which spreads them evenly and, unlike SO_REUSEPORT, lets no second process share the port
/// unseen.
class Listener::Impl {
 public:
  Impl(ListenerOptions options, const Router& router, Refuse refuse)
      : options_(within_descriptors(std::move(options))), service_{router,
                                                                   std::move(refuse),
                                                                   options_.access_log,
                                                                   options_.limits,
                                                                   options_.trusted_proxies,
                                                                   std::random_device{}()} {
    for (unsigned i = 0; i < std::max(1U, options_.io_threads); ++i) {
      loops_.push_back(std::make_unique<IoLoop>(service_));
    }
    acceptor_.emplace(loops_[0]->context);
    pause_.emplace(loops_[0]->context);
    certificate_watch_.emplace(loops_[0]->context);
  }

  ledger::Result<void> open() {
    if (!options_.tls_certificate.empty()) {
      NGUON_TRY(tls_, TlsIdentity::load({options_.tls_certificate, options_.tls_key}));
    }
    error_code ec;
    const auto address = boost::asio::ip::make_address(options_.address, ec);
    if (ec) return listen_error(options_, ec);
    const tcp::endpoint endpoint(address, options_.port);
    acceptor_->open(endpoint.protocol(), ec);
    if (!ec) acceptor_->set_option(tcp::acceptor::reuse_address(true), ec);
    if (!ec) acceptor_->bind(endpoint, ec);
    if (!ec) acceptor_->listen(boost::asio::socket_base::max_listen_connections, ec);
    if (!ec) port_ = acceptor_->local_endpoint(ec).port();
    if (ec) return listen_error(options_, ec);
    accept();
    if (tls_) watch_certificate();
    for (const auto& loop : loops_) {
      threads_.emplace_back([&loop] { loop->run(); });
    }
    return {};
  }

  void stop(std::chrono::milliseconds drain) {
    if (threads_.empty()) return;
    service_.draining = true;
    boost::asio::post(loops_[0]->context, [this] {
      error_code ignored;
      acceptor_->close(ignored);
      pause_->cancel();
      certificate_watch_->cancel();
    });
    const auto until = std::chrono::steady_clock::now() + drain;
    while (peers_.total() > 0 && std::chrono::steady_clock::now() < until) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    service_.cutting = true;
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
  }

  std::uint16_t port() const { return port_; }
  std::size_t connections() const { return peers_.total(); }
  ledger::Result<void> reload_tls() {
    if (!tls_) return {};
    return tls_->reload();
  }

 private:
  void accept() {
    IoLoop& loop = *loops_[next_loop_++ % loops_.size()];
    acceptor_->async_accept(loop.context, [this, &loop](const error_code& ec, tcp::socket socket) {
      if (service_.draining) return;
      if (!ec) {
        take(loop, std::move(socket));
        return accept();
      }
      if (ec == boost::asio::error::connection_aborted) return accept();
      spdlog::warn("accept: {}", ec.message());
      pause_->expires_after(accept_back_off);
      pause_->async_wait([this](const error_code& stopped) {
        if (!stopped && !service_.draining) accept();
      });
    });
  }

  void take(IoLoop& loop, tcp::socket socket) {
    const std::string peer = peer_of(socket);
    if (peer.empty()) return;  // gone already
    const auto& proxies = options_.trusted_proxies;
    const bool proxy = std::find(proxies.begin(), proxies.end(), peer) != proxies.end();
    const auto entry = peers_.enter(peer, options_.limits.connections,
                                    options_.limits.connections_per_peer, proxy);
    if (entry != PeerCount::Entry::admitted) {
      return turn_away(std::move(socket), entry == PeerCount::Entry::full ? 503 : 429);
    }
    error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    OnClosed on_closed = [this, peer] { peers_.leave(peer); };
    if (tls_) {
      start_tls(loop, service_, std::move(socket), peer, tls_->current(), std::move(on_closed));
    } else {
      start_plain(loop, service_, std::move(socket), peer, std::move(on_closed));
    }
  }

  /// One attempt to say why, without waiting: a client turned away must cost nothing.
  void turn_away(tcp::socket socket, int status) {
    if (tls_) return;
    Response response =
        service_.refuse(Request{}, status, {ledger::Errc::too_busy, "http.connections", {}, {}});
    std::string octets;
    append_response_head(octets, response, {date_.now(), false, false, true, nullptr});
    octets += response.body_view();
    error_code ignored;
    socket.non_blocking(true, ignored);
    socket.write_some(boost::asio::buffer(octets), ignored);
    socket.shutdown(tcp::socket::shutdown_send, ignored);
  }

  void watch_certificate() {
    certificate_watch_->expires_after(options_.tls_check_every);
    certificate_watch_->async_wait([this](const error_code& stopped) {
      if (stopped || service_.draining) return;
      const auto changed = tls_->reload_if_changed();
      if (!changed) {
        spdlog::error("certificate not reloaded: {}", changed.error().detail);
      } else if (*changed) {
        spdlog::info("certificate reloaded");
      }
      watch_certificate();
    });
  }

  const ListenerOptions options_;
  Service service_;
  PeerCount peers_;
  std::unique_ptr<TlsIdentity> tls_;
  std::vector<std::unique_ptr<IoLoop>> loops_;
  std::vector<std::thread> threads_;
  std::optional<tcp::acceptor> acceptor_;  // this and the rest: loop 0's thread only, once open
  std::optional<boost::asio::steady_timer> pause_;
  std::optional<boost::asio::steady_timer> certificate_watch_;
  std::size_t next_loop_ = 0;
  DateText date_;
  std::uint16_t port_ = 0;
};

ledger::Result<std::unique_ptr<Listener>> Listener::open(ListenerOptions options,
                                                         const Router& router, Refuse refuse) {
  auto impl = std::make_unique<Impl>(std::move(options), router, std::move(refuse));
  NGUON_CHECK(impl->open());
  return std::unique_ptr<Listener>(new Listener(std::move(impl)));
}

Listener::Listener(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Listener::~Listener() { stop(std::chrono::milliseconds(0)); }
std::uint16_t Listener::port() const { return impl_->port(); }
std::size_t Listener::connections() const { return impl_->connections(); }
ledger::Result<void> Listener::reload_tls() { return impl_->reload_tls(); }
void Listener::stop(std::chrono::milliseconds drain) { impl_->stop(drain); }

std::size_t raise_open_file_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  getrlimit(RLIMIT_NOFILE, &limit);
  return limit.rlim_cur;
}

}  // namespace nguon::server
