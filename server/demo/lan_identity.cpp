#include "ledger/keys/key.hpp"
#include "ledger/keys/openssl.hpp"
#include "server/demo/lan.hpp"
#include "server/deployment/files.hpp"

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <optional>
#include <utility>

namespace nguon::server {
namespace {

constexpr long lifetime_seconds = 30L * 24 * 3600;

using Certificate = std::unique_ptr<X509, ledger::OpensslDeleter<X509_free>>;
using Text = std::unique_ptr<BIO, ledger::OpensslDeleter<BIO_free_all>>;
using Extension = std::unique_ptr<X509_EXTENSION, ledger::OpensslDeleter<X509_EXTENSION_free>>;

bool extend(X509* certificate, X509* issuer, int nid, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
  return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

// A bare certificate: random serial, validity from an hour ago (phones' clocks), key and name.
Certificate begin(EVP_PKEY* key, const std::string& common_name) {
  Certificate certificate(X509_new());
  X509_set_version(certificate.get(), X509_VERSION_3);
  std::string serial = ledger::random_bytes(16);
  serial[0] = static_cast<char>(serial[0] & 0x7f);
  const ledger::BigNumber number(
      BN_bin2bn(ledger::octets_of(serial), static_cast<int>(serial.size()), nullptr));
  BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate.get()));
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), lifetime_seconds);
  X509_set_pubkey(certificate.get(), key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(common_name.c_str()), -1, -1,
                             0);
  return certificate;
}

template <class Write>
std::string pem(Write&& write) {
  const Text text(BIO_new(BIO_s_mem()));
  write(text.get());
  char* octets = nullptr;
  const long size = BIO_get_mem_data(text.get(), &octets);
  return std::string(octets, static_cast<std::size_t>(size));
}

struct Made {
  std::string ca, certificate, key;
};

std::optional<Made> make(const std::string& address) {
  const ledger::EvpKey ca_key(EVP_EC_gen("P-256"));
  const ledger::EvpKey key(EVP_EC_gen("P-256"));
  if (!ca_key || !key) return std::nullopt;
  const Certificate ca = begin(ca_key.get(), "Nguon demo " + address + " (du lieu mau)");
  X509_set_issuer_name(ca.get(), X509_get_subject_name(ca.get()));
  // Whoever trusts this CA trusts it for this one address and for nothing else (RFC 5280
  // §4.2.1.10).
  const bool ca_good =
      extend(ca.get(), ca.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0") &&
      extend(ca.get(), ca.get(), NID_key_usage, "critical,keyCertSign,cRLSign") &&
      extend(ca.get(), ca.get(), NID_subject_key_identifier, "hash") &&
      extend(ca.get(), ca.get(), NID_name_constraints,
             "critical,permitted;IP:" + address + "/255.255.255.255") &&
      X509_sign(ca.get(), ca_key.get(), EVP_sha256()) > 0;
  const Certificate leaf = begin(key.get(), address);
  X509_set_issuer_name(leaf.get(), X509_get_subject_name(ca.get()));
  const bool leaf_good = extend(leaf.get(), ca.get(), NID_basic_constraints, "critical,CA:FALSE") &&
                         extend(leaf.get(), ca.get(), NID_key_usage, "critical,digitalSignature") &&
                         extend(leaf.get(), ca.get(), NID_ext_key_usage, "serverAuth") &&
                         extend(leaf.get(), ca.get(), NID_authority_key_identifier, "keyid") &&
                         extend(leaf.get(), ca.get(), NID_subject_alt_name, "IP:" + address) &&
                         X509_sign(leaf.get(), ca_key.get(), EVP_sha256()) > 0;
  if (!ca_good || !leaf_good) return std::nullopt;
  return Made{pem([&](BIO* out) { PEM_write_bio_X509(out, ca.get()); }),
              pem([&](BIO* out) { PEM_write_bio_X509(out, leaf.get()); }), pem([&](BIO* out) {
                PEM_write_bio_PKCS8PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr,
                                              nullptr);
              })};
}

bool still_good(const LanIdentity& identity) {
  const auto text = read_file(identity.certificate_file);
  if (!text) return false;
  const Text input(BIO_new_mem_buf(text->data(), static_cast<int>(text->size())));
  const Certificate certificate(PEM_read_bio_X509(input.get(), nullptr, nullptr, nullptr));
  constexpr int a_day = 24 * 3600;
  std::time_t tomorrow = std::time(nullptr) + a_day;
  return certificate && X509_cmp_time(X509_get0_notAfter(certificate.get()), &tomorrow) > 0;
}

}  // namespace

ledger::Result<LanIdentity> make_lan_identity(const std::string& directory,
                                              const std::string& address) {
  // One folder per address and, once expired, per making: nothing is overwritten.
  for (int attempt = 0;; ++attempt) {
    const std::string folder =
        directory + '/' + address + (attempt == 0 ? "" : '-' + std::to_string(attempt));
    const LanIdentity identity{folder + "/ca.pem", folder + "/server.pem", folder + "/server.key"};
    if (file_exists(identity.certificate_file)) {
      if (still_good(identity)) return identity;
      continue;
    }
    const auto made = make(address);
    if (!made) {
      return ledger::Error{ledger::Errc::unavailable, "demo.certificate", {}, address};
    }
    NGUON_CHECK(make_directory(folder, 0700));
    NGUON_CHECK(write_new_file(identity.ca_file, made->ca));
    NGUON_CHECK(write_new_secret(identity.key_file, made->key));
    NGUON_CHECK(write_new_file(identity.certificate_file, made->certificate));
    return identity;
  }
}

}  // namespace nguon::server
