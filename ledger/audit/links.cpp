#include "ledger/audit/links.hpp"

#include "ledger/audit/key_chain.hpp"
#include "ledger/entry/claims.hpp"
#include "ledger/entry/jws.hpp"
#include "ledger/entry/key_change.hpp"
#include "schemas/bundle.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace nguon::ledger {
namespace {

Result<Entry> read_entry(std::string_view text) {
  NGUON_TRY(const Jws jws, parse_jws(text, entry_typ));
  NGUON_TRY(Claims claims, parse_claims(text, jws));
  return std::move(claims.entry);
}

std::string text_of(const Entry& entry, std::string_view name) {
  const auto* value = entry.data.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::string link(std::string_view sub, std::string_view id) {
  std::string text(sub);
  text += ' ';  // In neither.
  text += id;
  return text;
}

}  // namespace

EntryLinks links_of(const LinkedEntry& linked) {
  const Entry& entry = linked.entry;
  EntryLinks links;
  links.own.push_back(link(entry.sub, entry.id));
  if (linked.inner) links.own.push_back(link(entry.sub, linked.inner->id));
  if (entry.prev) links.named.push_back(link(entry.sub, *entry.prev));
  for (const Input& input : entry.from) links.named.push_back(link(input.sub, input.head));
  return links;
}

Result<LinkedEntry> read_linked(std::uint64_t index, std::int64_t recorded, std::string_view jws) {
  LinkedEntry linked;
  linked.index = index;
  linked.recorded = recorded;
  NGUON_TRY(linked.entry, read_entry(jws));
  if (linked.entry.is(adopt_type_name)) {
    auto inner = read_entry(text_of(linked.entry, "entry"));
    if (!inner) return invalid("adopt.entry", "/data/entry", inner.error().rule);
    linked.inner = std::move(*inner);
  }
  return linked;
}

bool is_strict(const Entry& effective) {
  const auto* type = schemas::Bundle::built_in().find(effective.type);
  return type != nullptr && type->order() == schemas::Order::strict;
}

std::vector<std::string> enrolled_jwks(const Entry& entry) {
  std::vector<std::string> jwks;
  const auto add = [&](std::string_view name) {
    const auto* value = entry.data.if_contains(name);
    if (value == nullptr) return;
    if (!value->is_array()) return jwks.push_back(boost::json::serialize(*value));
    for (const auto& jwk : value->get_array()) jwks.push_back(boost::json::serialize(jwk));
  };
  if (entry.type == genesis_type) {
    add("root");
    add("service");
    add("recovery");
  } else if (entry.is("key.add")) {
    add("jwk");
  } else if (entry.is(key_change_name)) {
    for (const std::string_view use : {"service", "root"}) {
      const auto* added = entry.data.if_contains(use);
      if (added == nullptr || !added->is_object()) continue;
      const auto* jwk = added->get_object().if_contains("jwk");
      if (jwk != nullptr) jwks.push_back(boost::json::serialize(*jwk));
    }
  }
  return jwks;
}

std::vector<std::string> revoked_kids(const Entry& entry) {
  if (entry.is("key.revoke")) return {text_of(entry, "kid")};
  std::vector<std::string> kids;
  const auto* retired = entry.is(key_change_name) ? entry.data.if_contains("retire") : nullptr;
  if (retired == nullptr || !retired->is_array()) return kids;
  for (const auto& kid : retired->get_array()) {
    if (kid.is_string()) kids.emplace_back(kid.get_string());
  }
  return kids;
}

bool moves_keys(const LinkedEntry& linked) {
  const Entry& effective = linked.effective();
  return effective.type == genesis_type || effective.is("key.add") || effective.is("key.revoke") ||
         changes_log(effective);
}

std::vector<std::optional<std::size_t>> backers_of(const std::vector<const EntryLinks*>& entries,
                                                   const IsLogged& is_logged) {
  std::vector<std::optional<std::size_t>> backers(entries.size());
  // Link to the place of the first that backs it.
  std::unordered_map<std::string_view, std::size_t> named;
  for (std::size_t place = entries.size(); place-- > 0;) {
    const auto found = named.find(entries[place]->own.front());
    if (found != named.end()) backers[place] = found->second;
    if (is_logged(place, backers[place])) backers[place] = place;
    if (!backers[place]) continue;
    for (const auto& name : entries[place]->named) {
      const auto [known, added] = named.try_emplace(name, *backers[place]);
      if (!added) known->second = std::min(known->second, *backers[place]);
    }
  }
  return backers;
}

std::vector<std::string> missing_links(const std::vector<const EntryLinks*>& entries) {
  std::unordered_set<std::string_view> here;
  for (const auto* links : entries) here.insert(links->own.begin(), links->own.end());
  std::set<std::string> missing;
  for (const auto* links : entries) {
    for (const std::string& name : links->named) {
      if (!here.contains(name)) missing.insert(name.substr(name.find(' ') + 1));
    }
  }
  return {missing.begin(), missing.end()};
}

}  // namespace nguon::ledger
