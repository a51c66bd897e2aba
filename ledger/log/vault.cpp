#include "ledger/log/vault.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/base/json.hpp"
#include "ledger/keys/aead.hpp"
#include "ledger/keys/key.hpp"
#include "ledger/keys/sha256.hpp"
#include "ledger/store/keys.hpp"

namespace nguon::ledger {
namespace {

constexpr std::size_t value_key_size = 32;
constexpr std::size_t wrapped_size = value_key_size + seal_overhead;
// Rows looked at for one batch of a sweep: two keys each, at most 1 MiB.
constexpr std::size_t max_swept = 1024;

// Row = person length (1) ‖ person ‖ the value's key wrapped by the person's (60) ‖ sealed
// disclosure.
std::string encode_row(std::string_view person, std::string_view wrapped, std::string_view box) {
  std::string row(1, static_cast<char>(person.size()));
  row.append(person).append(wrapped).append(box);
  return row;
}

struct ValueRow {
  std::string_view person;
  std::string_view wrapped;
  std::string_view box;
};

Result<ValueRow> decode_row(std::string_view row) {
  const std::size_t length = row.empty() ? 0 : static_cast<unsigned char>(row[0]);
  if (row.size() < 1 + length + wrapped_size) {
    return Error{Errc::corrupt, "private.sealed", {}, "a private row is too short"};
  }
  return ValueRow{row.substr(1, length), row.substr(1 + length, wrapped_size),
                  row.substr(1 + length + wrapped_size)};
}

Result<Disclosure> read_disclosure(std::string text, std::string pointer) {
  const auto octets = base64url_decode(text);
  if (!octets) return Error{Errc::corrupt, "private.sealed", {}, "not a disclosure"};
  NGUON_TRY(const auto parsed, parse_json(*octets));
  if (!parsed.is_array() || parsed.get_array().size() != 3) {
    return Error{Errc::corrupt, "private.sealed", {}, "not a disclosure"};
  }
  Disclosure disclosure;
  disclosure.digest = base64url_encode(sha256(text));
  disclosure.text = std::move(text);
  disclosure.pointer = std::move(pointer);
  disclosure.value = parsed.get_array()[2];
  return disclosure;
}

}  // namespace

Vault::Vault(const Store& store, std::uint32_t log, std::string vault_key)
    : store_(store), log_(log), vault_key_(std::move(vault_key)) {}

Vault::~Vault() { wipe(vault_key_); }

std::string Vault::person_of(const Entry& entry, std::string_view signer) {
  if (entry.sub.starts_with("person:")) return entry.sub;
  if (entry.on_behalf_of) return *entry.on_behalf_of;
  return std::string(signer);
}

Result<std::string> Vault::person_key(std::string_view person, WriteBatch* batch) const {
  const std::string name(person);
  {
    const std::scoped_lock lock(mutex_);
    if (const auto* known = persons_.find(name)) return *known;
  }
  const std::string where = keys::person(log_, person);
  NGUON_TRY(const auto box, store_.get(Family::private_values, where));
  std::string key;
  if (box) {
    NGUON_TRY(key, open_sealed(vault_key_, *box, where));
  } else {
    if (batch == nullptr) {
      return Error{Errc::not_found, "private.erased", {}, "the person's key is destroyed"};
    }
    key = random_bytes(value_key_size);
    batch->put(Family::private_values, where, seal(vault_key_, key, where));
  }
  // Only the sequencer's thread remembers keys: a reader that fetched one just before an erasure
  // was committed would bring it back, and what the person enters next would be sealed by a key
  // that no row holds any more.
  if (batch != nullptr) {
    const std::scoped_lock lock(mutex_);
    persons_.put(name, key);
  }
  return key;
}

Result<void> Vault::put(const Entry& entry, std::span<const Disclosure> disclosures,
                        std::string_view signer, WriteBatch& batch) {
  if (disclosures.empty()) return {};
  const std::string person = person_of(entry, signer);
  const auto id = base64url_hash(entry.id);
  if (!id) return Error{Errc::invalid, "entry.id", {}, "not an entry id"};
  NGUON_TRY(const std::string outer, person_key(person, &batch));
  for (const Disclosure& disclosure : disclosures) {
    const std::string where = keys::value(log_, *id, disclosure.pointer);
    const std::string inner = random_bytes(value_key_size);
    batch.put(Family::private_values, where,
              encode_row(person, seal(outer, inner, where), seal(inner, disclosure.text, where)));
    batch.put(Family::private_values,
              keys::owned(log_, person) + std::string(id->view()) + disclosure.pointer, {});
  }
  return {};
}

Result<void> Vault::erase(const Entry& erase, WriteBatch& batch) {
  std::string to_sweep;
  const auto text = [&](const char* name) -> std::string {
    const auto* value = erase.data.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
  };
  if (text("scope") == "person") {
    // The key goes with the entry that says so; its rows, which nobody can open from then on, may
    // be more than one batch holds and are swept afterwards.
    batch.erase(Family::private_values, keys::person(log_, erase.sub));
    const std::scoped_lock lock(mutex_);
    persons_.forget(erase.sub);
    to_sweep = erase.sub;
  } else if (const auto id = base64url_hash(text("entry"))) {
    const std::string where = keys::value(log_, *id, text("slot"));
    NGUON_TRY(const auto row, store_.get(Family::private_values, where));
    if (row) {
      NGUON_TRY(const ValueRow parts, decode_row(*row));
      batch.erase(Family::private_values,
                  keys::owned(log_, parts.person) + std::string(id->view()) + text("slot"));
    }
    batch.erase(Family::private_values, where);
  }
  batch.put(Family::private_values, keys::purge_due(log_, erase.id), std::move(to_sweep));
  return {};
}

Result<bool> Vault::sweep(std::string_view person, std::string& after, WriteBatch& batch) const {
  const std::string owned = keys::owned(log_, person);
  std::vector<std::string> owners;
  std::vector<std::string> rows;
  NGUON_CHECK(store_.scan(Family::private_values, owned + after, keys::after(owned),
                          [&](std::string_view key, std::string_view) {
                            owners.emplace_back(key);
                            rows.push_back(keys::prefix(log_, 'v') +
                                           std::string(key.substr(owned.size())));
                            return owners.size() < max_swept;
                          }));
  NGUON_TRY(const auto values, store_.multi_get(Family::private_values, rows));
  // Read after the rows: what was entered since the erasure came with its key or after it, so a row
  // seen above that this key does not open is of a destroyed one.
  const std::string where = keys::person(log_, person);
  NGUON_TRY(const auto box, store_.get(Family::private_values, where));
  std::string living;
  if (box) {
    NGUON_TRY(living, open_sealed(vault_key_, *box, where));
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!living.empty() && values[i]) {
      const auto parts = decode_row(*values[i]);
      if (parts && open_sealed(living, parts->wrapped, rows[i])) continue;
    }
    batch.erase(Family::private_values, owners[i]);
    batch.erase(Family::private_values, rows[i]);
  }
  wipe(living);
  if (owners.size() < max_swept) return false;
  after = owners.back().substr(owned.size()) + '\0';
  return true;
}

