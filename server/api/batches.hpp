#pragma once

#include "server/api/services.hpp"
#include "server/http/router.hpp"

#include <boost/json/object.hpp>

#include <functional>
#include <optional>
#include <string>

namespace nguon::server {

/// What there is to say about one batch, for programs; absent: no such batch. Thread-safe.
using BatchView =
    std::function<ledger::Result<std::optional<boost::json::object>>(const std::string& sub)>;
/// The proof bundle of one subject (ledger/FORMAT.md "Proof bundle"); absent: no such subject.
/// Thread-safe.
using BundleMaker =
    std::function<ledger::Result<std::optional<std::string>>(const std::string& sub)>;

/// GET /api/batches/{sub}: the batch as its trace tells it.
InlineHandler get_batch(const ApiServices& services, BatchView view);
/// GET /api/batches/{sub}/bundle: everything `nguon verify` needs, as a file to keep. Made on the
/// pool, for it reads the whole trace.
DeferredHandler get_bundle(const ApiServices& services, BundleMaker make);

}  // namespace nguon::server
