#include "server/http/tls.hpp"

#include <fmt/format.h>
#include <openssl/ssl.h>
#include <sys/stat.h>

#include <string_view>
#include <utility>

namespace nguon::server {
namespace {

namespace ssl = boost::asio::ssl;

/// RFC 7301: pick http/1.1 or refuse; a client that sends no ALPN never gets here.
int choose_protocol(SSL*, const unsigned char** out, unsigned char* out_size,
                    const unsigned char* offered, unsigned int offered_size, void*) {
  constexpr std::string_view spoken = "http/1.1";
  const std::string_view list(reinterpret_cast<const char*>(offered), offered_size);
  for (std::size_t i = 0; i < list.size();) {
    const auto size = static_cast<unsigned char>(list[i]);
    if (list.substr(i + 1, size) == spoken) {
      *out = offered + i + 1;
      *out_size = size;
      return SSL_TLSEXT_ERR_OK;
    }
    i += std::size_t{1} + size;
  }
  return SSL_TLSEXT_ERR_ALERT_FATAL;
}

ledger::Error failure(const std::string& file, std::string_view why) {
  return {ledger::Errc::unavailable, "http.tls", {}, fmt::format("{}: {}", file, why)};
}

ledger::Result<std::shared_ptr<ssl::context>> make_context(const TlsFiles& files) {
  auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
  SSL_CTX* const native = context->native_handle();
  SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
  SSL_CTX_set_options(native, SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                  SSL_OP_IGNORE_UNEXPECTED_EOF);
  SSL_CTX_set_num_tickets(native, 0);
  SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_cipher_list(native, "ECDHE+AESGCM:ECDHE+CHACHA20");  // TLS 1.2; 1.3 has no others
  SSL_CTX_set_alpn_select_cb(native, choose_protocol, nullptr);
  boost::system::error_code ec;
  context->use_certificate_chain_file(files.certificate, ec);
  if (ec) return failure(files.certificate, ec.message());
  context->use_private_key_file(files.key, ssl::context::pem, ec);
  if (ec) return failure(files.key, ec.message());
  if (SSL_CTX_check_private_key(native) != 1) {
    return failure(files.key, "not the key of the certificate");
  }
  return context;
}

std::string stamp_of(const TlsFiles& files) {
  std::string stamp;
  for (const std::string* file : {&files.certificate, &files.key}) {
    struct stat info {};
    if (stat(file->c_str(), &info) != 0) continue;
    stamp += fmt::format("{}.{}.{}.{};", info.st_mtim.tv_sec, info.st_mtim.tv_nsec, info.st_size,
                         info.st_ino);
  }
  return stamp;
}

}  // namespace

ledger::Result<std::unique_ptr<TlsIdentity>> TlsIdentity::load(TlsFiles files) {
  std::unique_ptr<TlsIdentity> identity(new TlsIdentity(std::move(files)));
  NGUON_CHECK(identity->reload());
  return identity;
}

std::shared_ptr<ssl::context> TlsIdentity::current() const {
  const std::lock_guard lock(mutex_);
  return context_;
}

ledger::Result<void> TlsIdentity::reload() {
  const std::lock_guard lock(mutex_);
  // Before reading: a file exchanged in between is then seen as changed next time. Also kept on
  // failure, so that one broken pair is reported once and tried again when either file changes.
  stamp_ = stamp_of(files_);
  NGUON_TRY(context_, make_context(files_));
  return {};
}

ledger::Result<bool> TlsIdentity::reload_if_changed() {
  {
    const std::lock_guard lock(mutex_);
    if (stamp_of(files_) == stamp_) return false;
  }
  NGUON_CHECK(reload());
  return true;
}

}  // namespace nguon::server
