#include "ledger/entry/maker.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/entry/jws.hpp"
#include "ledger/entry/sd_jwt.hpp"
#include "ledger/entry/subject.hpp"
#include "ledger/entry/uuid7.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace nguon::ledger {
namespace {

namespace json = boost::json;

json::array inputs_json(const std::vector<Input>& inputs) {
  json::array array;
  for (const Input& input : inputs) {
    array.push_back({{"sub", input.sub},
                     {"head", input.head},
                     {"qty", {{"amount", input.amount}, {"unit", input.unit}}}});
  }
  return array;
}

// The object that holds the last member of `pointer`, and that member's name. Schemas place slots
// at fixed pointers without arrays; a missing parent is made, so that its slot is there.
std::pair<json::object*, std::string> holder_of(json::object& data, std::string_view pointer) {
  json::object* holder = &data;
  pointer.remove_prefix(1);
  for (auto slash = pointer.find('/'); slash != std::string_view::npos; slash = pointer.find('/')) {
    json::value& child = (*holder)[pointer.substr(0, slash)];
    if (!child.is_object()) child = json::object();
    holder = &child.get_object();
    pointer.remove_prefix(slash + 1);
  }
  return {holder, std::string(pointer)};
}

}  // namespace

EntryMaker::EntryMaker(std::string deployment_id, Entropy entropy)
    : deployment_id_(std::move(deployment_id)), entropy_(std::move(entropy)) {}

Result<MadeEntry> EntryMaker::make(const PrivateKey& key, const schemas::TypeSchema& type,
                                   const Draft& draft) {
  json::object data = draft.data;
  std::string disclosures = "~";
  for (const auto& slot : type.private_slots()) {
    const auto [holder, name] = holder_of(data, slot.pointer);
    json::value& place = (*holder)[name];
    if (place.is_object() && place.get_object().contains("_sd")) {
      return invalid("draft.private", slot.pointer, "give the plain value");
    }
    if (place.is_null()) {
      // A decoy: a digest of nothing, so that absence cannot be seen.
      place = make_slot(base64url_encode(entropy_(Hash().bytes.size())));
      continue;
    }
    const Disclosure disclosure = make_disclosure(entropy_(min_salt_octets), place);
    place = make_slot(disclosure.digest);
    disclosures += disclosure.text + '~';
  }

  const std::string jti = make_uuid7(draft.iat * 1000, entropy_(10));
  MadeEntry made;
  made.sub = draft.sub.find(':') != std::string::npos
                 ? draft.sub
                 : subject_id(draft.sub, deployment_id_, key.kid(), jti);
  json::object payload;
  if (!deployment_id_.empty()) payload["aud"] = deployment_id_;
  payload["jti"] = jti;
  payload["type"] = type.name();
  payload["sub"] = made.sub;
  if (draft.prev) payload["prev"] = *draft.prev;
  if (!draft.from.empty()) payload["from"] = inputs_json(draft.from);
  payload["iat"] = draft.iat;
  if (draft.seen) {
    payload["seen"] = {{"origin", draft.seen->origin},
                       {"size", draft.seen->size},
                       {"root", base64url_encode(draft.seen->root)}};
  }
  if (draft.on_behalf_of) payload["for"] = *draft.on_behalf_of;
  payload["data"] = std::move(data);

  made.jws = make_jws(key, entry_typ, json::serialize(payload));
  made.id = entry_id(std::string_view(made.jws).substr(0, made.jws.rfind('.')));
  made.sd_jwt = made.jws + disclosures;
  return made;
}

}  // namespace nguon::ledger
