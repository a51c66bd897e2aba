#pragma once

#include "server/enrol/enrol_desk.hpp"
#include "server/http/problem.hpp"
#include "server/http/router.hpp"

namespace nguon::server {

// The console's own routes. What is referred to outlives them.

/// `/office`, `/office/{page}`: the document of a page, `?lang=en` in English. 404:
/// `http.not-found`.
InlineHandler get_console_page(const Problems& problems, bool demo);
/// `/office/files/{path...}`: style sheet, modules and texts.
InlineHandler get_console_file(const Problems& problems);
/// `/office/qr/{id}`: SVG of the link that the phone scans, at the address this was asked under;
/// `id` is known to the office alone. 404: `enrol.unknown`.
InlineHandler get_invitation_qr(const Problems& problems, EnrolDesk& desk);
/// `/office/card/{person}`: SVG for a member card: the link that opens this person's record in the
/// console for whoever may read it, and tells nobody else more than a random id. 404:
/// `http.not-found`.
InlineHandler get_card_qr(const Problems& problems);

}  // namespace nguon::server
