#include "ledger/log/statement.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/entry/jws.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace nguon::ledger {
namespace {

namespace json = boost::json;

json::object decided(std::string_view entry, const DecidedAt& at) {
  return {{"aud", at.aud},
          {"entry", entry},
          {"engine", at.engine},
          {"size", at.size},
          {"root", base64url_encode(at.root)}};
}

}  // namespace

std::string sign_held(const PrivateKey& service, std::string_view entry, const DecidedAt& at) {
  return make_jws(service, held_typ, json::serialize(decided(entry, at)));
}

std::string sign_refusal(const PrivateKey& service, std::string_view entry, const DecidedAt& at,
                         const Error& why) {
  json::object payload = decided(entry, at);
  payload["rule"] = why.rule;
  payload["field"] = why.field;
  return make_jws(service, refusal_typ, json::serialize(payload));
}

std::string sign_conflict(const PrivateKey& service, std::string_view entry, const DecidedAt& at,
                          const Error& why, std::string_view head) {
  json::object payload = decided(entry, at);
  payload["rule"] = why.rule;
  payload["head"] = head;
  return make_jws(service, conflict_typ, json::serialize(payload));
}

std::string sign_unknown(const PrivateKey& service, std::string_view serial, std::string_view aud,
                         std::uint64_t size, const Hash& root, std::int64_t at) {
  const json::object payload{{"aud", aud},
                             {"serial", serial},
                             {"size", size},
                             {"root", base64url_encode(root)},
                             {"at", at}};
  return make_jws(service, unknown_typ, json::serialize(payload));
}

}  // namespace nguon::ledger
