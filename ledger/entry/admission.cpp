#include "ledger/entry/admission.hpp"

#include "ledger/entry/claims.hpp"
#include "ledger/entry/jws.hpp"
#include "ledger/entry/sd_jwt.hpp"
#include "ledger/entry/subject.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <stdexcept>

namespace nguon::ledger {
namespace {

Error in_data(const schemas::Violation& violation) {
  return invalid(violation.rule, "/data" + violation.pointer, violation.detail);
}

Error too_large(std::string rule, std::size_t limit) {
  return {Errc::too_large, std::move(rule), {}, "more than " + std::to_string(limit) + " octets"};
}

// Splits and verifies: what fails here is nobody's word yet.
struct Verified {
  SdJwt parts;
  Jws jws;
};
Result<Verified> verify(std::string_view body, std::string_view expected_id,
                        const AdmissionContext& context, Rejection& rejection) {
  if (body.size() > max_adopt_jws_size + 1 + max_disclosures_size) {
    return too_large("entry.too-large", max_adopt_jws_size + 1 + max_disclosures_size);
  }
  NGUON_TRY(SdJwt parts, split_sd_jwt(body));
  if (parts.jws.size() > max_adopt_jws_size) {
    return too_large("entry.too-large", max_adopt_jws_size);
  }
  NGUON_TRY(Jws jws, parse_jws(parts.jws, entry_typ));
  rejection.entry_id = entry_id(jws.signing_input);
  if (!expected_id.empty() && expected_id != rejection.entry_id) {
    return invalid("entry.id", {}, "the body is entry " + rejection.entry_id);
  }
  NGUON_TRY(const std::optional<PublicKey> key, context.key_of(jws.kid));
  if (!key)
    return Error{Errc::not_yet, "key.unknown", "/kid", "no key of that kid is enrolled yet"};
  NGUON_CHECK(verify_jws(jws, *key));
  return Verified{std::move(parts), std::move(jws)};
}

Result<void> check_subject(const Entry& entry, const schemas::TypeSchema& type) {
  using Mode = schemas::SubjectMode;
  const auto& rule = type.subject();
  const auto kind = subject_kind(entry.sub);
  if (!rule.allows(kind)) return invalid("entry.sub", "/sub", "a kind this type is not about");
  if (entry.prev && rule.mode == Mode::starts) {
    return invalid("entry.prev", "/prev", "this type starts its subject");
  }
  if (!entry.prev && rule.mode == Mode::continues) {
    return invalid("entry.prev", "/prev", "this type continues a subject");
  }
  // An adoption may start the subject that the entry inside it names; apply checks that id.
  const bool adopts = type.base() == adopt_type_name;
  if (!entry.prev && !adopts && entry.sub != subject_id(kind, entry.aud, entry.kid, entry.jti)) {
    return invalid("entry.sub", "/sub", "a first entry's subject follows from aud, kid and jti");
  }
  return {};
}

Result<void> check_inputs(const Entry& entry, const schemas::TypeSchema& type,
                          const schemas::Bundle& bundle) {
  const auto rule = type.from().value_or(schemas::FromRule{});
  if (entry.from.size() < rule.min || entry.from.size() > rule.max) {
    return invalid("entry.from", "/from",
                   "expected " + std::to_string(rule.min) + " to " + std::to_string(rule.max));
  }
  for (std::size_t i = 0; i < entry.from.size(); ++i) {
    const auto quantity = bundle.units().convert(entry.from[i].amount, entry.from[i].unit);
    if (!quantity) {
      return invalid(quantity.error().rule, "/from/" + std::to_string(i) + "/qty",
                     quantity.error().detail);
    }
  }
  return {};
}

// The schema demands a slot at each private place; this sees that there is none elsewhere.
Result<void> check_slot_places(const std::vector<Slot>& slots, const schemas::TypeSchema& type) {
  for (const Slot& slot : slots) {
    if (type.slot(slot.pointer) == nullptr) {
      return invalid("entry.slot", "/data" + slot.pointer, "this field is public");
    }
  }
  return {};
}

// What the key's owner said in public. The type is the bundle's.
struct Said {
  Claims claims;
  const schemas::TypeSchema* type = nullptr;
  std::vector<schemas::Presence> presence;  // beside type->private_slots()

