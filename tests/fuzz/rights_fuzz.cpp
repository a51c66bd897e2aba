// Requests of persons about their data, and the answers.
#include "ledger/base/base64url.hpp"
#include "server/rights/request.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace nguon;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)server::read_rights_request(text, "aud");
  (void)server::read_rights_answer(text, "aud");
  // Most texts are no JWS: the input as the payload of one gets further.
  const auto signed_as = [&](std::string_view typ) {
    return ledger::base64url_encode(R"({"alg":"ES256","typ":")" + std::string(typ) +
                                    R"(","kid":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})") +
           "." + ledger::base64url_encode(text) + "." +
           ledger::base64url_encode(std::string(64, 's'));
  };
  const auto request = server::read_rights_request(signed_as(server::rights_request_typ), "aud");
  if (request && (request->text.size() > server::max_rights_text || request->person.empty())) {
    std::abort();
  }
  const auto answer = server::read_rights_answer(signed_as(server::rights_answer_typ), "aud");
  if (answer && answer->state == server::RightsState::received) std::abort();
  return 0;
}
