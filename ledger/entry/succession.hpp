#pragma once

#include "ledger/entry/key_change.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nguon::ledger {

inline constexpr std::string_view succession_name = "log.succeed";

/// What a `log.succeed` entry says (FORMAT.md "Successor log").
struct Succession {
  std::string origin;      ///< From this entry on.
  std::uint64_t size = 0;  ///< Leaves that remained: its own index.
  /// The operator's anchor: the newest head that may have been signed.
  std::uint64_t anchored_size = 0;
  Hash anchored_root;
  std::string last;  ///< Signed note, the newest of the predecessor that anybody kept.
  std::optional<KeyChange::Before> before;
};

/// Errors: `data.member`.
Result<Succession> read_succession(const Entry& entry);

/// `<host>/log/<n+1>` of `<host>/log/<n>`; absent where it is none such.
std::optional<std::string> next_origin(std::string_view origin);

}  // namespace nguon::ledger
