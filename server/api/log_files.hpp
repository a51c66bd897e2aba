#pragma once

#include "server/api/services.hpp"
#include "server/http/router.hpp"

namespace nguon::server {

// The log as others read it, /log/{log}/…: C2SP tlog-tiles and tlog-proof, plain files with no
// query strings, so that witnesses, mirrors and monitors work unchanged. What a name stands for
// never changes, the checkpoint apart, so all else may be cached for ever.

/// GET checkpoint: the signed note with the cosignatures it has by now, `text/plain`.
InlineHandler get_checkpoint(const ApiServices& services);
/// GET witnesses: how many of the witnesses asked have cosigned that checkpoint, and each by
/// itself.
InlineHandler get_witnesses(const ApiServices& services);
/// GET keys: the keys of the log, with the indexes since and until when each speaks for it.
InlineHandler get_keys(const ApiServices& services);
/// GET tile/{path...}: hashes `tile/<L>/<N>[.p/<W>]` and entries `tile/entries/<N>[.p/<W>]`.
InlineHandler get_tile(const ApiServices& services);
/// GET proof/{index}: C2SP tlog-proof of that leaf under the newest checkpoint.
InlineHandler get_proof(const ApiServices& services);
/// GET consistency/{from}/{to}: the RFC 6962 §2.1.2 path, one base64 hash a line, as C2SP
/// tlog-witness sends it.
InlineHandler get_consistency(const ApiServices& services);
/// GET rules/{sha256}: a rule bundle by the hash that a `rules.activate` names.
InlineHandler get_rules(const ApiServices& services);

}  // namespace nguon::server