  schemas::Presence presence_at(std::string_view pointer) const {
    return presence[static_cast<std::size_t>(type->slot(pointer) - type->private_slots().data())];
  }
};

Result<void> judge_data(Said& said) {
  // The schema asks for a value, and a value made from an object is a copy of all of it: so the
  // object moves in and out again.
  boost::json::value data(std::move(said.claims.entry.data));
  if (const auto violation = said.type->validate_public(data)) return in_data(*violation);
  for (const auto& slot : said.type->private_slots()) {
    said.presence.push_back(slot.presence(data));
  }
  said.claims.entry.data = std::move(data.get_object());
  return {};
}

Result<Said> judge_public(const Verified& verified, const AdmissionContext& context) {
  NGUON_TRY(Claims claims, parse_claims(verified.parts.jws, verified.jws));
  const Entry& entry = claims.entry;
  // Before there is a log only its genesis may come, which has no aud; afterwards it never fits.
  if (entry.aud != context.deployment_id) {
    return invalid("entry.aud", "/aud", "signed for another deployment");
  }
  const auto* type = context.bundle.find(entry.type);
  if (type == nullptr) {
    return invalid("entry.type", "/type", "not a type of the rule bundle in force");
  }
  NGUON_CHECK(check_subject(entry, *type));
  NGUON_CHECK(check_inputs(entry, *type, context.bundle));
  NGUON_CHECK(check_slot_places(claims.slots, *type));
  Said said{std::move(claims), type, {}};
  NGUON_CHECK(judge_data(said));
  return said;
}

const Disclosure* find_at(const std::vector<Disclosure>& disclosures, std::string_view pointer) {
  const auto found = std::find_if(disclosures.begin(), disclosures.end(),
                                  [&](const Disclosure& one) { return one.pointer == pointer; });
  return found == disclosures.end() ? nullptr : &*found;
}

// Which disclosures came along is the carrier's doing, not the signer's: were a refusal for it
// signed, a carrier who drops one could make the phone forget a good record.
Result<std::vector<Disclosure>> judge_carriage(const SdJwt& parts, const Said& said) {
  if (parts.disclosures_size > max_disclosures_size) {
    return too_large("entry.disclosures-too-large", max_disclosures_size);
  }
  NGUON_TRY(auto disclosures, match_disclosures(parts.disclosures, said.claims.slots));
  if (said.type->sealed()) return disclosures;
  for (const auto& slot : said.type->private_slots()) {
    if (said.presence_at(slot.pointer) == schemas::Presence::required &&
        find_at(disclosures, slot.pointer) == nullptr) {
      return invalid("disclosure.missing", "/data" + slot.pointer);
    }
  }
  return disclosures;
}

// What the key's owner said in private: each disclosure here has its digest in the signed payload.
Result<void> judge_private(std::vector<Disclosure>& disclosures, const Said& said) {
  for (Disclosure& disclosure : disclosures) {
    const std::string field = "/data" + disclosure.pointer;
    if (said.presence_at(disclosure.pointer) == schemas::Presence::forbidden) {
      return invalid("disclosure.forbidden", field, "the public member in its place is filled");
    }
    auto value = disclosed_value(disclosure.text);
    if (!value) {
      Error error = value.error();
      error.field = field;
      return error;
    }
    if (const auto violation = said.type->validate_private(disclosure.pointer, *value)) {
      return in_data(*violation);
    }
    disclosure.value = std::move(*value);
  }
  return {};
}

}  // namespace

void throw_exception_from_error(const Rejection& rejection, const boost::source_location& where) {
  throw_exception_from_error(rejection.error, where);
}

Admission admit(std::string_view body, std::string_view expected_id,
                const AdmissionContext& context) {
  Rejection rejection;
  const auto reject = [&](const Error& error, bool validly_signed) {
    rejection.error = error;
    rejection.validly_signed = validly_signed;
    return rejection;
  };
  const auto verified = verify(body, expected_id, context, rejection);
  if (!verified) return reject(verified.error(), false);
  auto said = judge_public(*verified, context);
  if (!said) return reject(said.error(), true);
  auto disclosures = judge_carriage(verified->parts, *said);
  if (!disclosures) return reject(disclosures.error(), false);
  const auto opened = judge_private(*disclosures, *said);
  if (!opened) return reject(opened.error(), true);
  return Admitted{std::move(said->claims.entry), std::move(*disclosures)};
}

Result<Entry> check_genesis(std::string_view text) {
  NGUON_TRY(const Jws jws, parse_jws(text, entry_typ));
  NGUON_TRY(Claims claims, parse_claims(text, jws));
  if (claims.entry.type != genesis_type) {
    return invalid("genesis.root", "/type", "expected " + std::string(genesis_type));
  }
  const auto* root = claims.entry.data.if_contains("root");
  if (root == nullptr) return invalid("genesis.root", "/data/root", "missing");
  NGUON_TRY(const PublicKey key, PublicKey::from_jwk(boost::json::serialize(*root)));
  if (key.kid() != jws.kid) return invalid("genesis.root", "/kid", "not signed by its root key");
  NGUON_CHECK(verify_jws(jws, key));
  return std::move(claims.entry);
}

}  // namespace nguon::ledger
