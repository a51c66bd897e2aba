#include "server/backup/inspect.hpp"

#include "ledger/apply/codec.hpp"
#include "ledger/apply/keys.hpp"
#include "ledger/apply/records_core.hpp"
#include "ledger/apply/signers.hpp"
#include "ledger/log/leaf.hpp"
#include "ledger/log/start.hpp"
#include "ledger/log/state_overlay.hpp"
#include "ledger/store/keys.hpp"
#include "ledger/store/rocks_store.hpp"
#include "server/deployment/key_folder.hpp"

#include <utility>

namespace nguon::server {
namespace {

constexpr std::uint32_t inspected_log = 0;
constexpr std::uint64_t inspecting_memory = 32 << 20;

}  // namespace

ledger::Result<Inspected> inspect_database(const std::string& path) {
  Inspected found;
  NGUON_TRY(found.store,
            ledger::open_rocks_store(path, {.memory = inspecting_memory, .read_only = true}));
  NGUON_TRY(const auto head,
            found.store->get(ledger::Family::log, ledger::keys::head(inspected_log)));
  NGUON_TRY(const auto record,
            found.store->get(ledger::Family::state,
                             ledger::keys::state(inspected_log, ledger::state_key::deployment())));
  if (!head || !record) {
    return ledger::Error{ledger::Errc::not_found, "start.not-initialised", {}, path};
  }
  NGUON_TRY(found.head, ledger::decode_head(*head));
  NGUON_TRY(const auto deployment, ledger::decode<ledger::DeploymentRecord>(*record));
  found.deployment = deployment.id;
  const ledger::StateOverlay state(*found.store, inspected_log);
  NGUON_TRY(found.signers, ledger::read_signers(state));
  NGUON_TRY(const auto origins, ledger::read_origins(state));
  found.origin = origins.of.back().origin;
  NGUON_TRY(found.tree, ledger::TileTree::load(*found.store, inspected_log, found.head.size));
  NGUON_TRY(const ledger::Hash root, found.tree->root(found.head.size));
  if (root != found.head.root) {
    return ledger::Error{ledger::Errc::corrupt,
                         "backup.head",
                         {},
                         "stored head " + ledger::show(found.head) + ", its tiles and leaves " +
                             ledger::show({found.head.size, root})};
  }
  return found;
}

ledger::Result<std::shared_ptr<const ledger::Signing>> signing_of(const Inspected& database,
                                                                  const std::string& keys,
                                                                  std::uint64_t size) {
  return ledger::find_signing(database.signers, database.origin, size, KeyFolder(keys));
}

ledger::Result<Standing> compare(const Inspected& database, const ledger::Anchor::Head& anchored) {
  if (anchored.size > database.head.size) return Standing::ahead;
  if (anchored.size == 0) return Standing::covered;
  NGUON_TRY(const ledger::Hash root, database.tree->root(anchored.size));
  return root == anchored.root ? Standing::covered : Standing::apart;
}

}  // namespace nguon::server
