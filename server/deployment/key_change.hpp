#pragma once

#include "ledger/entry/key_change.hpp"
#include "ledger/entry/maker.hpp"
#include "ledger/store/store.hpp"
#include "server/deployment/deployment.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::server {

/// What an operator wants of the keys of the log.
struct KeyWishes {
  bool log = false;                 ///< A new log key.
  bool service = false;             ///< A new service key.
  std::string root;                 ///< JSON of new_key() by the next root key; empty for none.
  std::vector<std::string> retire;  ///< Kids, or vkeys of log keys.
  std::string before;               ///< A kept checkpoint, where the old log key is lost.
};

/// A `log.keys` ready to be signed.
struct KeyDraft {
  std::string deployment_id;
  ledger::Draft draft;
  bool needs_before = false;  ///< A log key comes in.
};

/// `{"jwk","proof"}` of a key that is to come in.
boost::json::object new_key(const ledger::PrivateKey& key, ledger::KeyUse use,
                            const std::string& deployment_id, const std::string& org);

/// Makes what keys are wanted, beside the old and synced before this returns, or takes up those
/// that an interrupted run left; and the draft, with a checkpoint of what is anchored by the log
/// keys held. Reads the database only, so the service may run. Errors: `file.*`, `store.*`,
/// `anchor.*`, `start.*`, `keys.before`, `keys.nothing`, `json.*`.
ledger::Result<KeyDraft> draft_key_change(const Places& places, const KeyWishes& wishes);

/// Signs the entry and logs it while no service runs (append_unsigned()): its index.
ledger::Result<std::uint64_t> log_offline(const Places& places, const ledger::PrivateKey& key,
                                          std::string_view type, const ledger::Draft& draft);

/// Puts this program's rule bundle in force, offline: the index of its `rules.activate`.
ledger::Result<std::uint64_t> activate_built_in_rules(const Places& places,
                                                      const ledger::PrivateKey& key);

/// list_keys() of a stored log as far as it goes.
ledger::Result<std::string> list_keys_of(const ledger::Store& store);

}  // namespace nguon::server
