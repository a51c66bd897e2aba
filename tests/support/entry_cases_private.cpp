#include "ledger/base/base64url.hpp"
#include "ledger/entry/sd_jwt.hpp"
#include "ledger/keys/sha256.hpp"
#include "tests/support/entry_cases.hpp"
#include "tests/support/forge.hpp"

namespace nguon::tests {
namespace {

// A new member: name (required) and phone (optional) disclosed, place a decoy.
Forge joining(People& people) {
  const auto made = people.make("member.add/1")
                        .by("registrar")
                        .starts("person")
                        .data(R"({"org":")" + some_subject("org") +
                              R"(","kind":"member","name":"Lò Thị Mẫu","phone":"0900000000"})")
                        .sign();
  return {people.key("registrar"), made};
}

std::string digest_at(Forge& forge, std::string_view field) {
  return std::string(forge.data()[field].as_object()["_sd"].as_array()[0].as_string());
}

EntryCase joining_case(std::string name, std::string about, std::string rule,
                       std::function<void(Forge&)> spoil, bool validly_signed = true) {
  return {std::move(name), std::move(about), std::move(rule), validly_signed,
          [spoil = std::move(spoil)](People& people) {
            Forge forge = joining(people);
            spoil(forge);
            return forge.sign();
          }};
}

// A fault of whoever carried the entry: its refusal is not signed.
EntryCase carrier_case(std::string name, std::string about, std::string rule,
                       std::function<void(Forge&)> spoil) {
  return joining_case(std::move(name), std::move(about), std::move(rule), std::move(spoil), false);
}

// The disclosure of `field` replaced by this text, and its digest signed.
std::function<void(Forge&)> disclose_text(std::string field, std::string text) {
  return [field = std::move(field), text = std::move(text)](Forge& forge) {
    forge.data()[field] = ledger::make_slot(ledger::base64url_encode(ledger::sha256(text)));
    forge.disclosures[field == "name" ? 0 : 1] = text;
  };
}

std::function<void(Forge&)> disclose(std::string field, std::string_view json) {
  return disclose_text(std::move(field), ledger::base64url_encode(json));
}

const std::string salt = R"(["c2FsdHNhbHRzYWx0c2FsdA",)";  // 16 octets

}  // namespace

std::vector<EntryCase> private_cases() {
  return {
      joining_case("valid-private", "Two disclosures and a decoy.", "", [](Forge&) {}),
      joining_case("valid-optional-withheld", "An optional slot may be a decoy.", "",
                   [](Forge& forge) { forge.disclosures.pop_back(); }),
      joining_case("valid-disclosures-reordered", "Disclosures come in any order.", "",
                   [](Forge& forge) { std::swap(forge.disclosures[0], forge.disclosures[1]); }),
      joining_case("slot-two-digests", "Two digests in one slot: two names signed at once.",
                   "entry.slot",
                   [](Forge& forge) {
                     auto& digests = forge.data()["name"].as_object()["_sd"].as_array();
                     digests.push_back(boost::json::string(std::string(43, 'A')));
                   }),
      joining_case("slot-digest-doubled", "The same digest twice in one slot.", "entry.slot",
                   [](Forge& forge) {
                     auto& digests = forge.data()["name"].as_object()["_sd"].as_array();
                     digests.push_back(digests[0]);
                   }),
      joining_case("slot-digest-in-two-slots", "One digest in two slots.",
                   "entry.slot-digest-twice",
                   [](Forge& forge) {
                     forge.data()["phone"] = ledger::make_slot(digest_at(forge, "name"));
                   }),
      joining_case(
          "slot-empty", "A slot without a digest.", "entry.slot",
          [](Forge& forge) { forge.data()["place"].as_object()["_sd"].as_array().clear(); }),
      joining_case("slot-with-a-member", "A slot that also shows a member.", "entry.slot",
                   [](Forge& forge) { forge.data()["place"].as_object()["v"] = "x"; }),
      joining_case(
          "slot-on-public-field", "A public field hidden.", "entry.slot",
          [](Forge& forge) { forge.data()["kind"] = ledger::make_slot(std::string(43, 'A')); }),
      joining_case("slot-missing", "A private field without its decoy.", "schema.required",
                   [](Forge& forge) { forge.data().erase("place"); }),
      joining_case("slot-plain-value", "A private value in the open.", "private.slot",
                   [](Forge& forge) { forge.data()["name"] = "Lò Thị Mẫu"; }),
      joining_case("sd-alg-claim", "SD-JWT's own claim at the top.", "entry.claim",
                   [](Forge& forge) { forge.payload["_sd_alg"] = "sha-256"; }),
      carrier_case("disclosure-missing", "The required name withheld.", "disclosure.missing",
                   [](Forge& forge) { forge.disclosures.erase(forge.disclosures.begin()); }),
      carrier_case("disclosure-twice", "The same disclosure twice.", "disclosure.duplicate",
                   [](Forge& forge) { forge.disclosures.push_back(forge.disclosures[0]); }),
      carrier_case("disclosure-unmatched", "A disclosure that no slot has signed.",
                   "disclosure.unmatched",
                   [](Forge& forge) {
                     forge.disclosures.push_back(ledger::base64url_encode(salt + R"("v","x"])"));
                   }),
      joining_case("disclosure-padded", "Padded base64url.", "disclosure.shape",
                   disclose_text("name", ledger::base64url_encode(salt + R"("v","Mẫu"])") + "=")),
      joining_case("disclosure-salt-short", "120 bits of salt.", "disclosure.salt",
                   disclose("name", R"(["c2FsdHNhbHRzYWx0c2Fs","v","Lò Thị Mẫu"])")),
      joining_case("disclosure-name", "A member other than v.", "disclosure.name",
                   disclose("name", salt + R"("w","Lò Thị Mẫu"])")),
      joining_case("disclosure-array-element", "The two-part form of array elements.",
                   "disclosure.shape", disclose("name", salt + R"("Lò Thị Mẫu"])")),
      joining_case("disclosure-in-turn", "A value that would disclose again.",
                   "disclosure.reserved", disclose("name", salt + R"("v",{"_sd":[]}])")),
      joining_case("disclosure-against-schema", "A telephone number of letters.", "schema.pattern",
                   disclose("phone", salt + R"("v","not a number"])")),
      joining_case("disclosure-fraction", "A fraction in a private value.", "json.number",
                   disclose("phone", salt + R"("v",1.5])")),
      carrier_case("disclosures-oversized", "More than 16 KiB of disclosures.",
                   "entry.disclosures-too-large",
                   disclose("phone", salt + R"("v",")" +
                                         std::string(ledger::max_disclosures_size, '1') + R"("])")),
  };
}

}  // namespace nguon::tests
