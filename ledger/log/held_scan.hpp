#pragma once

#include "ledger/base/hash.hpp"
#include "ledger/base/result.hpp"
#include "ledger/store/keys.hpp"
#include "ledger/store/store.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace nguon::ledger {

/// How a visit goes on: with the next row, with the next key's rows, or not at all.
enum class HeldVisit : std::uint8_t { next, next_key, stop };

/// Visits the entries held because their keys were revoked, by kid and id, those behind the one
/// named (zeros: from the first), on one snapshot for each key. A row stays when its entry is
/// adopted. Errors: `store.*`. Thread-safe.
using HeldScan = std::function<Result<void>(
    const Hash& after_kid, const Hash& after_id,
    const std::function<HeldVisit(const Hash& kid, const Hash& id, std::string_view jws)>& visit)>;

/// Over what log `number` keeps in `store`, which outlives it.
inline HeldScan held_scan(const Store& store, std::uint32_t number = 0) {
  return [&store, number](const Hash& after_kid, const Hash& after_id,
                          const auto& visit) -> Result<void> {
    const std::string all = keys::prefix(number, 'h');
    const std::string end = keys::after(all);
    std::string from = keys::held(number, after_kid) + std::string(after_id.view()) + '\0';
    for (bool skipped = true; skipped;) {
      skipped = false;
      NGUON_CHECK(store.scan(
          Family::private_values, from, end, [&](std::string_view key, std::string_view jws) {
            const std::string_view name = key.substr(all.size());
            Hash kid;
            Hash id;
            if (name.size() != kid.bytes.size() + id.bytes.size()) return true;
            name.copy(reinterpret_cast<char*>(kid.bytes.data()), kid.bytes.size());
            name.copy(reinterpret_cast<char*>(id.bytes.data()), id.bytes.size(), kid.bytes.size());
            const HeldVisit how = visit(kid, id, jws);
            // The rows of a key that is not asked for are passed over unread.
            skipped = how == HeldVisit::next_key;
            if (skipped) from = keys::after(keys::held(number, kid));
            return how == HeldVisit::next;
          }));
    }
    return {};
  };
}

}  // namespace nguon::ledger
