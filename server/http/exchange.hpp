#pragma once

#include "server/http/limits.hpp"
#include "server/http/request_reader.hpp"
#include "server/http/router.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::server {

/// Makes the answer to a request that reaches no handler. `request` may be half filled.
using Refuse = std::function<Response(const Request&, int status, const ledger::Error&)>;

/// One served request, free of personal data.
struct AccessRecord {
  Method method;
  std::string path;  ///< As loggable_path() makes it.
  int status;
  std::size_t octets;  ///< Of the body sent.
  std::chrono::microseconds took;
  std::string id;
};
using AccessLog = std::function<void(const AccessRecord&)>;

/// What all connections of a listener share. Immutable but for the atomics; outlives them all.
struct Service {
  const Router& router;
  Refuse refuse;
  AccessLog access_log;  ///< May be empty.
  Limits limits;
  /// Addresses whose X-Forwarded-For and X-Forwarded-Proto are believed.
  std::vector<std::string> trusted_proxies;
  std::uint32_t id_prefix = 0;
  std::atomic<std::uint32_t> next_id{0};
  /// No new request is taken; loops end once their connections have.
  std::atomic<bool> draining{false};
  /// Draining took too long: whatever is pending is cut, again and again until the session is gone.
  std::atomic<bool> cutting{false};
};

/// The Date header, formatted once a second. One per thread.
class DateText {
 public:
  std::string_view now();

 private:
  std::time_t second_ = 0;
  char text_[32] = {};
  std::size_t size_ = 0;
};

/// The HTTP of one connection without its socket: octets in, responses out, one request at a time.
/// Not thread-safe; a session drives it.
class Exchange {
 public:
  enum class Step : std::uint8_t {
    read,           ///< Read into space(), report with received(), advance() again.
    send_continue,  ///< Write continue_line, then advance() again.
    respond,        ///< head() and body() are ready to be written; then next().
    defer,          ///< Call defer(), wait for the answer, give it to finish().
  };
  static constexpr std::string_view continue_line = "HTTP/1.1 100 Continue\r\n\r\n";

  /// `service` and `date` outlive the exchange.
  Exchange(Service& service, DateText& date, std::string peer, bool tls);

  /// Free space to read into; never empty after Step::read. Valid until received().
  char* space();
  std::size_t space_size() const { return input_.size() - end_; }
  void received(std::size_t octets) { end_ += octets; }

  Step advance();
  /// Hands the request to its deferred handler.
  void defer(Respond respond);
  /// Takes the deferred handler's answer. Afterwards as Step::respond.
  void finish(Response response);
  /// A deadline passed: a 408 in the midst of a request, a 503 while waiting for an answer.
  /// Afterwards as Step::respond. Only where !idle().
  void time_out();
  /// Between two requests: nothing of the next one has arrived.
  bool idle() const { return !head_seen_; }
  bool in_head() const { return reader_.state() == RequestReader::State::head; }

  std::string_view head() const { return head_; }
  std::string_view body() const { return send_body_ ? response_.body_view() : std::string_view(); }
  /// In place of body(), what makes it piece by piece; null when there is no such thing to send.
  std::shared_ptr<BodyStream> stream() const { return send_body_ ? response_.stream() : nullptr; }
  /// What goes out for a piece of the stream, in `out`; for the empty one, what ends the body.
  void frame(std::string_view piece, std::string& out);
  /// No more of the stream goes out, whether all did or not.
  void end_stream();
  bool keep_alive() const { return keep_alive_; }
  /// Ready for the next request of this connection.
  void next();

 private:
  Step head_done();
  Step call();
  Step refuse(int status, const ledger::Error& error);
  void identify();
  void write_head();
  void log_access(std::size_t octets) const;

  Service& service_;
  DateText& date_;
  const std::string socket_peer_;
  const bool socket_tls_;
  RequestReader reader_;
  std::vector<char> input_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  Request request_;
  Routing routing_;
  Response response_;
  std::string head_;
  std::string logged_path_;
  std::chrono::steady_clock::time_point started_;
  std::string id_;
  Method method_ = Method::other;  ///< The request's, kept because a deferred handler may empty it.
  bool head_seen_ = false;
  bool continue_sent_ = false;
  bool waiting_ = false;
  bool send_body_ = true;
  bool keep_alive_ = false;
  bool chunks_ = false;             ///< The stream goes as chunks.
  std::size_t streamed_octets_ = 0;
};

}  // namespace nguon::server
