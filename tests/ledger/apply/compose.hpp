#pragma once

#include "ledger/base/base64url.hpp"
#include "ledger/entry/entry.hpp"
#include "ledger/entry/jws.hpp"
#include "ledger/entry/uuid7.hpp"

#include <boost/json/serialize.hpp>

#include <string>

namespace nguon::ledger {

/// The JWS that says what `entry` says, signed by `key`. The fixture's entries have a short jti of
/// their own; a proper one stands in for it, since no reader derives anything from it.
inline std::string compose(const Entry& entry, const PrivateKey& key) {
  boost::json::object payload;
  if (!entry.aud.empty()) payload["aud"] = entry.aud;
  payload["jti"] = parse_uuid7(entry.jti) ? entry.jti : make_uuid7(1, "0123456789");
  payload["type"] = entry.type;
  payload["sub"] = entry.sub;
  if (entry.prev) payload["prev"] = *entry.prev;
  if (!entry.from.empty()) {
    boost::json::array inputs;
    for (const auto& input : entry.from) {
      inputs.push_back({{"sub", input.sub},
                        {"head", input.head},
                        {"qty", {{"amount", input.amount}, {"unit", input.unit}}}});
    }
    payload["from"] = std::move(inputs);
  }
  payload["iat"] = entry.iat;
  if (entry.seen) {
    payload["seen"] = {{"origin", entry.seen->origin},
                       {"size", entry.seen->size},
                       {"root", base64url_encode(entry.seen->root)}};
  }
  if (entry.on_behalf_of) payload["for"] = *entry.on_behalf_of;
  payload["data"] = entry.data;
  return make_jws(key, entry_typ, boost::json::serialize(payload));
}

}  // namespace nguon::ledger
