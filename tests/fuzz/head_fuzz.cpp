#include "ledger/base/base64url.hpp"
#include "ledger/entry/jws.hpp"
#include "ledger/log/head_statement.hpp"

#include <cstdlib>
#include <string>

/// Any octets as a head statement from a server, and the same octets as the payload of one that its
/// key did sign: what is read can be written, and read again as the same.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace nguon::ledger;
  static const PrivateKey service = PrivateKey::from_seed(Alg::eddsa, std::string(32, 's'));
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  for (const std::string& text : {std::string(octets), make_jws(service, head_typ, octets)}) {
    const auto claims = open_head(text, service.public_key());
    if (!claims) continue;
    if (text.size() > max_head_octets || claims->count > claims->size) std::abort();
    const auto again = open_head(sign_head(service, *claims), service.public_key());
    if (again && *again != *claims) std::abort();
  }
  return 0;
}
