// Invitations and the codes that people copy.
#include "ledger/base/base64url.hpp"
#include "server/enrol/invitation.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace nguon;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string code = server::read_enrolment_code(text);
  if (!code.empty() && server::read_enrolment_code(code) != code) std::abort();
  (void)server::read_invitation(text, "aud");
  // Most texts are no JWS: the input as the payload of one gets further.
  static const std::string header = ledger::base64url_encode(
      R"({"alg":"ES256","typ":"nguon-invitation+jwt","kid":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})");
  static const std::string signature = ledger::base64url_encode(std::string(64, 's'));
  const auto invitation = server::read_invitation(
      header + "." + ledger::base64url_encode(text) + "." + signature, "aud");
  if (invitation && server::read_enrolment_code(invitation->code) != invitation->code) std::abort();
  return 0;
}
