#pragma once

#include "server/http/answer_slot.hpp"
#include "server/http/body_stream.hpp"
#include "server/http/session.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/socket_base.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace nguon::server {

using ResponseSlot = AnswerSlot<Response>;
using PieceSlot = AnswerSlot<BodyStream::Piece>;

inline Respond respond_into(const std::shared_ptr<ResponseSlot>& slot) {
  return Respond([slot](Response response) { slot->put(std::move(response)); });
}

inline void ask_into(const std::shared_ptr<PieceSlot>& slot, BodyStream& stream) {
  stream.next([slot](BodyStream::Piece piece) { slot->put(std::move(piece)); });
}

inline std::array<boost::asio::const_buffer, 2> gather(std::string_view a, std::string_view b) {
  return {boost::asio::buffer(a.data(), a.size()), boost::asio::buffer(b.data(), b.size())};
}

/// The life of one connection. `Transport` is Plain or Tls: a stream with open(), shut() and
/// joins_head. g++ 12.2 miscompiles many shapes of co_await: here each stands alone or initialises
/// one named variable, its arguments are named variables, and no lambda is a coroutine.
template <class Transport>
class Session final : public Connection {
 public:
  Session(IoLoop& loop, Service& service, Transport transport, std::string peer, OnClosed on_closed)
      : loop_(loop),
        service_(service),
        transport_(std::move(transport)),
        exchange_(service, loop.date, std::move(peer), Transport::encrypted),
        wake_(loop.context),
        on_closed_(std::move(on_closed)) {}
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session() override {
    if (slot_) slot_->close();
    if (piece_slot_) piece_slot_->close();
    if (listed_) loop_.remove(place_);
    on_closed_();
  }

  void cut() override {
    boost::system::error_code ignored;
    transport_.socket().cancel(ignored);
    wake_.cancel();
  }

  boost::asio::awaitable<void> run() {
    // Accepted in the last moment: the sweeper may have stopped, and nobody would cut this one.
    if (service_.draining) co_return;
    loop_.add(*this, place_);
    listed_ = true;
    allow(service_.limits.head);
    boost::system::error_code ec;
    co_await transport_.open(ec);
    if (ec || overdue) co_return;
    bool more = true;
    while (more && !service_.draining) {
      const bool answered = co_await read_request();
      if (!answered) co_return;
      const bool written = co_await write_response();
      if (!written) co_return;
      more = exchange_.keep_alive();
      exchange_.next();
    }
    co_await leave();
  }

 private:
  using Clock = std::chrono::steady_clock;

  void allow(std::chrono::milliseconds time) {
    overdue = false;
    deadline = Clock::now() + time;
  }

  /// True once a response is ready; false when the connection is to be dropped without one.
  boost::asio::awaitable<bool> read_request() {
    bool timed_head = false;
    bool timed_body = false;
    allow(service_.limits.idle);
    for (;;) {
      const Exchange::Step step = exchange_.advance();
      if (step == Exchange::Step::respond) co_return true;
      if (step == Exchange::Step::defer) {
        co_await wait_for_answer();
        co_return true;
      }
      if (step == Exchange::Step::send_continue) {
        const bool sent = co_await write_all(Exchange::continue_line, service_.limits.write);
        if (!sent) co_return false;
        continue;
      }
      if (exchange_.in_head() && !exchange_.idle() && !timed_head) {
        timed_head = true;
        allow(service_.limits.head);
      } else if (!exchange_.in_head() && !timed_body) {
        timed_body = true;
        allow(service_.limits.body);
      }
      idle = exchange_.idle();
      if (idle && service_.draining) co_return false;
      boost::system::error_code ec;
      char* const space = exchange_.space();
      const boost::asio::mutable_buffer buffer(space, exchange_.space_size());
      auto token = boost::asio::redirect_error(boost::asio::use_awaitable, ec);
      const std::size_t octets =
          co_await transport_.stream().async_read_some(buffer, std::move(token));
      const bool was_idle = std::exchange(idle, false);
      exchange_.received(octets);
      if (overdue) {
        if (was_idle || service_.draining) co_return false;
        exchange_.time_out();
        co_return true;
      }
      if (ec) co_return false;
    }
  }

  boost::asio::awaitable<void> wait_for_answer() {
    allow(service_.limits.answer);
    wake_.expires_at(Clock::time_point::max());
    slot_ = std::make_shared<ResponseSlot>(loop_.context, wake_);
    const auto slot = slot_;
    exchange_.defer(respond_into(slot));
    while (!slot->answer() && !overdue) {
      boost::system::error_code ec;
      auto token = boost::asio::redirect_error(boost::asio::use_awaitable, ec);
      co_await wake_.async_wait(std::move(token));
    }
    slot->close();
    slot_.reset();
    if (slot->answer()) {
      exchange_.finish(std::move(*slot->answer()));
    } else {
      exchange_.time_out();
    }
  }

