#include "tests/support/forge.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/entry/jws.hpp"
#include "ledger/entry/sd_jwt.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <stdexcept>

namespace nguon::tests {

Forge::Forge(const ledger::PrivateKey& key, const ledger::MadeEntry& made) : key_(key) {
  payload = boost::json::parse(ledger::parse_jws(made.jws, ledger::entry_typ).value().payload)
                .as_object();
  const auto parts = ledger::split_sd_jwt(made.sd_jwt).value();
  disclosures.assign(parts.disclosures.begin(), parts.disclosures.end());
}

std::string Forge::sign() const { return sign_text(boost::json::serialize(payload)); }

std::string Forge::sign_text(std::string_view payload_text) const {
  std::string body = ledger::make_jws(key_, ledger::entry_typ, payload_text) + '~';
  for (const auto& disclosure : disclosures) body += disclosure + '~';
  return body;
}

std::string Forge::sign_replaced(std::string_view text, std::string_view by) const {
  std::string written = boost::json::serialize(payload);
  const auto at = written.find(text);
  if (at == std::string::npos) throw std::logic_error("not in the payload: " + std::string(text));
  return sign_text(written.replace(at, text.size(), by));
}

std::string Forge::sign_header(std::string_view header) const {
  std::string jws = ledger::base64url_encode(header) + '.' +
                    ledger::base64url_encode(boost::json::serialize(payload));
  const std::string signature = key_.sign(jws);
  jws += '.' + ledger::base64url_encode(signature) + '~';
  for (const auto& disclosure : disclosures) jws += disclosure + '~';
  return jws;
}

Forge a_harvest(People& people) { return {people.key("member"), people.harvest()}; }

std::string flip_s(std::string_view sd_jwt) {
  const auto tilde = sd_jwt.find('~');
  const auto dot = sd_jwt.rfind('.', tilde);
  std::string signature = ledger::base64url_decode(sd_jwt.substr(dot + 1, tilde - dot - 1)).value();
  // The order n of P-256 (FIPS 186-5 / SP 800-186 §3.2.1.3).
  const std::string order =
      ledger::hex_decode("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551")
          .value();
  int borrow = 0;
  for (std::size_t i = 32; i-- > 0;) {
    const int difference = static_cast<unsigned char>(order[i]) -
                           static_cast<unsigned char>(signature[32 + i]) - borrow;
    borrow = difference < 0 ? 1 : 0;
    signature[32 + i] = static_cast<char>(difference + 256 * borrow);
  }
  return std::string(sd_jwt.substr(0, dot + 1)) + ledger::base64url_encode(signature) +
         std::string(sd_jwt.substr(tilde));
}

}  // namespace nguon::tests
