#pragma once

#include "server/config.hpp"
#include "server/reminders/letter.hpp"

namespace nguon::server {

/// Carries letters by SMTP (RFC 5321) and webhooks, each within a minute: whoever is asked may
/// hold up neither the service nor its end for longer. Errors: `reminders.mail`,
/// `reminders.webhook` (Errc::unavailable), without the address.
Carry reminder_post(const Config& config);

}  // namespace nguon::server
