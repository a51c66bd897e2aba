#pragma once

#include "ledger/base/error.hpp"
#include "server/http/request.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace nguon::server {

/// Octets in, one Request out: Beast's HTTP/1.1 parser behind a wall, with what it lets pass
/// refused (RFC 9112 §6.3, §11.2: ambiguous framing is request smuggling). No socket, no clock; not
/// thread-safe.
class RequestReader {
 public:
  enum class State : std::uint8_t { head, body, done, failed };

  explicit RequestReader(std::size_t head_limit);
  ~RequestReader();
  RequestReader(const RequestReader&) = delete;
  RequestReader& operator=(const RequestReader&) = delete;

  /// Forgets everything; ready for the next message.
  void restart();
  /// Takes octets and returns how many it used up; the rest must be offered again, with more behind
  /// it while the state is head or body. Stops right behind the head once, so that the caller may
  /// look at it and set the body's limit.
  std::size_t feed(std::string_view octets);
  State state() const { return state_; }

  /// Once the head is read: method, target, headers, host (from the Host field). Does not touch
  /// body.
  void take_head(Request& request) const;
  std::string_view target() const;
  /// Content-Length; absent when there is none (chunked, or no body).
  std::optional<std::uint64_t> content_length() const;
  /// Octets of body accepted from now on.
  void limit_body(std::size_t octets);
  bool expects_continue() const;
  /// A response of unknown length may go as chunks (RFC 9112 §7.1), once the head is read.
  bool takes_chunks() const;
  /// What HTTP says about this connection after the message (RFC 9112 §9.3).
  bool keep_alive() const;
  /// Moves the body out; state done only.
  std::string take_body();

  /// Why, once failed, and the HTTP status of it.
  const ledger::Error& error() const { return error_; }
  int status() const { return status_; }

 private:
  struct Parser;
  void fail(int status, std::string_view rule, std::string detail);
  void check_head();
  bool has_fold(std::string_view head);

  std::unique_ptr<Parser> parser_;
  std::size_t head_limit_;
  std::size_t head_octets_ = 0;
  bool folded_ = false;
  char last_ = 0;  // The head's last octet so far.
  State state_ = State::head;
  int status_ = 0;
  ledger::Error error_;
};

}  // namespace nguon::server
