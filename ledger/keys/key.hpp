#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "ledger/base/result.hpp"

namespace nguon::ledger {

/// The two JOSE algorithms of DESIGN §3; bound to a key when it is enrolled.
enum class Alg { es256, eddsa };

/// "ES256" / "EdDSA", as written in a JWS header.
std::string_view alg_name(Alg alg);

/// A verifying key. Cheap to copy (shared, immutable); thread-safe.
class PublicKey {
 public:
  /// From a JWK text (RFC 7517): exactly {crv,kty,x,y} of P-256 or {crv,kty,x} of Ed25519, any order,
  /// canonical base64url, the point on the curve and not the identity.
  /// Errors: `key.jwk` with the field.
  static Result<PublicKey> from_jwk(std::string_view jwk);
  /// From the 32 octets of an Ed25519 key.
  static Result<PublicKey> from_ed25519(std::string_view raw);

  Alg alg() const;
  /// RFC 7638 required members in lexicographic order, no spaces: the thumbprint's input.
  const std::string& jwk() const;
  /// RFC 7638 SHA-256 thumbprint, base64url, 43 symbols.
  const std::string& kid() const;
  /// The raw 32 octets of an Ed25519 key; empty for P-256.
  const std::string& ed25519_raw() const;
  /// True when `signature` is exactly 64 octets and valid: ES256 as r‖s with 1 ≤ r,s < n (either s is
  /// valid: malleability is met by the entry id, not here); Ed25519 strict (RFC 8032, S < L).
  bool verify(std::string_view message, std::string_view signature) const;

 private:
  friend class PrivateKey;
  struct Impl;
  explicit PublicKey(std::shared_ptr<const Impl> impl);
  std::shared_ptr<const Impl> impl_;
};

/// A signing key. Move-only; its octets are wiped on destruction. sign() is thread-safe.
class PrivateKey {
 public:
  static PrivateKey generate(Alg alg);
  /// The key that a 32-octet seed names, the same on every machine: for Ed25519 the seed itself; for
  /// P-256 the first SHA-256(seed ‖ counter byte) that lies in 1..n−1. For demo and test data only.
  static PrivateKey from_seed(Alg alg, std::string_view seed);
  /// PKCS #8 PEM, unencrypted. Errors: `key.pem`.
  static Result<PrivateKey> from_pem(std::string_view pem);
  std::string to_pem() const;

  PrivateKey(PrivateKey&&) noexcept;
  PrivateKey& operator=(PrivateKey&&) noexcept;
  ~PrivateKey();

  const PublicKey& public_key() const;
  const std::string& kid() const { return public_key().kid(); }
  /// 64 octets: r‖s for ES256, RFC 8032 for Ed25519.
  std::string sign(std::string_view message) const;

 private:
  struct Impl;
  explicit PrivateKey(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// `count` octets from the operating system's generator. Throws only when it is broken.
std::string random_bytes(std::size_t count);

/// Overwrites secret octets in a way the optimiser keeps.
void wipe(std::string& secret);

}  // namespace nguon::ledger
