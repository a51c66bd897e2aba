#pragma once

#include "server/api/services.hpp"
#include "server/blobs/blob_desk.hpp"
#include "server/http/router.hpp"
#include "server/session/session_desk.hpp"

#include <cstddef>

namespace nguon::server {

/// What the blob handlers answer from; all of it outlives the router.
struct BlobParts {
  BlobDesk& desk;
  /// A thread of its own: disks and decoders are waited for here, and never by entries.
  WorkerPool& pool;
  SessionDesk& sessions;
};

/// Octets of one PUT at most. A phone sends less where the network is slow.
inline constexpr std::size_t max_blob_piece = 128 * 1024;
inline constexpr std::size_t max_blob_claim = 1024;

/// `POST /api/blobs` {entry, sha256, size, type}: 201 begun, 200 known, each with {offset, held,
/// piece}. Errors: `session.none` (401), `blob.claim`, those of BlobDesk::claim().
DeferredHandler post_blob(const ApiServices& services, const BlobParts& parts);

/// `PUT /api/blobs/{sha256}` with `Content-Range: bytes a-b/size`: the same, 201 once it is held.
/// 409 `blob.offset` tells in `Upload-Offset` where to go on; 422 says that these octets will never
/// be taken. Errors: `session.none`, `blob.range`, those of BlobDesk::append().
DeferredHandler put_blob(const ApiServices& services, const BlobParts& parts);

/// `GET /api/blobs/{sha256}`: the octets as they came. Errors: `session.none` where nobody reads
/// and it is not public, `blob.unknown`; `blob.arriving` (404) with `Upload-Offset`.
DeferredHandler get_blob(const ApiServices& services, const BlobParts& parts);

/// `GET /api/blobs/{sha256}/thumbnail`: derived from it, and says so. Errors: the same,
/// `blob.thumbnail`.
DeferredHandler get_blob_thumbnail(const ApiServices& services, const BlobParts& parts);

}  // namespace nguon::server
