#include "ledger/entry/sd_jwt.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/base/json.hpp"
#include "ledger/keys/sha256.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace nguon::ledger {
namespace {

namespace json = boost::json;

// Names that RFC 9901 gives a meaning: a library would act on them wherever they stand.
bool is_reserved(std::string_view name) {
  return name == "_sd" || name == "_sd_alg" || name == "...";
}

std::string escape_pointer(std::string_view name) {
  std::string escaped;
  for (const char c : name) {
    if (c == '~') {
      escaped += "~0";
    } else if (c == '/') {
      escaped += "~1";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

bool holds_reserved_name(const json::value& value) {
  if (const auto* array = value.if_array()) {
    return std::any_of(array->begin(), array->end(), holds_reserved_name);
  }
  const auto* object = value.if_object();
  return object != nullptr &&
         std::any_of(object->begin(), object->end(), [](const json::key_value_pair& member) {
           return is_reserved(member.key()) || holds_reserved_name(member.value());
         });
}

class SlotFinder {
 public:
  Result<void> walk(const json::value& value) {
    if (const auto* object = value.if_object()) return walk_object(*object);
    if (const auto* array = value.if_array()) {
      for (std::size_t i = 0; i < array->size(); ++i) {
        NGUON_CHECK(step(std::to_string(i), (*array)[i]));
      }
    }
    return {};
  }
  Result<void> walk_object(const json::object& object) {
    if (object.contains("_sd")) return take_slot(object);
    for (const auto& member : object) {
      if (is_reserved(member.key())) return invalid("entry.slot", field(), "a reserved name");
      NGUON_CHECK(step(escape_pointer(member.key()), member.value()));
    }
    return {};
  }
  std::vector<Slot> release() { return std::move(slots_); }

 private:
  Result<void> step(const std::string& name, const json::value& value) {
    const std::size_t before = pointer_.size();
    pointer_ += '/';
    pointer_ += name;
    NGUON_CHECK(walk(value));
    pointer_.resize(before);
    return {};
  }
  Result<void> take_slot(const json::object& object) {
    const auto* digests = object.at("_sd").if_array();
    // `data` itself is no field: a slot there would hide the whole body.
    if (pointer_.empty() || object.size() != 1 || digests == nullptr || digests->size() != 1 ||
        !digests->front().is_string()) {
      return invalid("entry.slot", field(),
                     R"(expected {"_sd":["<one digest>"]} as a field's value)");
    }
    const std::string_view digest = digests->front().get_string();
    if (!base64url_hash(digest)) {
      return invalid("entry.slot", field(), "the digest is not a base64url SHA-256");
    }
    if (!digests_.insert(std::string(digest)).second) {
      return invalid("entry.slot-digest-twice", field(), "another slot holds this digest");
    }
    slots_.push_back({pointer_, std::string(digest)});
    return {};
  }
  std::string field() const { return "/data" + pointer_; }

  std::string pointer_;
  std::vector<Slot> slots_;
  std::unordered_set<std::string> digests_;
};

}  // namespace

Result<SdJwt> split_sd_jwt(std::string_view text) {
  if (!text.ends_with('~')) {
    return invalid("sd-jwt.shape", {}, "expected <JWS>~<disclosure>~…~ with a last tilde");
  }
  SdJwt parts;
  auto end = text.find('~');
  parts.jws = text.substr(0, end);
  parts.disclosures_size = text.size() - end - 1;
  for (auto start = end + 1; start < text.size(); start = end + 1) {
    end = text.find('~', start);
    if (end == start) return invalid("sd-jwt.shape", {}, "an empty disclosure");
    parts.disclosures.push_back(text.substr(start, end - start));
  }
  return parts;
}

Result<std::vector<Slot>> find_slots(const json::object& data) {
  SlotFinder finder;
  NGUON_CHECK(finder.walk_object(data));
  return finder.release();
}

Result<std::vector<Disclosure>> match_disclosures(const std::vector<std::string_view>& texts,
                                                  const std::vector<Slot>& slots) {
  std::unordered_map<std::string_view, const Slot*> by_digest;
  for (const Slot& slot : slots) by_digest.emplace(slot.digest, &slot);
  std::unordered_set<std::string_view> seen;
  std::vector<Disclosure> matched;
  for (const std::string_view text : texts) {
    const std::string place = "/disclosures/" + std::to_string(matched.size());
    if (!seen.insert(text).second) return invalid("disclosure.duplicate", place);
    std::string digest = base64url_encode(sha256(text));
    const auto slot = by_digest.find(digest);
    if (slot == by_digest.end()) {
      return invalid("disclosure.unmatched", place, "no slot has its digest");
    }
    matched.push_back({std::string(text), std::move(digest), slot->second->pointer, nullptr});
  }
  return matched;
}

Result<json::value> disclosed_value(std::string_view text) {
  const auto octets = base64url_decode(text);
  if (!octets) return invalid("disclosure.shape", {}, "not canonical unpadded base64url");
  NGUON_TRY(json::value parsed, parse_json(*octets, {.max_depth = max_data_depth + 1}));
  auto* parts = parsed.if_array();
  if (parts == nullptr || parts->size() != 3 || !(*parts)[0].is_string() ||
      !(*parts)[1].is_string()) {
    return invalid("disclosure.shape", {}, R"(expected [salt,"v",value])");
  }
  const auto salt = base64url_decode((*parts)[0].get_string());
  if (!salt || salt->size() < min_salt_octets || salt->size() > max_salt_octets) {
    return invalid("disclosure.salt", {}, "expected base64url of 16 to 64 octets");
  }
  if ((*parts)[1].get_string() != "v") return invalid("disclosure.name", {}, R"(expected "v")");
  if (holds_reserved_name((*parts)[2])) {
    return invalid("disclosure.reserved", {}, "a private value may not disclose in turn");
  }
  return std::move((*parts)[2]);
}

Disclosure make_disclosure(std::string_view salt, const json::value& value) {
  const json::array parts = {base64url_encode(salt), "v", value};
  std::string text = base64url_encode(json::serialize(parts));
  std::string digest = base64url_encode(sha256(text));
  return {std::move(text), std::move(digest), {}, value};
}

json::object make_slot(std::string_view digest) {
  return {{"_sd", json::array{json::string(digest)}}};
}

}  // namespace nguon::ledger
