#pragma once

#include "tests/support/small_ledger.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::tests {

/// A ledger with one of everything an audit or a proof has to get right: a chain of batches,
/// labels, an OCOP decision, certificates, a correction, a recall, a stale fact, a revoked key, an
/// adoption and, when asked for, an erasure. `extra` harvests follow, so that tiles fill up.
class Season {
 public:
  explicit Season(int extra = 0);

  /// A person's erasure, signed by the office.
  void erase_member();
  /// Logs an entry of that type on the newest entry of `sub`, or on a new subject of a bare kind.
  ledger::MadeEntry say(std::string_view type, std::string_view by, const std::string& sub,
                        const std::string& data);

  SmallLedger small;
  std::string picked, sorted, packed;  ///< Batches, each made from the one before.
  std::string range, ocop, certificate, foreign_certificate;
  ledger::MadeEntry correction, recall, adoption, adopted;
  std::string revoked;  ///< Person whose key ended.

 private:
  void add_harvests(int count);
  std::string newest(const std::string& sub) const;
  ledger::MadeEntry make(std::string_view type, std::string_view by, const std::string& data,
                         const std::string& input, const std::string& amount);
};

}  // namespace nguon::tests
