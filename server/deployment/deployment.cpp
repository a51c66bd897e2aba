#include "server/deployment/deployment.hpp"

#include "ledger/store/rocks_store.hpp"
#include "schemas/bundle.hpp"
#include "server/deployment/files.hpp"
#include "server/deployment/marks.hpp"

#include <utility>

namespace nguon::server {
namespace {

ledger::LedgerOptions ledger_options(const Places& places, const DeploymentOptions& options) {
  ledger::LedgerOptions result;
  result.queue_length = options.queue_length;
  result.free_space_reserve = options.free_space_reserve;
  result.data_directory = places.data;
  result.on_fatal = options.on_fatal;
  return result;
}

ledger::Result<std::unique_ptr<ledger::Store>> open_store(const Places& places,
                                                          const DeploymentOptions& options) {
  NGUON_CHECK(make_directory(places.data));
  ledger::RocksOptions rocks;
  rocks.memory = options.memory;
  return ledger::open_rocks_store(places.database(), rocks);
}

}  // namespace

ledger::Result<std::unique_ptr<Deployment>> Deployment::open(const Places& places,
                                                             const DeploymentOptions& options) {
  // An empty folder is no deployment; opening the store would make it look like one.
  if (!file_exists(places.database())) {
    return ledger::Error{ledger::Errc::unavailable, "start.not-initialised", {}, places.data};
  }
  NGUON_CHECK(check_may_run(places));
  NGUON_TRY(Keyring keyring, read_keyring(places.keys()));
  std::unique_ptr<Deployment> made(new Deployment());
  made->clock_ = options.clock;
  NGUON_TRY(made->store_, open_store(places, options));
  NGUON_TRY(made->anchor_, ledger::FileAnchor::open(places.anchor()));
  NGUON_TRY(made->ledger_, ledger::Ledger::open(*made->store_, *made->anchor_, *made->clock_,
                                                ledger_keys(places.keys(), keyring),
                                                ledger_options(places, options)));
  // Opening signs nothing: the first signature is the caller's doing.
  NGUON_CHECK(check_not_behind(places, made->ledger_->head().size));
  made->serials_ = std::make_unique<labels::SerialCodec>(
      serial_codec(made->ledger_->deployment_id(), keyring).value());
  made->serial_keys_ = std::move(keyring.serials);
  return made;
}

ledger::Result<std::unique_ptr<ledger::FrozenFiles>> Deployment::freeze() {
  // What was erased lies in the files until the purge is through.
  if (ledger_->purging()) {
    return ledger::Error{ledger::Errc::too_busy, "store.frozen", {}, "an erasure is under way"};
  }
  return store_->freeze(std::chrono::milliseconds(0));
}

ledger::Result<void> Deployment::initialise(const Places& places, const DeploymentOptions& options,
                                            const std::string& genesis) {
  NGUON_TRY(Keyring keyring, read_keyring(places.keys()));
  NGUON_TRY(const auto store, open_store(places, options));
  NGUON_TRY(const auto anchor, ledger::FileAnchor::open(places.anchor()));
  const auto keys = ledger_keys(places.keys(), keyring);
  return ledger::Ledger::initialise(*store, *anchor, *options.clock, keys,
                                    ledger_options(places, options), genesis,
                                    schemas::Bundle::built_in_text());
}

}  // namespace nguon::server
