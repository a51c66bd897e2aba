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

constexpr std::size_t max_path = 63;

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

Result<BundledEntry> entry_of(const json::value& value, std::size_t place) {
  const std::string field = at_entry(place);
  BundledEntry leaf;
  if (value.is_object() && value.get_object().size() == 1) {
    NGUON_TRY(leaf.jws, text_of(value.get_object(), "entry", field));
    if (leaf.jws.empty()) return malformed(field + "/entry", "a JWS");
    return leaf;
  }
  NGUON_TRY(const auto* object, object_of(value, 3, field));
  const auto* index = object->if_contains("index");
  if (index == nullptr || !index->is_int64() || index->get_int64() < 0) {
    return malformed(field + "/index", "an integer from 0");
  }
  leaf.index = static_cast<std::uint64_t>(index->get_int64());
  NGUON_TRY(leaf.leaf, text_of(*object, "leaf", field));
  NGUON_TRY(const auto* path, array_of(*object, "path", max_path, field));
  for (const auto& element : *path) {
    const auto hash = hash_of(element);
    if (!hash) return malformed(field + "/path", "43 symbols of base64url each");
    leaf.path.push_back(*hash);
  }
  return leaf;
}

}  // namespace

std::string format_proof_bundle(const ProofBundle& bundle) {
  json::array entries;
  entries.reserve(bundle.entries.size());
  for (const auto& entry : bundle.entries) {
    if (entry.named()) {
      entries.push_back(json::object{{"entry", entry.jws}});
      continue;
    }
    json::array path;
    for (const Hash& hash : entry.path) path.emplace_back(base64url_encode(hash));
    entries.push_back(
        json::object{{"index", entry.index}, {"leaf", entry.leaf}, {"path", std::move(path)}});
  }
  json::array missing;
  for (const auto& id : bundle.missing) missing.emplace_back(id);
  return json::serialize(json::object{{"format", proof_bundle_format},
                                      {"origin", bundle.origin},
                                      {"sub", bundle.sub},
                                      {"checkpoint", bundle.checkpoint},
                                      {"entries", std::move(entries)},
                                      {"missing", std::move(missing)}});
}

Result<ProofBundle> parse_proof_bundle(std::string_view text) {
  if (text.size() > max_bundle_octets) {
    return Error{Errc::too_large, "verify.too-large", {}, "over 16 MiB"};
  }
  const auto parsed = parse_json(text);
  if (!parsed) return malformed(parsed.error().field, parsed.error().rule);
  NGUON_TRY(const auto* object, object_of(*parsed, 6, {}));
  NGUON_TRY(const auto format, text_of(*object, "format", {}));
  if (format != proof_bundle_format) return malformed("/format", "not a nguon-bundle/2");
  ProofBundle bundle;
  NGUON_TRY(bundle.origin, text_of(*object, "origin", {}));
  NGUON_TRY(bundle.sub, text_of(*object, "sub", {}));
  NGUON_TRY(bundle.checkpoint, text_of(*object, "checkpoint", {}));
  NGUON_TRY(const auto* entries, array_of(*object, "entries", max_bundle_entries, {}));
  bundle.entries.reserve(entries->size());
  for (std::size_t place = 0; place < entries->size(); ++place) {
    NGUON_TRY(auto leaf, entry_of((*entries)[place], place));
    bundle.entries.push_back(std::move(leaf));
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
