#pragma once

#include "ledger/entry/entry.hpp"
#include "ledger/log/ledger.hpp"
#include "schemas/bundle.hpp"
#include "server/session/viewer.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>

namespace nguon::server {

/// Values of one entry's private slots that `reader` may see, by pointer into `data` ("/note");
/// empty when there are none, when they were erased, or when nothing is this reader's to see.
/// Errors: `entry.not-found`, `store.*`.
ledger::Result<boost::json::object> private_values(const ledger::Ledger& ledger,
                                                   const schemas::Bundle& bundle,
                                                   const Viewer& reader, std::string_view entry_id);

/// Whose eyes a value is for, beside its slot's list of readers.
struct ValueOwner {
  std::string person;  ///< Whom it belongs to (FORMAT.md "Vault").
  std::string org;     ///< The subject's.
  std::string maker;   ///< Organisation that the signer spoke for.
};

/// Whose the private values of a logged entry are; of an adoption `entry` is the one inside.
/// Errors: `store.*`.
ledger::Result<ValueOwner> owner_of(const ledger::Ledger& ledger, const ledger::Entry& entry);

/// Roles that somebody has at home alone; the others are the public's or the province's.
bool is_local_role(std::string_view role);

/// FORMAT.md "Private reads". Pure.
bool may_read(const schemas::PrivateSlot& slot, const ValueOwner& owner, const Viewer& reader);

}  // namespace nguon::server
