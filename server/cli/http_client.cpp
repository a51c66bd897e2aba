#include "server/cli/http_client.hpp"

#include "ledger/keys/openssl.hpp"

#include <netdb.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <chrono>
#include <csignal>
#include <memory>
#include <optional>

namespace nguon::server {
namespace {

constexpr std::size_t largest_answer = 16 << 20;

ledger::Error failed(const char* rule, std::string detail) {
  return {ledger::Errc::unavailable, rule, {}, std::move(detail)};
}

struct Url {
  bool tls = false;
  std::string host, port, path;
};

std::optional<Url> parse_url(std::string_view text) {
  Url url;
  if (text.starts_with("https://")) {
    url.tls = true;
    text.remove_prefix(8);
  } else if (text.starts_with("http://")) {
    text.remove_prefix(7);
  } else {
    return std::nullopt;
  }
  const auto slash = std::min(text.find('/'), text.size());
  std::string_view authority = text.substr(0, slash);
  url.path = slash == text.size() ? "/" : std::string(text.substr(slash));
  const auto colon = authority.rfind(':');
  const bool has_port =
      colon != std::string_view::npos && authority.find(']', colon) == std::string_view::npos;
  url.host = authority.substr(0, has_port ? colon : authority.size());
  url.port = has_port ? std::string(authority.substr(colon + 1)) : (url.tls ? "443" : "80");
  const auto bad = [](char symbol) {
    return static_cast<unsigned char>(symbol) <= ' ' || symbol == '@';
  };
  if (url.host.empty() || url.port.empty() || std::any_of(text.begin(), text.end(), bad)) {
    return std::nullopt;
  }
  return url;
}

using Context = std::unique_ptr<SSL_CTX, ledger::OpensslDeleter<SSL_CTX_free>>;
using Connection = std::unique_ptr<BIO, ledger::OpensslDeleter<BIO_free_all>>;

struct FreeAddresses {
  void operator()(addrinfo* list) const { ::freeaddrinfo(list); }
};

/// A connected socket that gives up waiting after `patience_seconds`; absent when nobody answers.
std::optional<int> open_socket(const Url& url, int patience_seconds) {
  std::string host = url.host;
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (::getaddrinfo(host.c_str(), url.port.c_str(), &hints, &found) != 0) return std::nullopt;
  const std::unique_ptr<addrinfo, FreeAddresses> addresses(found);
  const timeval limit{patience_seconds, 0};
  for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
    const int made = ::socket(one->ai_family, one->ai_socktype | SOCK_CLOEXEC, one->ai_protocol);
    if (made < 0) continue;
    // On Linux the limit for sending is also that for connecting (socket(7)).
    ::setsockopt(made, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    ::setsockopt(made, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    if (::connect(made, one->ai_addr, one->ai_addrlen) == 0) return made;
    ::close(made);
  }
  return std::nullopt;
}

ledger::Result<Connection> connect(const Url& url, const Call& call, Context& context) {
  const std::string where = url.host + ':' + url.port;
  const auto opened = open_socket(url, call.patience_seconds);
  if (!opened) return failed("client.connect", where);
  Connection plain(BIO_new_socket(*opened, BIO_CLOSE));
  if (!url.tls) return plain;
  context.reset(SSL_CTX_new(TLS_client_method()));
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  const int trusted = call.ca_file.empty() ? SSL_CTX_set_default_verify_paths(context.get())
                                           : SSL_CTX_load_verify_locations(
                                                 context.get(), call.ca_file.c_str(), nullptr);
  if (trusted != 1) return failed("client.tls", "cannot read " + call.ca_file);
  Connection secure(BIO_new_ssl(context.get(), 1));
  SSL* ssl = nullptr;
  BIO_get_ssl(secure.get(), &ssl);
  const bool address = std::all_of(url.host.begin(), url.host.end(), [](char symbol) {
    return std::isdigit(static_cast<unsigned char>(symbol)) != 0 || symbol == '.';
  });
  if (address) {
    X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), url.host.c_str());
  } else {
    SSL_set_tlsext_host_name(ssl, url.host.c_str());
    SSL_set1_host(ssl, url.host.c_str());
  }
  BIO_push(secure.get(), plain.release());
  if (BIO_do_handshake(secure.get()) != 1) return failed("client.tls", where + " is not trusted");
  return secure;
}

ledger::Result<void> send(BIO* bio, std::string_view octets) {
  while (!octets.empty()) {
    const int count = BIO_write(bio, octets.data(),
                                static_cast<int>(std::min<std::size_t>(octets.size(), 1 << 20)));
    if (count <= 0) return failed("client.answer", "the connection broke while sending");
    octets.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

// The server closes after the answer because we ask it to, so the end of data is the end of the
// body.
ledger::Result<std::string> receive(BIO* bio, std::chrono::seconds limit) {
  const auto latest = std::chrono::steady_clock::now() + limit;
  std::string octets;
  char block[16'384];
  while (true) {
    if (std::chrono::steady_clock::now() > latest) return failed("client.answer", "too slow");
    const int count = BIO_read(bio, block, sizeof block);
    if (count <= 0) return octets;
    octets.append(block, static_cast<std::size_t>(count));
    if (octets.size() > largest_answer) return failed("client.answer", "over 16 MiB");
  }
}

std::string header(std::string_view head, std::string_view name) {
  for (auto line = head.find("\r\n"); line != std::string_view::npos;
       line = head.find("\r\n", line + 2)) {
    const std::string_view rest = head.substr(line + 2);
    if (rest.size() <= name.size() || rest[name.size()] != ':') continue;
    const bool same = std::equal(name.begin(), name.end(), rest.begin(), [](char a, char b) {
      return a == std::tolower(static_cast<unsigned char>(b));
    });
    if (!same) continue;
    std::string_view value = rest.substr(name.size() + 1, rest.find("\r\n") - name.size() - 1);
    while (value.starts_with(' ')) value.remove_prefix(1);
    return std::string(value);
  }
  return {};
}

ledger::Result<Answer> read_answer(std::string_view octets) {
  const auto end = octets.find("\r\n\r\n");
  Answer answer;
  if (end == std::string_view::npos || !octets.starts_with("HTTP/1.") || octets.size() < 12 ||
      std::from_chars(octets.data() + 9, octets.data() + 12, answer.status).ec != std::errc()) {
    return failed("client.answer", "not an HTTP answer");
  }
  const std::string_view head = octets.substr(0, end + 2);
  answer.content_type = header(head, "content-type");
  answer.body = octets.substr(end + 4);
  const std::string length = header(head, "content-length");
  if (!length.empty() && length != std::to_string(answer.body.size())) {
    return failed("client.answer", "the answer was cut off");
  }
  return answer;
}

}  // namespace

ledger::Result<Answer> call(const Call& call) {
  const auto url = parse_url(call.url);
  if (!url) return ledger::invalid("client.url", {}, call.url);
  // A server that hangs up must be an error value, not a signal.
  std::signal(SIGPIPE, SIG_IGN);
  Context context;
  NGUON_TRY(const Connection connection, connect(*url, call, context));
  std::string request = call.method + ' ' + url->path + " HTTP/1.1\r\nHost: " + url->host + ':' +
                        url->port + "\r\nConnection: close\r\nUser-Agent: nguon\r\n";
  if (!call.content_type.empty()) request += "Content-Type: " + call.content_type + "\r\n";
  if (call.method != "GET")
    request += "Content-Length: " + std::to_string(call.body.size()) + "\r\n";
  NGUON_CHECK(send(connection.get(), request + "\r\n" + call.body));
  NGUON_TRY(const std::string octets,
            receive(connection.get(), std::chrono::seconds(call.answer_seconds)));
  return read_answer(octets);
}

}  // namespace nguon::server
