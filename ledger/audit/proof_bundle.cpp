#include "ledger/audit/proof_bundle.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/base/json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <optional>

namespace nguon::ledger {
namespace {

namespace json = boost::json;

constexpr std::size_t max_proof = 63 * max_bundle_entries;

Error malformed(std::string field, std::string detail) {
  return invalid("verify.syntax", std::move(field), std::move(detail));
}

/// Where an entry stands in the file, for people who look there.
std::string at_entry(std::size_t place) { return "/entries/" + std::to_string(place); }

Result<const json::object*> object_of(const json::value& value, std::size_t members,
                                      const std::string& field) {
  if (!value.is_object() || value.get_object().size() != members) {
    return malformed(field, "an object of " + std::to_string(members) + " members");
  }
  return &value.get_object();
}

Result<std::string> text_of(const json::object& object, std::string_view name,
                            const std::string& field) {
  const auto* value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) {
    return malformed(field + '/' + std::string(name), "a string");
  }
  return std::string(value->get_string());
}

Result<const json::array*> array_of(const json::object& object, std::string_view name,
                                    std::size_t limit, const std::string& field) {
  const auto* value = object.if_contains(name);
  if (value == nullptr || !value->is_array() || value->get_array().size() > limit) {
    return malformed(field + '/' + std::string(name),
                     "an array of at most " + std::to_string(limit));
  }
  return &value->get_array();
}

std::optional<Hash> hash_of(const json::value& value) {
  return value.is_string() ? base64url_hash(value.get_string()) : std::nullopt;
}

Result<std::int64_t> natural_of(const json::object& object, std::string_view name,
                                const std::string& field) {
  const auto* value = object.if_contains(name);
  if (value == nullptr || !value->is_int64() || value->get_int64() < 0) {
    return malformed(field + '/' + std::string(name), "an integer from 0");
  }
  return value->get_int64();
}

Result<BundledEntry> entry_of(const json::value& value, std::size_t place) {
  const std::string field = at_entry(place);
  const bool named = value.is_object() && !value.get_object().contains("index");
  NGUON_TRY(const auto* object, object_of(value, named ? 3 : 5, field));
  BundledEntry entry;
  if (!named) {
    NGUON_TRY(const auto index, natural_of(*object, "index", field));
    NGUON_TRY(const auto recorded, natural_of(*object, "recorded", field));
    entry.logged = LogPlace{static_cast<std::uint64_t>(index), recorded};
  }
  NGUON_TRY(entry.header, text_of(*object, "header", field));
  NGUON_TRY(entry.payload, text_of(*object, "payload", field));
  NGUON_TRY(entry.signature, text_of(*object, "signature", field));
  return entry;
}

json::object object_of(const BundledEntry& entry) {
  json::object object;
  if (entry.logged) {
    object["index"] = entry.logged->index;
    object["recorded"] = entry.logged->recorded;
  }
  object["header"] = entry.header;
  object["payload"] = entry.payload;
  object["signature"] = entry.signature;
  return object;
}

}  // namespace

Result<BundledEntry> BundledEntry::from(std::string_view jws, std::optional<LogPlace> logged) {
  const auto first = jws.find('.');
  const auto last = jws.rfind('.');
  if (first == last) return malformed({}, "a JWS");
  auto header = base64url_decode(jws.substr(0, first));
  auto payload = base64url_decode(jws.substr(first + 1, last - first - 1));
  if (!header || !payload) return malformed({}, "a JWS");
  return BundledEntry{logged, std::move(*header), std::move(*payload),
                      std::string(jws.substr(last + 1))};
}

std::string BundledEntry::jws() const {
  return base64url_encode(header) + '.' + base64url_encode(payload) + '.' + signature;
}

std::string format_proof_bundle(const ProofBundle& bundle) {
  json::array entries;
  entries.reserve(bundle.entries.size());
  for (const auto& entry : bundle.entries) entries.push_back(object_of(entry));
  json::array proof;
  for (const Hash& hash : bundle.proof) proof.emplace_back(base64url_encode(hash));
  json::array missing;
  for (const auto& id : bundle.missing) missing.emplace_back(id);
  return json::serialize(json::object{{"format", proof_bundle_format},
                                      {"origin", bundle.origin},
                                      {"sub", bundle.sub},
                                      {"checkpoint", bundle.checkpoint},
                                      {"entries", std::move(entries)},
                                      {"proof", std::move(proof)},
                                      {"missing", std::move(missing)}});
}

Result<ProofBundle> parse_proof_bundle(std::string_view text) {
  if (text.size() > max_bundle_octets) {
    return Error{Errc::too_large, "verify.too-large", {}, "over 16 MiB"};
  }
  const auto parsed = parse_json(text);
  if (!parsed) return malformed(parsed.error().field, parsed.error().rule);
  NGUON_TRY(const auto* object, object_of(*parsed, 7, {}));
  NGUON_TRY(const auto format, text_of(*object, "format", {}));
  if (format != proof_bundle_format) return malformed("/format", "not a nguon-bundle/2");
  ProofBundle bundle;
  NGUON_TRY(bundle.origin, text_of(*object, "origin", {}));
  NGUON_TRY(bundle.sub, text_of(*object, "sub", {}));
  NGUON_TRY(bundle.checkpoint, text_of(*object, "checkpoint", {}));
  NGUON_TRY(const auto* entries, array_of(*object, "entries", max_bundle_entries, {}));
  bundle.entries.reserve(entries->size());
  for (std::size_t place = 0; place < entries->size(); ++place) {
    NGUON_TRY(auto entry, entry_of((*entries)[place], place));
    bundle.entries.push_back(std::move(entry));
  }
  NGUON_TRY(const auto* proof, array_of(*object, "proof", max_proof, {}));
  for (const auto& element : *proof) {
    const auto hash = hash_of(element);
    if (!hash) return malformed("/proof", "43 symbols of base64url each");
    bundle.proof.push_back(*hash);
  }
  NGUON_TRY(const auto* missing, array_of(*object, "missing", max_bundle_octets, {}));
  for (const auto& id : *missing) {
    if (!hash_of(id)) return malformed("/missing", "entry ids");
    bundle.missing.emplace_back(id.get_string());
  }
  // Octets that no signature covers (spaces, escapes, the order of members) may not differ either:
  // a reader who is told "every changed octet is seen" must be told the truth.
  if (format_proof_bundle(bundle) != text) {
    return invalid("verify.canonical", {}, "not spelled as FORMAT.md \"Proof bundle\" says");
  }
  return bundle;
}

}  // namespace nguon::ledger
