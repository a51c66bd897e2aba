#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace nguon::server {

struct TlsOffer {
  int highest = 0;   ///< TLS1_2_VERSION …; 0 = whatever the library has.
  std::string alpn = {};  ///< One protocol name; empty = no ALPN.
};

/// A blocking TLS client on IPv4 loopback that trusts anybody: it looks at the server, not the
/// other way.
class TlsClient {
 public:
  explicit TlsClient(std::uint16_t port, const TlsOffer& offer = {});
  ~TlsClient();
  TlsClient(const TlsClient&) = delete;
  TlsClient& operator=(const TlsClient&) = delete;

  bool connected() const;
  std::string version() const;
  std::string alpn() const;
  /// Organisation in the server's certificate.
  std::string organisation() const;
  /// Sends, then reads until `octets_wanted` have come or the stream ends.
  std::string exchange(std::string_view request, std::size_t octets_wanted);
  /// Tickets the server has sent so far.
  int tickets() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace nguon::server
