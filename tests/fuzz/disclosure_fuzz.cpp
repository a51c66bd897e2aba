#include "ledger/base/base64url.hpp"
#include "ledger/entry/sd_jwt.hpp"

#include <cstdlib>

namespace {

using namespace nguon::ledger;

void check_value(std::string_view text) {
  const auto value = disclosed_value(text);
  if (!value) return;
  const Disclosure again = make_disclosure(std::string(min_salt_octets, 's'), *value);
  const auto read = disclosed_value(again.text);
  if (!read || *read != *value) std::abort();
}

}  // namespace

/// Any octets, as a submission, as one disclosure's text and as one disclosure's JSON: what opens
/// can be disclosed again, and a split submission joins to the same text.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_value(text);
  check_value(base64url_encode(text));
  const auto parts = split_sd_jwt(text);
  if (!parts) return 0;
  std::string joined = std::string(parts->jws) + '~';
  for (const auto disclosure : parts->disclosures) joined += std::string(disclosure) + '~';
  if (joined != text) std::abort();
  const auto matched = match_disclosures(parts->disclosures, {{"/a", std::string(43, 'A')}});
  if (matched && !matched->empty()) std::abort();  // nothing hashes to zero
  return 0;
}
