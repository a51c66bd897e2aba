#include "tests/support/entry_cases.hpp"
#include "tests/support/forge.hpp"

namespace nguon::tests {
namespace {

std::string header(People& people, std::string_view alg, std::string_view typ) {
  return R"({"alg":")" + std::string(alg) + R"(","typ":")" + std::string(typ) + R"(","kid":")" +
         people.key("member").kid() + R"("})";
}

std::string replace_last_signature_symbol(std::string body, std::string_view by) {
  const auto tilde = body.find('~');
  return body.replace(tilde - 1, 1, by);
}

}  // namespace

std::vector<EntryCase> envelope_cases() {
  return {
      {"valid-es256", "A harvest signed by a phone's P-256 key.", "", true,
       [](People& people) { return people.harvest().sd_jwt; }},
      {"valid-eddsa", "The same kind of entry by an Ed25519 key.", "", true,
       [](People& people) {
         return people.make("batch.harvest/1")
             .by("service-gate")
             .starts("batch")
             .data(R"({"product":")" + some_subject("product") + R"(","site":")" +
                   some_subject("site") +
                   R"(","on":"2026-09-11","qty":{"amount":"3","unit":"ta"}})")
             .sign()
             .sd_jwt;
       }},
      {"valid-s-flipped", "s replaced by n − s: another valid signature of the same entry id.", "",
       true, [](People& people) { return flip_s(people.harvest().sd_jwt); }},
      {"no-last-tilde", "A bare JWS is no submission.", "sd-jwt.shape", false,
       [](People& people) { return people.harvest().jws; }},
      {"key-binding", "Something after the last tilde, where a key-binding JWT would stand.",
       "sd-jwt.shape", false,
       [](People& people) { return people.harvest().sd_jwt + "e30.e30.e30"; }},
      {"base64url-slack-bits", "The signature's last symbol carries a slack bit.", "jws.base64url",
       false,
       [](People& people) { return replace_last_signature_symbol(people.harvest().sd_jwt, "B"); }},
      {"base64url-padding", "Padded base64url.", "jws.base64url", false,
       [](People& people) {
         return replace_last_signature_symbol(people.harvest().sd_jwt, "A==");
       }},
      {"base64-plain", "The alphabet of RFC 4648 §4.", "jws.base64url", false,
       [](People& people) { return replace_last_signature_symbol(people.harvest().sd_jwt, "/"); }},
      {"signature-short", "63 octets.", "jws.signature", false,
       [](People& people) {
         std::string body = people.harvest().sd_jwt;
         return body.erase(body.find('~') - 2, 2);
       }},
      {"signature-of-another", "Signed by a stranger under the member's kid.", "jws.signature",
       false,
       [](People& people) {
         const auto other = people.stranger();
         const Forge forge(other, people.harvest());
         return forge.sign_header(header(people, "ES256", "nguon-entry+jwt"));
       }},
      {"key-unknown", "A well-made entry by a key that no one enrolled: try again later.",
       "key.unknown", false,
       [](People& people) {
         const auto other = people.stranger();
         return Forge(other, people.harvest()).sign();
       }},
      {"header-extra-member", "A fourth header member.", "jws.header", false,
       [](People& people) {
         return a_harvest(people).sign_header(R"({"alg":"ES256","typ":"nguon-entry+jwt","kid":")" +
                                            people.key("member").kid() + R"(","crit":[]})");
       }},
      {"header-other-order", "typ before alg.", "jws.header", false,
       [](People& people) {
         return a_harvest(people).sign_header(R"({"typ":"nguon-entry+jwt","alg":"ES256","kid":")" +
                                            people.key("member").kid() + R"("})");
       }},
      {"header-space", "One space after a colon.", "jws.header", false,
       [](People& people) {
         return a_harvest(people).sign_header(R"({"alg": "ES256","typ":"nguon-entry+jwt","kid":")" +
                                            people.key("member").kid() + R"("})");
       }},
      {"header-no-alg", "No alg at all.", "jws.header", false,
       [](People& people) {
         return a_harvest(people).sign_header(R"({"typ":"nguon-entry+jwt","kid":")" +
                                            people.key("member").kid() + R"("})");
       }},
      {"header-alg-none", "alg none.", "jws.alg", false,
       [](People& people) {
         return a_harvest(people).sign_header(header(people, "none", "nguon-entry+jwt"));
       }},
      {"header-alg-hs256", "An HMAC where a public key would be the secret.", "jws.alg", false,
       [](People& people) {
         return a_harvest(people).sign_header(header(people, "HS256", "nguon-entry+jwt"));
       }},
      {"header-alg-of-another-key", "EdDSA in the header, a P-256 key enrolled.", "jws.alg", false,
       [](People& people) {
         return a_harvest(people).sign_header(header(people, "EdDSA", "nguon-entry+jwt"));
       }},
      {"typ-receipt", "A receipt's typ on an entry.", "jws.typ", false,
       [](People& people) {
         return a_harvest(people).sign_header(header(people, "ES256", "nguon-receipt+jwt"));
       }},
      {"oversized", "A JWS over 40 KiB.", "entry.too-large", false,
       [](People& people) {
         Forge forge = a_harvest(people);
         forge.payload["iat"] = std::string(ledger::max_adopt_jws_size, '1');
         return forge.sign();
       }},
      {"oversized-for-its-type", "A JWS over 16 KiB that is no adoption.", "entry.too-large", true,
       [](People& people) {
         Forge forge = a_harvest(people);
         forge.data()["grade"] = std::string(ledger::max_jws_size, '1');
         return forge.sign();
       }},
  };
}

}  // namespace nguon::tests
