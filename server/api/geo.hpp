#pragma once

#include "server/api/services.hpp"
#include "server/http/router.hpp"
#include "server/session/session_desk.hpp"

namespace nguon::server {

/// Far beyond the file of one co-operative's plots; one of them is chosen from it.
inline constexpr std::size_t max_geo_octets = 2 << 20;

/// `POST /api/office/geo`, a GeoJSON or KML text: {outlines: [{name, ring: [{lat, lon}], area_m2,
/// doubts}]}, as read_map() reads it; a ring that cannot be used (`crosses`, `too_many`) comes with
/// its doubt and without an area. Nothing is kept. For who has a read session: 401 `session.none`.
/// Errors: `geo.*`, `json.*`, `xml.*` (400); `log.queue-full` (503).
DeferredHandler post_office_geo(const ApiServices& services, SessionDesk& sessions);

}  // namespace nguon::server
