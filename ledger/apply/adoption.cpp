#include "ledger/apply/adoption.hpp"

#include "ledger/apply/data.hpp"
#include "ledger/apply/keys.hpp"
#include "ledger/entry/claims.hpp"

#include <algorithm>

namespace nguon::ledger {
namespace {

constexpr std::string_view field = "/data/entry";

bool same_inputs(const std::vector<Input>& a, const std::vector<Input>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Input& x, const Input& y) {
    return x.sub == y.sub && x.head == y.head && x.amount == y.amount && x.unit == y.unit;
  });
}

Result<void> check_frame(const Entry& outer, const Entry& inner) {
  if (inner.aud != outer.aud) {
    return invalid("adopt.entry", std::string(field), "made for another deployment");
  }
  // What acts beyond the state (the vault, the rules in force) is signed anew by whoever may: the
  // log looks for it in the entry that it logs, and an adoption is a fact of the field brought in
  // late.
  if (inner.is("genesis") || inner.is("entry.adopt") || inner.is("erase") ||
      inner.is("rules.activate") || inner.is("log.keys") || inner.is("log.succeed")) {
    return invalid("adopt.kind", std::string(field), "cannot be adopted");
  }
  if (inner.sub != outer.sub) return invalid("adopt.sub", "/sub", "the sub of the entry inside");
  if (!same_inputs(inner.from, outer.from)) {
    return invalid("adopt.from", "/from", "the from of the entry inside");
  }
  return {};
}

}  // namespace

Result<void> open_adoption(Work& work, Entry& inner) {
  const auto& outer = work.logged();
  NGUON_TRY(const auto text, Data(outer.data).text("entry"));
  const auto jws = parse_jws(text, entry_typ);
  if (!jws) return invalid("adopt.entry", std::string(field), jws.error().rule);
  NGUON_TRY(const auto maker,
            work.need<KeyRecord>(state_key::key(jws->kid),
                                 Error{Errc::not_yet, "key.unknown", std::string(field),
                                       "the log does not hold its key yet"}));
  if (!maker.revoked) return invalid("adopt.live", std::string(field), "its key is not revoked");
  NGUON_TRY(const auto key, PublicKey::from_jwk(maker.jwk));
  auto parsed = check_grammar_and_signature(text, key);
  if (!parsed) return invalid("adopt.entry", std::string(field), parsed.error().rule);
  inner = std::move(*parsed);
  NGUON_CHECK(check_frame(outer, inner));
  NGUON_TRY(const auto logged, work.find<EntryRecord>(state_key::entry(inner.id)));
  if (logged) return invalid("adopt.again", std::string(field), "it is in the log already");
  work.adopt(inner, maker);
  return {};
}

}  // namespace nguon::ledger
