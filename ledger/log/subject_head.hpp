#pragma once

#include "ledger/base/hash.hpp"
#include "ledger/log/head_statement.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace nguon::ledger {

/// One entry in a subject's history.
struct SubjectEntry {
  std::uint64_t index = 0;  ///< In the log.
  Hash id;

  bool operator==(const SubjectEntry&) const = default;
};

/// A statement and what it says.
struct HeadStatement {
  HeadClaims claims;
  std::string jws;
};

/// That one entry is in the history of its subject.
struct SubjectProof {
  std::string id;           ///< Of the logged entry, which carries the one asked for if adopted.
  std::uint64_t index = 0;  ///< In the log.
  std::uint64_t position = 0;
  std::vector<Hash> path;
  std::string statement;  ///< Head statement whose root the path leads to.
};

}  // namespace nguon::ledger
