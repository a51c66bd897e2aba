#include "server/session/private_view.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/apply/records_core.hpp"
#include "ledger/audit/links.hpp"
#include "ledger/log/vault.hpp"

#include <algorithm>
#include <array>

namespace nguon::server {
namespace {

using ledger::Errc;
using ledger::Error;
using ledger::Result;

template <ledger::codec::Record T>
Result<T> record(const ledger::Ledger& ledger, const std::string& key) {
  NGUON_TRY(const auto stored, ledger.state(key));
  if (!stored) return Error{Errc::corrupt, "state.record", {}, "missing"};
  return ledger::decode<T>(*stored);
}

}  // namespace

bool is_local_role(std::string_view role) {
  static constexpr std::array<std::string_view, 5> local{"clerk", "director", "herdsman", "member",
                                                         "packer"};
  return std::ranges::find(local, role) != local.end();
}

bool may_read(const schemas::PrivateSlot& slot, const ValueOwner& owner, const Viewer& reader) {
  return std::ranges::any_of(slot.readers, [&](const std::string& who) {
    if (who == "self") return !owner.person.empty() && owner.person == reader.person;
    if (std::ranges::find(reader.roles, who) == reader.roles.end()) return false;
    return !is_local_role(who) || reader.org == owner.org || reader.org == owner.maker;
  });
}

Result<ValueOwner> owner_of(const ledger::Ledger& ledger, const ledger::Entry& entry) {
  NGUON_TRY(const auto key, record<ledger::KeyRecord>(ledger, ledger::state_key::key(entry.kid)));
  NGUON_TRY(const auto head,
            record<ledger::HeadRecord>(ledger, ledger::state_key::head(entry.sub)));
  // The operator's own keys are no person's: their organisation stands in for one.
  const std::string& signer = key.person.empty() ? key.org : key.person;
  return ValueOwner{ledger::Vault::person_of(entry, signer), head.org, key.org};
}

Result<boost::json::object> private_values(const ledger::Ledger& ledger,
                                           const schemas::Bundle& bundle, const Viewer& reader,
                                           std::string_view entry_id) {
  NGUON_TRY(const auto leaf, ledger.find(entry_id));
  if (!leaf) return Error{Errc::not_found, "entry.not-found", {}, {}};
  NGUON_TRY(const auto linked, ledger::read_linked(leaf->index, leaf->recorded, leaf->jws));
  const ledger::Entry& entry = linked.effective();
  boost::json::object seen;
  const schemas::TypeSchema* type = bundle.find(entry.type);
  if (type == nullptr || type->private_slots().empty()) return seen;
  NGUON_TRY(const ValueOwner owner, owner_of(ledger, entry));
  const bool anything = std::ranges::any_of(
      type->private_slots(), [&](const auto& slot) { return may_read(slot, owner, reader); });
  if (!anything) return seen;
  NGUON_TRY(const auto held, ledger.disclosures(entry.id));
  for (const ledger::Disclosure& disclosure : held) {
    const auto* slot = type->slot(disclosure.pointer);
    if (slot != nullptr && may_read(*slot, owner, reader)) {
      seen[disclosure.pointer] = disclosure.value;
    }
  }
  return seen;
}

}  // namespace nguon::server
