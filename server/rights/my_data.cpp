#include "server/rights/my_data.hpp"

#include "ledger/apply/codec.hpp"
#include "ledger/apply/keys.hpp"
#include "ledger/apply/records_core.hpp"
#include "ledger/trace/opened.hpp"
#include "server/session/private_view.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace nguon::server {
namespace {

namespace json = boost::json;
using ledger::Errc;
using ledger::Error;
using ledger::Result;

Result<ledger::PersonRecord> person_of(const ledger::Ledger& ledger, const std::string& person) {
  NGUON_TRY(const auto stored, ledger.state(ledger::state_key::subject(person)));
  if (!stored || !person.starts_with("person:")) {
    return Error{Errc::not_found, "rights.person", {}, {}};
  }
  return ledger::decode<ledger::PersonRecord>(*stored);
}

Result<json::array> keys_of(const ledger::Ledger& ledger, const ledger::PersonRecord& person) {
  json::array keys;
  for (const auto& kid : person.kids) {
    NGUON_TRY(const auto stored, ledger.state(ledger::state_key::key(kid)));
    if (!stored) continue;
    NGUON_TRY(const auto key, ledger::decode<ledger::KeyRecord>(*stored));
    keys.push_back(json::object{{"kid", kid},
                                {"org", key.org},
                                {"roles", json::array(key.roles.begin(), key.roles.end())},
                                {"added", key.added},
                                {"revoked", key.revoked.has_value()}});
  }
  return keys;
}

Result<json::object> entry_of(const ledger::Ledger& ledger, const schemas::Bundle& bundle,
                              const Viewer& viewer, std::uint64_t index) {
  NGUON_TRY(const auto leaf, ledger.leaf(index));
  NGUON_TRY(const auto opened, ledger::trace::open_leaf(leaf));
  const ledger::Entry& entry = opened.effective;
  NGUON_TRY(auto values, private_values(ledger, bundle, viewer, opened.logged.id));
  json::object told{{"index", index},
                    {"id", opened.logged.id},
                    {"recorded", leaf.recorded},
                    {"type", entry.type},
                    {"sub", entry.sub},
                    {"kid", entry.kid},
                    {"data", entry.data},
                    {"private", std::move(values)}};
  if (entry.on_behalf_of) told["for"] = *entry.on_behalf_of;
  return told;
}

}  // namespace

Result<bool> may_have_data_of(const ledger::Ledger& ledger, const Viewer& viewer,
                              const std::string& person) {
  if (viewer.person == person) return true;
  const bool office = std::ranges::any_of(
      viewer.roles, [](const std::string& role) { return role == "director" || role == "clerk"; });
  if (!office) return false;
  NGUON_TRY(const auto record, person_of(ledger, person));
  const bool member = std::ranges::any_of(record.memberships,
                                          [&](const auto& one) { return one.org == viewer.org; });
  if (member) return true;
  for (const auto& kid : record.kids) {
    NGUON_TRY(const auto stored, ledger.state(ledger::state_key::key(kid)));
    if (!stored) continue;
    NGUON_TRY(const auto key, ledger::decode<ledger::KeyRecord>(*stored));
    if (key.org == viewer.org) return true;
  }
  return false;
}

Result<json::object> my_data(const ledger::Ledger& ledger, const schemas::Bundle& bundle,
                             PersonalEntries& entries, RightsDesk& requests, const Viewer& viewer,
                             const std::string& person, json::array passkeys,
                             std::int64_t now_ms) {
  NGUON_TRY(const auto record, person_of(ledger, person));
  NGUON_TRY(const bool allowed, may_have_data_of(ledger, viewer, person));
  if (!allowed) return Error{Errc::forbidden, "rights.reader", {}, {}};
  NGUON_TRY(auto keys, keys_of(ledger, record));
  NGUON_TRY(auto asked, requests.of_person(viewer, person));
  NGUON_TRY(const auto indexes, entries.of(person));
  json::array told;
  for (const std::uint64_t index : indexes) {
    NGUON_TRY(auto entry, entry_of(ledger, bundle, viewer, index));
    told.push_back(std::move(entry));
  }
  json::object public_record = ledger::codec::to_json(record).as_object();
  json::object data{{"person", person},
                    {"deployment", ledger.deployment_id()},
                    {"made", now_ms},
                    {"log_size", ledger.head().size},
                    {"memberships", public_record["memberships"]},
                    {"consents", public_record["consents"]},
                    {"keys", std::move(keys)},
                    {"requests", std::move(asked)},
                    {"entries", std::move(told)}};
  if (viewer.person == person) data["passkeys"] = std::move(passkeys);
  if (record.erased) data["erased"] = *record.erased;
  return data;
}

}  // namespace nguon::server
