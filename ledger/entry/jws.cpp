#include "ledger/entry/jws.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/keys/sha256.hpp"

#include <array>

namespace nguon::ledger {
namespace {

struct Header {
  std::string_view alg;
  std::string_view typ;
  std::string_view kid;
};

bool skip(std::string_view& rest, std::string_view literal) {
  if (!rest.starts_with(literal)) return false;
  rest.remove_prefix(literal.size());
  return true;
}

// Up to the next quote. No value of ours needs an escape, so a backslash is a second spelling.
std::optional<std::string_view> take_plain_string(std::string_view& rest) {
  const auto end = rest.find_first_of("\"\\");
  if (end == std::string_view::npos || rest[end] == '\\') return std::nullopt;
  const auto value = rest.substr(0, end);
  rest.remove_prefix(end);
  return value;
}

// The header is matched as text, not parsed: one spelling, so that no JSON reader can see another
// one.
std::optional<Header> match_header(std::string_view text) {
  Header header;
  const std::array<std::pair<std::string_view, std::string_view*>, 3> members = {
      {{R"({"alg":")", &header.alg}, {R"(","typ":")", &header.typ}, {R"(","kid":")", &header.kid}}};
  for (const auto& [lead, value] : members) {
    if (!skip(text, lead)) return std::nullopt;
    const auto found = take_plain_string(text);
    if (!found) return std::nullopt;
    *value = *found;
  }
  return text == R"("})" ? std::optional(header) : std::nullopt;
}

std::optional<Alg> alg_named(std::string_view name) {
  for (const Alg alg : {Alg::es256, Alg::eddsa}) {
    if (alg_name(alg) == name) return alg;
  }
  return std::nullopt;
}

}  // namespace

Result<Jws> parse_jws(std::string_view text, std::string_view typ) {
  const auto first = text.find('.');
  const auto second = first == std::string_view::npos ? first : text.find('.', first + 1);
  if (second == std::string_view::npos || text.find('.', second + 1) != std::string_view::npos) {
    return invalid("jws.shape", {}, "expected header.payload.signature");
  }
  const auto header_text = base64url_decode(text.substr(0, first));
  auto payload = base64url_decode(text.substr(first + 1, second - first - 1));
  auto signature = base64url_decode(text.substr(second + 1));
  if (!header_text || !payload || !signature) {
    return invalid("jws.base64url", {}, "a part is not canonical unpadded base64url");
  }
  const auto header = match_header(*header_text);
  if (!header) return invalid("jws.header", {}, R"(expected exactly {"alg":…,"typ":…,"kid":…})");
  const auto alg = alg_named(header->alg);
  if (!alg) return invalid("jws.alg", "/alg", "expected ES256 or EdDSA");
  if (header->typ != typ) return invalid("jws.typ", "/typ", "expected " + std::string(typ));
  if (!base64url_hash(header->kid)) {
    return invalid("jws.kid", "/kid", "expected an RFC 7638 SHA-256 thumbprint");
  }
  if (signature->size() != 64) return invalid("jws.signature", {}, "expected 64 octets");
  return Jws{text.substr(0, second), *alg, std::string(header->kid), std::move(*payload),
             std::move(*signature)};
}

Result<void> verify_jws(const Jws& jws, const PublicKey& key) {
  if (jws.alg != key.alg()) {
    return invalid("jws.alg", "/alg",
                   "the key is enrolled for " + std::string(alg_name(key.alg())));
  }
  if (!key.verify(jws.signing_input, jws.signature)) {
    return invalid("jws.signature", {}, "the signature does not verify");
  }
  return {};
}

std::string make_jws(const PrivateKey& key, std::string_view typ, std::string_view payload) {
  std::string header = R"({"alg":")";
  header += alg_name(key.public_key().alg());
  header += R"(","typ":")";
  header += typ;
  header += R"(","kid":")";
  header += key.kid();
  header += R"("})";
  std::string jws = base64url_encode(header) + '.' + base64url_encode(payload);
  const std::string signature = key.sign(jws);
  jws += '.';
  jws += base64url_encode(signature);
  return jws;
}

std::string entry_id(std::string_view signing_input) {
  return base64url_encode(sha256(signing_input));
}

}  // namespace nguon::ledger
