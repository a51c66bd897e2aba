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

std::string json_text(std::string_view text) {
  return json::serialize(json::string_view(text.data(), text.size()));
}

/// `,"<name>":[…]` of texts that need no escapes.
template <class Texts, class Text>
void append_array(std::string& file, std::string_view name, const Texts& of, const Text& text) {
  file.append(",\"").append(name).append("\":[");
  const char* comma = "";
  for (const auto& one : of) {
    file.append(comma).append("\"").append(text(one)).append("\"");
    comma = ",";
  }
  file += ']';
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

std::string spell(const BundledEntry& entry) {
  return "\"header\":" + json_text(entry.header) + ",\"payload\":" + json_text(entry.payload) +
         ",\"signature\":" + json_text(entry.signature);
}

BundleWriter::BundleWriter(std::string_view origin, std::string_view sub,
                           std::string_view checkpoint, std::size_t octets) {
  text_.reserve(octets);
  text_ += "{\"format\":" + json_text(proof_bundle_format) + ",\"origin\":" + json_text(origin) +
           ",\"sub\":" + json_text(sub) + ",\"checkpoint\":" + json_text(checkpoint) +
           ",\"entries\":[";
}

void BundleWriter::add(const std::optional<LogPlace>& logged, std::string_view spelled) {
  text_ += text_.back() == '[' ? "{" : ",{";
  if (logged) {
    text_.append("\"index\":").append(std::to_string(logged->index));
    text_.append(",\"recorded\":").append(std::to_string(logged->recorded)).append(",");
  }
  text_.append(spelled).append("}");
}

std::string BundleWriter::finish(const std::vector<Hash>& proof,
                                 const std::vector<std::string>& missing) {
  text_ += ']';
  append_array(text_, "proof", proof, [](const Hash& hash) { return base64url_encode(hash); });
  append_array(text_, "missing", missing, [](const std::string& id) { return id; });
  text_ += '}';
  return std::move(text_);
}

std::string format_proof_bundle(const ProofBundle& bundle) {
  BundleWriter writer(bundle.origin, bundle.sub, bundle.checkpoint);
  for (const auto& entry : bundle.entries) writer.add(entry.logged, spell(entry));
  return writer.finish(bundle.proof, bundle.missing);
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
