#include "tests/support/entry_cases.hpp"
#include "tests/support/forge.hpp"

#include <boost/json/parse.hpp>

namespace nguon::tests {
namespace {

// A valid harvest with one claim replaced by this JSON.
EntryCase claim_case(std::string name, std::string about, std::string rule, std::string claim,
                     std::string json) {
  return {std::move(name), std::move(about), std::move(rule), true, [claim, json](People& people) {
            Forge forge = a_harvest(people);
            forge.payload[claim] = boost::json::parse(json);
            return forge.sign();
          }};
}

// A valid harvest with one text of its payload replaced.
EntryCase text_case(std::string name, std::string about, std::string rule, std::string text,
                    std::string by) {
  return {std::move(name), std::move(about), std::move(rule), true,
          [text, by](People& people) { return a_harvest(people).sign_replaced(text, by); }};
}

// A drying of one harvest, its one input's quantity given as JSON.
EntryCase input_case(std::string name, std::string about, std::string rule, std::string quantity) {
  return {
      std::move(name), std::move(about), std::move(rule), true, [quantity](People& people) {
        const auto input = people.harvest();
        const auto made =
            people.make("batch.transform/1")
                .by("packer")
                .starts("batch")
                .from(input, "20")
                .data(R"({"product":")" + some_subject("product", "2") +
                      R"(","step":"drying","on":"2026-09-12","qty":{"amount":"5","unit":"kg"}})")
                .sign();
        Forge forge(people.key("packer"), made);
        forge.payload["from"].as_array()[0].as_object()["qty"] = boost::json::parse(quantity);
        return forge.sign();
      }};
}

std::string recall(People& people, std::string_view sub, std::string_view prev) {
  return people.make("batch.recall/1")
      .by("director")
      .continues(sub, prev)
      .data(R"({"on":"2026-09-20","reason":"precaution","action":"return",)"
            R"("notice":{"vi":"Ngừng dùng.","en":"Stop using."}})")
      .sign()
      .sd_jwt;
}

}  // namespace

