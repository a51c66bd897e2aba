#pragma once

#include "ledger/base/result.hpp"
#include "ledger/log/anchor.hpp"
#include "ledger/log/ledger.hpp"
#include "ledger/log/signing.hpp"
#include "ledger/log/tile_tree.hpp"
#include "ledger/store/store.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace nguon::server {

/// A database that nobody serves, opened to read, and what it says of itself. The root was computed
/// again from its tiles and leaves.
struct Inspected {
  std::unique_ptr<ledger::Store> store;  ///< Destroyed after `tree`, which reads it.
  std::unique_ptr<ledger::TileTree> tree;
  std::string deployment;  ///< Entry id of index 0.
  std::string origin;      ///< The log's name now.
  ledger::SignersRecord signers;
  ledger::TreeHead head;
};

/// Errors: `store.*`; `backup.head` (Errc::corrupt) when the tiles and leaves give another root
/// than the stored head, `start.not-initialised` when it holds no log.
ledger::Result<Inspected> inspect_database(const std::string& path);

/// The keys of the directory `keys` that speak of the log at `size`. Errors: `start.keys` when one
/// of them is not there.
ledger::Result<std::shared_ptr<const ledger::Signing>> signing_of(const Inspected& database,
                                                                  const std::string& keys,
                                                                  std::uint64_t size);

/// How an anchor stands to it.
enum class Standing {
  covered,  ///< The database holds all that was anchored.
  ahead,    ///< More was anchored than the database holds.
  apart,    ///< At the anchored size the database has another root: two histories.
};
ledger::Result<Standing> compare(const Inspected& database, const ledger::Anchor::Head& anchored);

}  // namespace nguon::server
