#include "server/office/row_maker.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/apply/records_core.hpp"
#include "ledger/apply/records_master.hpp"
#include "ledger/trace/opened.hpp"
#include "schemas/places.hpp"
#include "server/session/private_view.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <functional>

namespace nguon::server {
namespace {

namespace json = boost::json;
using ledger::Entry;
using ledger::Result;

constexpr std::size_t history_page = 256;

std::string text_of(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

const json::object* object_of(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value == nullptr ? nullptr : value->if_object();
}

void put_told(json::object& object, std::string_view name,
              const std::optional<std::string>& value) {
  if (value) object[name] = *value;
}

template <ledger::codec::Record T>
Result<std::optional<T>> state_record(const ledger::Ledger& ledger, const std::string& key) {
  NGUON_TRY(const auto stored, ledger.state(key));
  if (!stored) return std::optional<T>();
  NGUON_TRY(auto record, ledger::decode<T>(*stored));
  return std::optional<T>(std::move(record));
}

/// Newest first, until `visit` returns false.
Result<void> walk_back(const ledger::Ledger& ledger, const std::string& sub,
                       const std::function<bool(const Entry&)>& visit) {
  std::vector<std::uint64_t> all;
  for (;;) {
    NGUON_TRY(const auto some, ledger.history(sub, all.size(), history_page));
    all.insert(all.end(), some.begin(), some.end());
    if (some.size() < history_page) break;
  }
  for (auto index = all.rbegin(); index != all.rend(); ++index) {
    NGUON_TRY(const auto leaf, ledger.leaf(*index));
    NGUON_TRY(const auto opened, ledger::trace::open_leaf(leaf));
    if (!visit(opened.effective)) break;
  }
  return {};
}

void add_commune(Findable& text, const json::object& place) {
  const auto* commune = object_of(place, "commune");
  if (commune == nullptr) return;
  const auto found = schemas::find_commune(text_of(*commune, "code"), text_of(*commune, "vintage"));
  if (found) text.add_words(found->name);
}

/// The slots a list shows; photos, points and boundaries are asked for by entry.
bool is_listed(std::string_view slot) {
  static constexpr std::array<std::string_view, 6> listed{"/name",      "/phone",  "/place",
                                                          "/household", "/person", "/grade"};
  return std::ranges::find(listed, slot) != listed.end();
}

Findable findable(std::string_view slot, const json::value& value) {
  Findable text;
  if (const auto* place = value.if_object()) {
    text.add_words(text_of(*place, "hamlet"));
    add_commune(text, *place);
  } else if (value.is_string()) {
    const std::string_view said = value.get_string();
    if (slot == "/phone") {
      text.add_code(plain_phone(said));
    } else if (slot == "/name") {
      text.add_words(said);
    }
  }
  return text;
}

Result<void> add_secrets(const ledger::Ledger& ledger, const schemas::Bundle& bundle,
                         const Entry& entry, MadeRow& made) {
  const auto* type = bundle.find(entry.type);
  if (type == nullptr) return {};
  NGUON_TRY(const auto held, ledger.disclosures(entry.id));
  for (const auto& disclosure : held) {
    const auto* slot = type->slot(disclosure.pointer);
    if (slot == nullptr || !is_listed(disclosure.pointer)) continue;
    made.row.secrets.push_back(
        {slot, json::serialize(disclosure.value), findable(disclosure.pointer, disclosure.value)});
  }
  if (made.row.secrets.empty()) return {};
  NGUON_TRY(auto owner, owner_of(ledger, entry));
  made.row.person = std::move(owner.person);
  made.owner = std::move(owner.org);
  made.maker = std::move(owner.maker);
  return {};
}

void finish(MadeRow& made, const std::string& sub, json::object fields) {
  made.row.sub = sub;
  const std::string text = json::serialize(fields);
  made.row.fields = text.substr(1, text.size() - 2);
}

Result<std::vector<MadeRow>> member_rows(const ledger::Ledger& ledger,
                                         const schemas::Bundle& bundle, const std::string& sub) {
  NGUON_TRY(const auto person,
            state_record<ledger::PersonRecord>(ledger, ledger::state_key::subject(sub)));
  std::vector<MadeRow> rows;
  if (!person) return rows;
  std::vector<json::object> fields;
  const auto row_of = [&](const std::string& org) {
    auto at = std::ranges::find(rows, org, &MadeRow::org) - rows.begin();
    if (at == static_cast<std::ptrdiff_t>(rows.size())) {
      rows.emplace_back().org = org;
      fields.push_back({{"sub", sub}, {"org", org}, {"roles", json::array()}});
    }
    return static_cast<std::size_t>(at);
  };
  for (const auto& membership : person->memberships) {
    auto& said = fields[row_of(membership.org)];
    said["kind"] = membership.kind;
    said.erase("joined");
    said.erase("left");
    put_told(said, "joined", membership.joined);
    put_told(said, "left", membership.left);
  }
  for (const auto& kid : person->kids) {
    NGUON_TRY(const auto key, state_record<ledger::KeyRecord>(ledger, ledger::state_key::key(kid)));
    if (!key) continue;
    const auto at = row_of(key->org);  // Of a revoked one too: it spoke for that office.
    if (key->revoked) continue;
    auto& roles = fields[at]["roles"].as_array();
    for (const auto& role : key->roles) {
      if (std::ranges::find(roles, json::value(role)) == roles.end()) roles.emplace_back(role);
    }
  }
  std::vector<std::optional<Entry>> stated(rows.size());
  std::size_t missing = person->memberships.empty() ? 0 : rows.size();
  if (missing > 0) {
    NGUON_CHECK(walk_back(ledger, sub, [&](const Entry& entry) {
      if (!entry.is("member.add") && !entry.is("member.update")) return true;
      const auto at = static_cast<std::size_t>(
          std::ranges::find(rows, text_of(entry.data, "org"), &MadeRow::org) - rows.begin());
      if (at == rows.size() || stated[at]) return true;
      stated[at] = entry;
      return --missing > 0;
    }));
  }
  for (std::size_t at = 0; at < rows.size(); ++at) {
    if (stated[at]) {
      fields[at]["entry"] = stated[at]->id;
      NGUON_CHECK(add_secrets(ledger, bundle, *stated[at], rows[at]));
    }
    finish(rows[at], sub, std::move(fields[at]));
  }
  return rows;
}

/// Whether it states its subject's record whole.
bool states_record(const Entry& entry) {
  static constexpr std::array<std::string_view, 8> whole{
      "org.create",  "org.update",     "site.add",        "site.update",
      "product.add", "product.update", "certificate.add", "genesis"};
  return std::ranges::any_of(whole, [&](std::string_view name) { return entry.is(name); });
}

void add_names(Findable& text, const json::object& fields) {
  const auto code = [&](const json::object& of, std::string_view name) {
    const auto said = text_of(of, name);
    if (!said.empty()) text.add_code(said);
  };
  text.add_words(text_of(fields, "name"));
  code(fields, "number");
  text.add_words(text_of(fields, "name_en"));
  text.add_words(text_of(fields, "issuer"));
  add_commune(text, fields);
  code(fields, "gtin");
  if (const auto* registration = object_of(fields, "registration")) code(*registration, "code");
  if (const auto* ocop = object_of(fields, "ocop")) text.add_words(text_of(*ocop, "set"));
  const auto each = [&](std::string_view list, std::string_view name) {
    const auto* of = fields.if_contains(list);
    if (of == nullptr || !of->is_array()) return;
    for (const auto& one : of->get_array()) {
      if (one.is_object()) code(one.get_object(), name);
    }
  };
  each("codes", "code");
  each("packs", "gtin");
}

/// What the state knows beyond the newest statement: whose it is, and its end.
Result<bool> add_standing(const ledger::Ledger& ledger, RowKind kind, const std::string& sub,
                          MadeRow& made, json::object& fields) {
  const auto key = ledger::state_key::subject(sub);
  if (kind == RowKind::organisations) {
    NGUON_TRY(const auto org, state_record<ledger::OrgRecord>(ledger, key));
    if (!org) return false;
    made.org = sub;
    made.parent = org->parent.value_or("");
    fields["status"] = org->status;
    put_told(fields, "since", org->since);
  } else if (kind == RowKind::sites) {
    NGUON_TRY(const auto site, state_record<ledger::SiteRecord>(ledger, key));
    if (!site) return false;
    made.org = site->org;
    put_told(fields, "retired", site->retired);
  } else if (kind == RowKind::products) {
    NGUON_TRY(const auto product, state_record<ledger::ProductRecord>(ledger, key));
    if (!product) return false;
    made.org = product->org;
    put_told(fields, "retired", product->retired);
  } else {
    NGUON_TRY(const auto certificate, state_record<ledger::CertificateRecord>(ledger, key));
    if (!certificate) return false;
    made.org = certificate->holder;
    put_told(fields, "withdrawn", certificate->withdrawn);
  }
  fields["org"] = made.org;
  return true;
}

/// Members of an entry's data that no slot hides.
json::object public_part(const schemas::Bundle& bundle, const Entry& entry) {
  const auto* type = bundle.find(entry.type);
  json::object fields;
  for (const auto& [name, value] : entry.data) {
    const bool is_private =
        type != nullptr && type->slot("/" + std::string(name.data(), name.size())) != nullptr;
    if (!is_private && name != "replaces") fields[name] = value;
  }
  return fields;
}

/// Which other offices may act for this one, and until when: those not taken back.
Result<json::array> delegations_of(const ledger::Ledger& ledger, const std::string& org) {
  const std::string prefix = ledger::state_key::delegation(org, "");
  json::array all;
  Result<void> read;
  NGUON_CHECK(ledger.scan_state(prefix, [&](std::string_view key, std::string_view value) {
    const auto record = ledger::decode<ledger::DelegationRecord>(value);
    if (!record) {
      read = record.error();
      return false;
    }
    if (record->ended) return true;
    json::array roles(record->roles.begin(), record->roles.end());
    all.push_back(json::object{
        {"to", key.substr(prefix.size())}, {"roles", std::move(roles)}, {"until", record->until}});
    return true;
  }));
  NGUON_CHECK(read);
  return all;
}

/// What a registrar looks at in an organisation: why it stands as it does, who represents it, how
/// the year was judged, who acts for it.
Result<void> add_tenancy(const ledger::Ledger& ledger, const schemas::Bundle& bundle, MadeRow& made,
                         const std::string& sub, json::object& fields) {
  std::optional<Entry> standing, representative, grade;
  NGUON_CHECK(walk_back(ledger, sub, [&](const Entry& entry) {
    const bool ends = entry.is("org.suspend") || entry.is("org.dissolve");
    if (!standing && (ends || entry.is("org.activate"))) standing = entry;
    if (!representative && entry.is("org.represent")) representative = entry;
    if (!grade && entry.is("org.grade")) grade = entry;
    return !standing || !representative || !grade;
  }));
  if (standing && !standing->is("org.activate")) {
    fields["reason"] = text_of(standing->data, "reason");
    const auto decision = text_of(standing->data, "decision");
    if (!decision.empty()) fields["decision"] = decision;
  }
  const auto add = [&](std::string_view name, const Entry& entry) -> Result<void> {
    auto said = public_part(bundle, entry);
    said["entry"] = entry.id;
    fields[name] = std::move(said);
    // One row has one owner: a value for other offices than those of the row is asked for by entry.
    NGUON_TRY(const auto owner, owner_of(ledger, entry));
    if (!made.row.secrets.empty() && (owner.org != made.owner || owner.maker != made.maker)) {
      return {};
    }
    return add_secrets(ledger, bundle, entry, made);
  };
  if (grade) {
    NGUON_CHECK(add("graded", *grade));
  }
  if (representative) {
    NGUON_CHECK(add("represented", *representative));
  }
  NGUON_TRY(auto delegations, delegations_of(ledger, sub));
  if (!delegations.empty()) fields["delegations"] = std::move(delegations);
  return {};
}

}  // namespace

Result<std::vector<MadeRow>> make_rows(const ledger::Ledger& ledger, const schemas::Bundle& bundle,
                                       const std::string& sub) {
  const auto kind = row_kind_of_subject(sub);
  if (!kind) return std::vector<MadeRow>();
  if (*kind == RowKind::members) return member_rows(ledger, bundle, sub);
  std::optional<Entry> stated;
  NGUON_CHECK(walk_back(ledger, sub, [&](const Entry& entry) {
    if (states_record(entry)) stated = entry;
    return !stated;
  }));
  MadeRow made;
  json::object fields{{"sub", sub}};
  if (stated) {
    const auto* founding = stated->is("genesis") ? object_of(stated->data, "operator") : nullptr;
    for (auto& [name, value] : founding != nullptr ? *founding : public_part(bundle, *stated)) {
      fields[name] = value;
    }
  }
  NGUON_TRY(const bool there, add_standing(ledger, *kind, sub, made, fields));
  if (!there) return std::vector<MadeRow>();
  add_names(made.row.text, fields);
  if (stated) {
    fields["entry"] = stated->id;
    NGUON_CHECK(add_secrets(ledger, bundle, *stated, made));
  }
  if (*kind == RowKind::organisations) {
    NGUON_CHECK(add_tenancy(ledger, bundle, made, sub, fields));
  }
  finish(made, sub, std::move(fields));
  std::vector<MadeRow> rows;
  rows.push_back(std::move(made));
  return rows;
}

}  // namespace nguon::server
