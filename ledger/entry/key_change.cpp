#include "ledger/entry/key_change.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/base/json.hpp"
#include "ledger/entry/jws.hpp"

#include <boost/json/serialize.hpp>

namespace nguon::ledger {
namespace {

namespace json = boost::json;

constexpr KeyUse uses[] = {KeyUse::log, KeyUse::service, KeyUse::root};

Result<std::string> named_text(const json::object& object, std::string_view name,
                               const std::string& field) {
  const auto* value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) {
    return invalid("data.member", field + '/' + std::string(name), "text");
  }
  return std::string(value->get_string());
}

Result<void> check_proof(const Entry& entry, KeyUse use, const PublicKey& key,
                         const std::string& proof) {
  const std::string field = "/data/" + std::string(use_name(use)) + "/proof";
  const auto jws = parse_jws(proof, possession_typ);
  if (!jws) return invalid("keys.proof", field, jws.error().rule);
  if (jws->kid != key.kid() || !verify_jws(*jws, key)) {
    return invalid("keys.proof", field, "not signed by the new key");
  }
  const auto payload = parse_json(jws->payload);
  const json::object wanted{{"aud", entry.aud}, {"org", entry.sub}, {"use", use_name(use)}};
  if (!payload || *payload != json::value(wanted)) {
    return invalid("keys.proof", field, "made for another deployment, organisation or use");
  }
  return {};
}

Result<std::optional<KeyChange::Added>> read_added(const Entry& entry, KeyUse use) {
  const auto* value = entry.data.if_contains(use_name(use));
  if (value == nullptr) return std::optional<KeyChange::Added>();
  const std::string field = "/data/" + std::string(use_name(use));
  if (!value->is_object()) return invalid("data.member", field, "a key with its proof");
  const auto* jwk = value->get_object().if_contains("jwk");
  if (jwk == nullptr) return invalid("data.member", field + "/jwk", "missing");
  auto key = PublicKey::from_jwk(json::serialize(*jwk));
  if (!key) return invalid(key.error().rule, field + "/jwk", key.error().detail);
  if (key->alg() != Alg::eddsa) return invalid("key.alg", field + "/jwk", "Ed25519");
  NGUON_TRY(const auto proof, named_text(value->get_object(), "proof", field));
  NGUON_CHECK(check_proof(entry, use, *key, proof));
  return std::optional(KeyChange::Added{use, std::move(*key)});
}

Result<std::vector<std::string>> named_texts(const json::object& object, std::string_view name,
                                             const std::string& field) {
  std::vector<std::string> texts;
  const auto* values = object.if_contains(name);
  if (values == nullptr) return texts;
  if (!values->is_array()) return invalid("data.member", field, "a list");
  for (const auto& value : values->get_array()) {
    if (!value.is_string()) return invalid("data.member", field, "a list of texts");
    texts.emplace_back(value.get_string());
  }
  return texts;
}

}  // namespace

Result<std::optional<KeyChange::Before>> read_before(const Entry& entry) {
  const auto* value = entry.data.if_contains("before");
  if (value == nullptr) return std::optional<KeyChange::Before>();
  const std::string field = "/data/before";
  if (!value->is_object()) return invalid("data.member", field, "a checkpoint and a path");
  KeyChange::Before before;
  NGUON_TRY(before.checkpoint, named_text(value->get_object(), "checkpoint", field));
  NGUON_TRY(const auto path, named_texts(value->get_object(), "path", field + "/path"));
  for (const auto& step : path) {
    const auto hash = base64url_hash(step);
    if (!hash) return invalid("data.member", field + "/path", "32 octets each");
    before.path.push_back(*hash);
  }
  return std::optional(std::move(before));
}

std::string_view use_name(KeyUse use) {
  switch (use) {
    case KeyUse::log:
      return "log";
    case KeyUse::service:
      return "service";
    case KeyUse::root:
      return "root";
  }
  return {};
}

Result<KeyChange> read_key_change(const Entry& entry) {
  KeyChange change;
  for (const KeyUse use : uses) {
    NGUON_TRY(auto added, read_added(entry, use));
    if (added) change.added.push_back(std::move(*added));
  }
  NGUON_TRY(change.retired, named_texts(entry.data, "retire", "/data/retire"));
  NGUON_TRY(change.before, read_before(entry));
  if (change.added.empty() && change.retired.empty()) {
    return invalid("keys.nothing", "/data", "no key follows and none is retired");
  }
  return change;
}

std::string prove_possession(const PrivateKey& key, KeyUse use, std::string_view aud,
                             std::string_view org) {
  const json::object said{{"aud", aud}, {"org", org}, {"use", use_name(use)}};
  return make_jws(key, possession_typ, json::serialize(said));
}

}  // namespace nguon::ledger
