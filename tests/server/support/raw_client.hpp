#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nguon::server {

/// A response as it came off the wire.
struct RawResponse {
  int status = 0;
  std::string head;  ///< With the empty line.
  std::string body;

  /// Value of the first field of that name, exactly so written; empty when absent.
  std::string field(std::string_view name) const;
};

/// A TCP client that sends whatever octets a test wants. One per connection; IPv4 loopback.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port);
  ~RawClient();
  RawClient(RawClient&& other) noexcept;
  RawClient& operator=(RawClient&&) = delete;

  bool connected() const { return connected_; }
  /// False when the server has closed its side for good.
  bool send(std::string_view octets);
  /// The next response, chunks put together, waiting up to `patience`; absent at end of stream, reset or timeout.
  /// `head_only`: the answer to HEAD.
  std::optional<RawResponse> receive(bool head_only = false,
                                     std::chrono::milliseconds patience = std::chrono::seconds(10));
  /// All that still comes until the server ends the stream; absent when it is reset instead, or still
  /// open after `patience`.
  std::optional<std::string> rest(std::chrono::milliseconds patience = std::chrono::seconds(10));
  /// True once the server has ended the stream and nothing more came.
  bool ended(std::chrono::milliseconds patience = std::chrono::seconds(10));
  void half_close();

 private:
  bool fill(std::chrono::steady_clock::time_point until);
  bool take_chunks(std::string& body, std::chrono::steady_clock::time_point until);

  int socket_ = -1;
  bool connected_ = false;
  bool ended_ = false;
  std::string buffer_;
};

}  // namespace nguon::server