std::vector<EntryCase> payload_cases() {
  const std::string foreign(43, 'A');
  return {
      claim_case("aud-foreign", "Signed for another deployment.", "entry.aud", "aud",
                 '"' + foreign + '"'),
      {"aud-missing", "No aud, and no genesis.", "entry.aud", true,
       [](People& people) {
         Forge forge = a_harvest(people);
         forge.payload.erase("aud");
         return forge.sign();
       }},
      {"aud-on-genesis", "A genesis addressed to a deployment.", "entry.aud", true,
       [](People& people) {
         Forge forge(people.key("root"), people.genesis());
         forge.payload["aud"] = people.deployment_id();
         return forge.sign();
       }},
      {"genesis-again", "The genesis entry sent to the log it began.", "entry.aud", true,
       [](People& people) { return people.genesis().sd_jwt; }},
      text_case("text-not-nfc", "A key in decomposed form.", "json.nfc", R"("data":{)",
                "\"data\":{\"e\xCC\x81\":1,"),
      text_case("text-not-utf8", "An octet that begins no character.", "json.syntax", R"("data":{)",
                "\"data\":{\"\xFF\":1,"),
      text_case("number-beyond-2-53", "2^53.", "json.number", R"("data":{)",
                R"("data":{"x":9007199254740992,)"),
      text_case("number-fraction", "1.5.", "json.number", R"("data":{)", R"("data":{"x":1.5,)"),
      text_case("number-exponent", "1e3.", "json.number", R"("data":{)", R"("data":{"x":1e3,)"),
      text_case("depth-9", "Nine levels in data.", "json.depth", R"("data":{)",
                R"("data":{"x":[[[[[[[[]]]]]]]],)"),
      text_case("key-twice", "type twice.", "json.duplicate-key", R"("type":)",
                R"("type":"batch.recall/1","type":)"),
      text_case("member-unknown", "A member of data that the schema does not know.",
                "schema.unknown-member", R"("data":{)", R"("data":{"colour":"red",)"),
      claim_case("claim-unknown", "A claim of other JWTs.", "entry.claim", "exp", "1"),
      claim_case("jti-version-4", "A random UUID.", "entry.jti", "jti",
                 R"("017f22e2-79b0-4cc3-98c4-dc0c0c07398f")"),
      claim_case("jti-upper-case", "A second spelling of a UUID.", "entry.jti", "jti",
                 R"("017F22E2-79B0-7CC3-98C4-DC0C0C07398F")"),
      claim_case("sub-not-derived", "A first entry that names its subject freely.", "entry.sub",
                 "sub", '"' + some_subject("batch") + '"'),
      claim_case("sub-of-another-kind", "A harvest that starts a site.", "entry.sub", "sub",
                 '"' + some_subject("site") + '"'),
      claim_case("prev-on-a-start", "A harvest that continues a batch.", "entry.prev", "prev",
                 '"' + foreign + '"'),
      {"type-old-major", "An old major that the bundle still knows.", "", true,
       [](People& people) { return people.harvest().sd_jwt; }},
      {"type-new-major", "The newest major of the bundle.", "", true,
       [](People& people) {
         return people.make("batch.harvest/2")
             .starts("batch")
             .data(R"({"product":")" + some_subject("product") + R"(","site":")" +
                   some_subject("site") +
                   R"(","on":"2026-09-11","qty":{"amount":"7","unit":"kg"},"baskets":12})")
             .sign()
             .sd_jwt;
       }},
      claim_case("type-future-major", "A major that is not in the bundle yet.", "entry.type",
                 "type", R"("batch.harvest/3")"),
      claim_case("type-unknown", "No such type.", "entry.type", "type", R"("batch.dance/1")"),
      text_case("amount-leading-zero", "01.", "schema.pattern", R"("120.5")", R"("01")"),
      text_case("amount-negative", "−1.", "schema.pattern", R"("120.5")", R"("-1")"),
      text_case("amount-too-fine", "Seven decimals.", "schema.pattern", R"("120.5")",
                R"("1.0000001")"),
      text_case("unit-unknown", "Pounds.", "schema.choice", R"("unit":"kg")", R"("unit":"lb")"),
      input_case("valid-transform", "One input consumed.", "", R"({"amount":"20","unit":"kg"})"),
      input_case("from-amount-leading-zero", "01.", "entry.from", R"({"amount":"01","unit":"kg"})"),
      input_case("from-amount-negative", "−1.", "entry.from", R"({"amount":"-1","unit":"kg"})"),
      input_case("from-unit-unknown", "Pounds.", "quantity.unit", R"({"amount":"1","unit":"lb"})"),
      claim_case("from-not-allowed", "A harvest that consumes.", "entry.from", "from",
                 R"([{"sub":")" + some_subject("batch") + R"(","head":")" + foreign +
                     R"(","qty":{"amount":"1","unit":"kg"}}])"),
      {"prev-unknown", "For apply: prev names no entry of the subject. Layer 1 cannot know.", "",
       true,
       [](People& people) { return recall(people, people.harvest().sub, std::string(43, 'A')); }},
      {"prev-stale", "For apply: two recalls of one batch name the same prev; this is the second.",
       "", true,
       [](People& people) {
         const auto batch = people.harvest();
         recall(people, batch.sub, batch.id);
         return recall(people, batch.sub, batch.id);
       }},
      {"from-dangling", "For apply: the input's head names no entry of that batch.", "", true,
       [](People& people) {
         auto input = people.harvest();
         input.id = std::string(43, 'A');
         return people.make("batch.transform/1")
             .by("packer")
             .starts("batch")
             .from(input, "20")
             .data(R"({"product":")" + some_subject("product", "2") +
                   R"(","step":"drying","on":"2026-09-12","qty":{"amount":"5","unit":"kg"}})")
             .sign()
             .sd_jwt;
       }},
  };
}

}  // namespace nguon::tests