Result<bool> Vault::sweep_due(std::string_view person) const {
  const std::string due = keys::purge_due(log_, {});
  bool found = false;
  NGUON_CHECK(store_.scan(Family::private_values, due, keys::after(due),
                          [&](std::string_view, std::string_view of) {
                            found = person.empty() ? !of.empty() : of == person;
                            return !found;
                          }));
  return found;
}

Result<Disclosure> Vault::open_row(const std::string& where, std::string_view row,
                                   std::string pointer) const {
  NGUON_TRY(const ValueRow parts, decode_row(row));
  NGUON_TRY(const std::string outer, person_key(parts.person, nullptr));
  NGUON_TRY(const std::string inner, open_sealed(outer, parts.wrapped, where));
  NGUON_TRY(std::string disclosure, open_sealed(inner, parts.box, where));
  return read_disclosure(std::move(disclosure), std::move(pointer));
}

Result<std::vector<Disclosure>> Vault::open(std::string_view entry_id) const {
  const auto id = base64url_hash(entry_id);
  if (!id) return std::vector<Disclosure>{};
  const std::string first = keys::value(log_, *id, {});
  std::vector<std::pair<std::string, std::string>> rows;
  NGUON_CHECK(store_.scan(Family::private_values, first, keys::after(first),
                          [&](std::string_view key, std::string_view row) {
                            rows.emplace_back(key, row);
                            return true;
                          }));
  std::vector<Disclosure> values;
  for (const auto& [where, row] : rows) {
    auto value = open_row(where, row, where.substr(first.size()));
    if (value) {
      values.push_back(std::move(*value));
      continue;
    }
    // Its person's key is destroyed and the row not swept yet, or it was erased since the scan:
    // missing, like any other erased value. Asked in this order, for the marker goes after the row.
    const auto parts = decode_row(row);
    NGUON_TRY(const bool destroyed, parts ? sweep_due(parts->person) : Result<bool>(false));
    NGUON_TRY(const auto still, store_.get(Family::private_values, where));
    if (!destroyed && still == row) return value.error();
  }
  return values;
}

Result<std::vector<std::string>> Vault::slots(std::string_view entry_id) const {
  const auto id = base64url_hash(entry_id);
  if (!id) return std::vector<std::string>{};
  std::vector<std::string> pointers;
  // While rows of a destroyed key lie about, only opening tells what is still held.
  NGUON_TRY(const bool sweeping, sweep_due({}));
  if (sweeping) {
    NGUON_TRY(auto values, open(entry_id));
    for (auto& value : values) pointers.push_back(std::move(value.pointer));
    return pointers;
  }
  const std::string first = keys::value(log_, *id, {});
  NGUON_CHECK(store_.scan(Family::private_values, first, keys::after(first),
                          [&](std::string_view key, std::string_view) {
                            pointers.emplace_back(key.substr(first.size()));
                            return true;
                          }));
  return pointers;
}

}  // namespace nguon::ledger
