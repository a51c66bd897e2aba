#include "tests/server/support/tls_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace nguon::server {

struct TlsClient::State {
  int socket = -1;
  SSL_CTX* context = nullptr;
  SSL* ssl = nullptr;
  bool connected = false;
  int tickets = 0;
};

namespace {

int count_ticket(SSL* ssl, SSL_SESSION*) {
  ++*static_cast<int*>(SSL_get_app_data(ssl));
  return 0;
}

}  // namespace

TlsClient::TlsClient(std::uint16_t port, const TlsOffer& offer)
    : state_(std::make_unique<State>()) {
  State& s = *state_;
  s.socket = ::socket(AF_INET, SOCK_STREAM, 0);
  const timeval patience{10, 0};
  ::setsockopt(s.socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  s.context = SSL_CTX_new(TLS_client_method());
  SSL_CTX_set_min_proto_version(s.context, TLS1_VERSION);
  SSL_CTX_set_max_proto_version(s.context, offer.highest);
  SSL_CTX_set_security_level(s.context,
                             0);  // so that an old version is refused by the server, not here
  SSL_CTX_set_session_cache_mode(s.context, SSL_SESS_CACHE_CLIENT);
  SSL_CTX_sess_set_new_cb(s.context, count_ticket);
  s.ssl = SSL_new(s.context);
  SSL_set_app_data(s.ssl, &s.tickets);
  if (!offer.alpn.empty()) {
    const std::string list = std::string(1, static_cast<char>(offer.alpn.size())) + offer.alpn;
    SSL_set_alpn_protos(s.ssl, reinterpret_cast<const unsigned char*>(list.data()),
                        static_cast<unsigned>(list.size()));
  }
  SSL_set_fd(s.ssl, s.socket);
  s.connected = ::connect(s.socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
                SSL_connect(s.ssl) == 1;
}

TlsClient::~TlsClient() {
  SSL_free(state_->ssl);
  SSL_CTX_free(state_->context);
  ::close(state_->socket);
}

bool TlsClient::connected() const { return state_->connected; }
std::string TlsClient::version() const { return SSL_get_version(state_->ssl); }
int TlsClient::tickets() const { return state_->tickets; }

std::string TlsClient::alpn() const {
  const unsigned char* name = nullptr;
  unsigned size = 0;
  SSL_get0_alpn_selected(state_->ssl, &name, &size);
  return size == 0 ? std::string() : std::string(reinterpret_cast<const char*>(name), size);
}

std::string TlsClient::organisation() const {
  X509* const certificate = SSL_get1_peer_certificate(state_->ssl);
  if (certificate == nullptr) return {};
  char text[128] = {};
  X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_organizationName, text,
                            sizeof text);
  X509_free(certificate);
  return text;
}

std::string TlsClient::exchange(std::string_view request, std::size_t octets_wanted) {
  SSL_write(state_->ssl, request.data(), static_cast<int>(request.size()));
  std::string all;
  char octets[16384];
  while (all.size() < octets_wanted) {
    const int n = SSL_read(state_->ssl, octets, sizeof octets);
    if (n <= 0) break;
    all.append(octets, static_cast<std::size_t>(n));
  }
  return all;
}

}  // namespace nguon::server
