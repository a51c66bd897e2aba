#pragma once

#include "ledger/base/base64url.hpp"
#include "ledger/keys/key.hpp"
#include "ledger/keys/sha256.hpp"
#include "server/passkeys/passkey_desk.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace nguon::tests {

/// The DER of an ECDSA signature r‖s (X.690 §8.3), as authenticators give it.
inline std::string der_of(std::string_view signature) {
  std::string numbers;
  for (auto number : {signature.substr(0, 32), signature.substr(32)}) {
    while (number.size() > 1 && number[0] == '\0') number.remove_prefix(1);
    const bool pad = (static_cast<unsigned char>(number[0]) & 0x80) != 0;
    numbers += '\x02';
    numbers += static_cast<char>(number.size() + (pad ? 1 : 0));
    if (pad) numbers += '\0';
    numbers += number;
  }
  return std::string("\x30") + static_cast<char>(numbers.size()) + numbers;
}

/// An authenticator and the browser before it, with each part of what they say to be spoilt.
class Authenticator {
 public:
  static constexpr unsigned present = 0x01, verified = 0x04, portable = 0x08, copied = 0x10,
                            attested = 0x40, extensions = 0x80;

  explicit Authenticator(ledger::Alg kind = ledger::Alg::es256)
      : key(ledger::PrivateKey::generate(kind)) {}

  std::string cose() const {
    using namespace std::string_literals;
    const auto jwk = boost::json::parse(key.public_key().jwk()).as_object();
    const auto octets = [&](const char* name) {
      return ledger::base64url_decode(jwk.at(name).as_string()).value();
    };
    if (key.public_key().alg() == ledger::Alg::eddsa) {
      return "\xa4\x01\x01\x03\x27\x20\x06\x21\x58\x20"s + octets("x");
    }
    return "\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20"s + octets("x") + "\x22\x58\x20"s +
           octets("y");
  }
  std::string client_data(std::string_view type, std::string_view challenge) const {
    boost::json::object said{
        {"type", type}, {"challenge", challenge}, {"origin", origin}, {"crossOrigin", false}};
    for (const auto& [name, value] : spoilt) said[name] = value;
    return boost::json::serialize(said);
  }
  std::string data(unsigned all_flags, const std::string& made = {}) const {
    std::string octets(ledger::sha256(host).view());
    octets += static_cast<char>(all_flags);
    for (int shift = 24; shift >= 0; shift -= 8) octets += static_cast<char>(count >> shift);
    return octets + made;
  }
  std::string made_key() const {
    std::string octets(16, '\0');
    octets += static_cast<char>(id.size() >> 8);
    octets += static_cast<char>(id.size() & 0xff);
    return octets + id + cose();
  }
  server::CeremonyAnswer make(std::string_view challenge) const {
    return {client_data("webauthn.create", challenge), data(flags | attested, made_key())};
  }
  std::string sign(const server::CeremonyAnswer& answer) const {
    const std::string raw = key.sign(answer.authenticator_data +
                                     std::string(ledger::sha256(answer.client_data).view()));
    return key.public_key().alg() == ledger::Alg::es256 ? der_of(raw) : raw;
  }
  server::PasskeyAssertion use(std::string_view challenge, std::string handle) {
    if (counts) ++count;
    server::CeremonyAnswer answer{client_data("webauthn.get", challenge), data(flags)};
    std::string signature = sign(answer);
    return {ledger::base64url_encode(id), std::move(answer), std::move(signature),
            std::move(handle)};
  }

  ledger::PrivateKey key;
  std::string id = ledger::random_bytes(32);
  std::string host = "nguon.example";
  std::string origin = "https://nguon.example";
  unsigned flags = present | verified;
  std::uint32_t count = 0;
  bool counts = false;
  boost::json::object spoilt;  ///< Members of the client data instead of the right ones.
};

}  // namespace nguon::tests
