#include "server/rights/keeping.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/apply/records_core.hpp"
#include "ledger/apply/records_master.hpp"
#include "ledger/log/vault.hpp"
#include "ledger/trace/opened.hpp"
#include "schemas/calendar.hpp"

#include <algorithm>

namespace nguon::server {
namespace {

using ledger::Entry;
using ledger::Result;

constexpr std::string_view trace_circular = "Thông tư 17/2021/TT-BNNPTNT";
constexpr std::string_view deforestation = "Quy định (EU) 2023/1115";
constexpr int fresh_months = 6;
constexpr int processed_months = 24;
constexpr int expired_months = 12;
constexpr int deforestation_months = 60;

std::string said_text(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

template <ledger::codec::Record T>
Result<std::optional<T>> record_of(const ledger::Ledger& ledger, const std::string& key) {
  NGUON_TRY(const auto stored, ledger.state(key));
  if (!stored) return std::optional<T>();
  NGUON_TRY(auto record, ledger::decode<T>(*stored));
  return std::optional<T>(std::move(record));
}

std::string months_after(const std::string& day, int months) {
  const auto from = schemas::parse_date(day);
  const auto last = from ? schemas::add_months(*from, months) : std::nullopt;
  return last ? schemas::print_date(*last) : std::string();
}

bool is_delivery(const Entry& entry) {
  return entry.is("batch.receive") || entry.is("batch.harvest");
}

/// How long the data of one delivery are kept.
Result<std::string> delivery_until(const ledger::Ledger& ledger, const Entry& entry) {
  const std::string on = said_text(entry.data, "on");
  NGUON_TRY(const auto product,
            record_of<ledger::ProductRecord>(
                ledger, ledger::state_key::subject(said_text(entry.data, "product"))));
  if (product && product->shelf_days) {
    const auto day = schemas::parse_date(on);
    const auto expiry = day ? schemas::add_days(*day, *product->shelf_days) : std::nullopt;
    return expiry ? months_after(schemas::print_date(*expiry), expired_months) : std::string();
  }
  return months_after(on, product && product->stage == "fresh" ? fresh_months : processed_months);
}

/// One entry of the person, with the pointers of its values that are the person's.
struct Held {
  Entry entry;
  std::vector<std::string> slots;
};

/// What the person's deliveries say of other entries of the same person.
struct Deliveries {
  std::string until;         ///< The last day that anything of them is kept.
  std::string last_harvest;  ///< Of the person, whatever the crop.
};

std::optional<KeepingDuty> duty_of(const Held& held, std::string_view slot,
                                   const std::string& own_until, const Deliveries& deliveries,
                                   std::string_view today) {
  std::string until;
  std::string_view law = trace_circular;
  const bool states_member = held.entry.is("member.add") || held.entry.is("member.update");
  const bool states_site = held.entry.is("site.add") || held.entry.is("site.update");
  if (held.entry.is("batch.receive") && slot == "/supplier") {
    until = own_until;
  } else if (states_member && (slot == "/name" || slot == "/place")) {
    until = deliveries.until;
  } else if (states_site && (slot == "/point" || slot == "/boundary") &&
             said_text(held.entry.data, "crop") == "coffee" && !deliveries.last_harvest.empty()) {
    until = months_after(deliveries.last_harvest, deforestation_months);
    law = deforestation;
  }
  if (until.empty() || until < today) return std::nullopt;
  return KeepingDuty{std::string(law), until};
}

}  // namespace

Result<std::vector<HeldValue>> held_values(const ledger::Ledger& ledger, const std::string& person,
                                           std::span<const std::uint64_t> entries,
                                           std::string_view today) {
  std::vector<Held> all;
  Deliveries deliveries;
  for (const std::uint64_t index : entries) {
    NGUON_TRY(const auto leaf, ledger.leaf(index));
    NGUON_TRY(const auto opened, ledger::trace::open_leaf(leaf));
    const Entry& entry = opened.effective;
    NGUON_TRY(const auto key,
              record_of<ledger::KeyRecord>(ledger, ledger::state_key::key(entry.kid)));
    if (ledger::Vault::person_of(entry, key ? key->person : std::string()) != person) continue;
    if (is_delivery(entry)) {
      NGUON_TRY(const auto until, delivery_until(ledger, entry));
      deliveries.until = std::max(deliveries.until, until);
      deliveries.last_harvest = std::max(deliveries.last_harvest, said_text(entry.data, "on"));
    }
    NGUON_TRY(const auto values, ledger.disclosures(entry.id));
    Held held{entry, {}};
    for (const auto& value : values) held.slots.push_back(value.pointer);
    if (!held.slots.empty()) all.push_back(std::move(held));
  }
  std::vector<HeldValue> values;
  for (const Held& held : all) {
    std::string own_until;
    if (is_delivery(held.entry)) {
      NGUON_TRY(own_until, delivery_until(ledger, held.entry));
    }
    for (const auto& slot : held.slots) {
      values.push_back({held.entry.id, held.entry.sub, held.entry.type, slot,
                        duty_of(held, slot, own_until, deliveries, today)});
    }
  }
  return values;
}

}  // namespace nguon::server
