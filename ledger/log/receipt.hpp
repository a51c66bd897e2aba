#pragma once

#include "ledger/base/hash.hpp"
#include "ledger/keys/key.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::ledger {

inline constexpr std::string_view receipt_typ = "nguon-receipt+jwt";

/// What a receipt says of one entry.
struct ReceiptClaims {
  std::string entry;  ///< Entry id.
  std::uint64_t index = 0;
  std::int64_t recorded = 0;       ///< Unix milliseconds, as in the leaf.
  std::vector<Hash> path;          ///< From the leaf to the root of the group's checkpoint.
  std::vector<std::string> slots;  ///< JSON Pointers of the private values held.
};

/// What is said once for all receipts that are signed together.
struct ReceiptGroup {
  std::string aud;
  std::string checkpoint;  ///< Signed note that covers the index of each.
};

/// The receipts of FORMAT.md "Receipt", in the order of `claims`, under one signature: a Merkle
/// tree over the claims, whose root is signed, and each with its path. Signing one by one took a
/// sixth of an append's CPU. Thread-safe.
std::vector<std::string> sign_receipts(const PrivateKey& service, const ReceiptGroup& group,
                                       std::span<const ReceiptClaims> claims);

}  // namespace nguon::ledger
