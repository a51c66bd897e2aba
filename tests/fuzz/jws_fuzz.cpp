#include "ledger/base/base64url.hpp"
#include "ledger/entry/jws.hpp"

#include <cstdlib>

namespace {

using namespace nguon::ledger;

// What was read, written again.
std::string rebuild(const Jws& jws, std::string_view typ) {
  const std::string header = R"({"alg":")" + std::string(alg_name(jws.alg)) + R"(","typ":")" +
                             std::string(typ) + R"(","kid":")" + jws.kid + R"("})";
  return base64url_encode(header) + '.' + base64url_encode(jws.payload) + '.' +
         base64url_encode(jws.signature);
}

}  // namespace

/// Any octets: a JWS that is read has exactly one text.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto jws = parse_jws(text, entry_typ);
  if (jws && rebuild(*jws, entry_typ) != text) std::abort();
  return 0;
}