  /// The next piece, framed, in joined_; false when there is none. `last`: it ends the body.
  boost::asio::awaitable<bool> take_piece(BodyStream& stream, bool& last) {
    allow(service_.limits.answer);
    wake_.expires_at(Clock::time_point::max());
    piece_slot_ = std::make_shared<PieceSlot>(loop_.context, wake_);
    const auto slot = piece_slot_;
    ask_into(slot, stream);
    while (!slot->answer() && !overdue) {
      boost::system::error_code ec;
      auto token = boost::asio::redirect_error(boost::asio::use_awaitable, ec);
      co_await wake_.async_wait(std::move(token));
    }
    slot->close();
    piece_slot_.reset();
    if (!slot->answer() || !*slot->answer()) co_return false;
    const std::string& piece = **slot->answer();
    last = piece.empty();
    exchange_.frame(piece, joined_);
    co_return true;
  }

  boost::asio::awaitable<bool> write_stream(std::shared_ptr<BodyStream> stream) {
    bool last = false;
    bool going = co_await write_all(exchange_.head(), service_.limits.write);
    while (going && !last) {
      going = co_await take_piece(*stream, last);
      if (!going) break;
      going = co_await write_all(joined_, service_.limits.write);
    }
    exchange_.end_stream();
    joined_ = std::string();  // a connection that idles keeps no piece
    if (!going) reset();
    co_return going;
  }

  /// The ordinary end of a connection ends a body for HTTP/1.0, and careless readers take it for
  /// its end in any case.
  void reset() {
    boost::system::error_code ignored;
    transport_.socket().set_option(boost::asio::socket_base::linger(true, 0), ignored);
    transport_.socket().close(ignored);  // the socket's destructor would not reset
  }

  boost::asio::awaitable<bool> write_response() {
    auto stream = exchange_.stream();
    if (stream) {
      const bool streamed = co_await write_stream(std::move(stream));
      co_return streamed;
    }
    constexpr std::size_t slice = 64 * 1024;
    const std::string_view head = exchange_.head();
    std::string_view body = exchange_.body();
    const std::string_view first = body.substr(0, slice);
    body.remove_prefix(first.size());
    bool sent = false;
    if constexpr (Transport::joins_head) {
      // One TLS record and one segment instead of two of each.
      joined_.assign(head);
      joined_ += first;
      sent = co_await write_all(joined_, service_.limits.write);
    } else {
      const auto both = gather(head, first);
      allow(service_.limits.write);
      boost::system::error_code ec;
      auto token = boost::asio::redirect_error(boost::asio::use_awaitable, ec);
      co_await boost::asio::async_write(transport_.stream(), both, std::move(token));
      sent = !ec && !overdue;
    }
    while (sent && !body.empty()) {
      const std::string_view part = body.substr(0, slice);
      body.remove_prefix(part.size());
      sent = co_await write_all(part, service_.limits.write);
    }
    co_return sent;
  }

  boost::asio::awaitable<bool> write_all(std::string_view octets, std::chrono::milliseconds time) {
    allow(time);
    boost::system::error_code ec;
    auto token = boost::asio::redirect_error(boost::asio::use_awaitable, ec);
    const boost::asio::const_buffer buffer(octets.data(), octets.size());
    co_await boost::asio::async_write(transport_.stream(), buffer, std::move(token));
    co_return !ec && !overdue;
  }

  /// Says goodbye and reads what the client still sends, for a while: closing a socket with unread
  /// octets resets it, and a reset may overtake the response (RFC 9112 §9.6).
  boost::asio::awaitable<void> leave() {
    constexpr std::chrono::milliseconds patience{2000};
    constexpr int most_reads = 256;
    allow(patience);
    boost::system::error_code ec;
    co_await transport_.shut(ec);
    for (int i = 0; i < most_reads && !ec && !overdue; ++i) {
      const boost::asio::mutable_buffer buffer(rubbish_.data(), rubbish_.size());
      auto token = boost::asio::redirect_error(boost::asio::use_awaitable, ec);
      co_await transport_.socket().async_read_some(buffer, std::move(token));
    }
  }

  IoLoop& loop_;
  Service& service_;
  Transport transport_;
  Exchange exchange_;
  boost::asio::steady_timer wake_;
  OnClosed on_closed_;
  std::shared_ptr<ResponseSlot> slot_;
  std::shared_ptr<PieceSlot> piece_slot_;
  std::list<Connection*>::iterator place_;
  std::string joined_;
  std::array<char, 1024> rubbish_;
  bool listed_ = false;
};

template <class Transport>
boost::asio::awaitable<void> own_and_run(std::unique_ptr<Session<Transport>> session) {
  co_await session->run();
}

inline void log_lost_session(std::exception_ptr bug) {
  if (!bug) return;
  try {
    std::rethrow_exception(bug);
  } catch (const std::exception& error) {
    spdlog::error("session ended by an exception: {}", error.what());
  }
}

template <class Transport>
void start(IoLoop& loop, Service& service, Transport transport, std::string peer,
           OnClosed on_closed) {
  auto session = std::make_unique<Session<Transport>>(loop, service, std::move(transport),
                                                      std::move(peer), std::move(on_closed));
  auto work = own_and_run(std::move(session));
  boost::asio::co_spawn(loop.context, std::move(work), log_lost_session);
}

}  // namespace nguon::server
