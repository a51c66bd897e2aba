#pragma once

#include "server/api/services.hpp"
#include "server/http/router.hpp"
#include "server/reminders/reminder_desk.hpp"
#include "server/session/session_desk.hpp"

#include <vector>

namespace nguon::server {

/// What runs out, for the offices it concerns. All named outlives the routes.
///
/// - `GET /api/reminders`: ReminderDesk::inbox() of the session's reader.
/// - `POST /api/reminders/read`, what was read, signed (application/jwt): the inbox as it is then.
std::vector<Route> reminder_routes(const ApiServices& services, SessionDesk& sessions,
                                   ReminderDesk& desk);

}  // namespace nguon::server
