#pragma once

#include "ledger/apply/rules.hpp"

// The part of apply that every entry passes, in this order (FORMAT.md "Apply").
namespace nguon::ledger {

/// The signer's key as enrolled. Errors: `key.unknown` (Errc::not_yet), `key.alg`.
Result<KeyRecord> find_signer(Work& work);

/// The subject's head as it is, with the subject's existence and, for a new one, its id checked.
/// Errors: `subject.unknown` (Errc::not_yet), `subject.kind`, `subject.exists`, `subject.id`.
Result<std::optional<HeadRecord>> find_subject(Work& work, const schemas::TypeSchema& type);

/// Where `for` names another organisation than the signer's: that one delegated to the signer's,
/// the day it was recorded is not beyond its end, and the type may be delegated. From there on the
/// signer is one of its people, with the roles that both the key has and the delegation names.
/// Errors: `delegation.none`, `delegation.ended`, `delegation.role`, `delegation.type`,
/// `org.suspended`.
Result<void> take_delegation(Work& work);

/// The signer may make an entry of `type` about this subject (schemas/roles.json), and `for` names
/// a subject of the signer's organisation. Errors: `role.none`, `role.relation`, `for.org`,
/// `org.suspended`, `subject.unknown`.
Result<void> check_authority(Work& work, const schemas::TypeSchema& type,
                             const std::optional<HeadRecord>& head);

/// Strict types go on from the head exactly: `subject.stale` (Errc::stale). For append types an old
/// or unknown `prev` is only flagged.
Result<void> check_order(Work& work, const schemas::TypeSchema& type,
                         const std::optional<HeadRecord>& head);

/// Every input exists; an unknown head of a known one is flagged.
/// Errors: `subject.unknown` (Errc::not_yet), `from.count`.
Result<void> check_inputs(Work& work, const schemas::TypeSchema& type);

/// Flags a device clock that is further from the operator's than the bundle tolerates.
void check_clock(Work& work);

/// Moves the subject's head to the logged entry and remembers the entry itself.
Result<void> advance_head(Work& work, std::optional<HeadRecord> head);

}  // namespace nguon::ledger
